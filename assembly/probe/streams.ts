/**
 * Traffic streams and the sink. A stream is one flow at a time: packet n leaves the client at `start + n * interval` and
 * goes through the same receive path as a packet from a wire. Every `session` packets a new session begins with the next
 * source port; a TCP-like session opens with SYN and closes with FIN.
 *
 * The sink keeps, per stream, what became of the last packet, and records a packet only where that changes.
 *
 * A session's packets differ only in what forwarding writes, so one is composed when port or flags change, forwarded where it
 * stands, and put right again.
 *
 * The streams that run form a list in the order in which they send: by the time of the next packet, then by number.
 */
import { dropReason, egressNeighbor, forward } from "../forward/index";
import { align } from "../memory";
import { isPort } from "../nexthop/port";
import { compose4, compose6 } from "../packet/compose";
import { NIL } from "../pool";
import { Status } from "../status";
import { after, NEVER } from "../time";
import { RecordKind, Transport, TRANSPORT_COUNT, Verdict } from "../words";
import { addRecord } from "./records";

/** IPv6 and TCP header. */
const PACKET_SIZE: usize = 60;

const FIN: u32 = 0x01;
const SYN: u32 = 0x02;
const ACK: u32 = 0x10;

/** No packet has been sent, so any outcome is new. */
const NO_OUTCOME: u16 = 0xffff;

@unmanaged
export class Stream {
  /** Device time of the next packet; never where the stream does not run. */
  next: u64;
  /** Probe time of the first packet. */
  start: u64;
  /** IPv4 addresses stand in the low half. */
  sourceHigh: u64;
  sourceLow: u64;
  destinationHigh: u64;
  destinationLow: u64;
  interval: u32;
  /** Packets in all, 0 for no end. */
  count: u32;
  sent: u32;
  /** Packets of a session, 0 for one session throughout. */
  session: u32;
  /** Position of the next packet in its session. */
  position: u32;
  firstPort: u16;
  destinationPort: u16;
  /** Source port of the session. */
  port: u16;
  /** Record kind and value of the last packet. */
  outcome: u16;
  ingress: u8;
  /** 0 for a stream that is not defined. */
  family: u8;
  transport: u8;
  /** TCP flags of the packet; 0xff where there is none yet. */
  flags: u8;
  length: u32;
  /** The stream that sends after this one, or NIL. */
  following: u32;
}

/** The packet stands behind the fields. */
const PACKET: usize = align(offsetof<Stream>());
const SIZE: usize = align(PACKET + PACKET_SIZE);
const NO_PACKET: u8 = 0xff;

let pool: usize = 0;
let capacity: u32 = 0;
/** The stream that sends next, or NIL, and when. */
let first: u32 = NIL;
let due: u64 = NEVER;

export function bytesFor(streams: u32): usize {
  return align(<usize>streams * SIZE);
}

export function carve(base: usize, streams: u32): usize {
  pool = base;
  capacity = streams;
  setFirst(NIL);
  memory.fill(base, 0, bytesFor(streams));
  for (let n: u32 = 0; n < streams; n++) stream(n).next = NEVER;
  return base + bytesFor(streams);
}

/** The fields of stream `n`, which `checkStream` has let pass. */
export function stream(n: u32): Stream {
  return changetype<Stream>(pool + <usize>n * SIZE);
}

/** Whether a stream can be defined like this; nothing is written. */
export function checkStream(n: u32, ingress: u32, family: u32, transport: u32, interval: u32): Status {
  if (n >= capacity) return Status.STREAMS_FULL;
  if (!isPort(ingress)) return Status.UNKNOWN_PORT;
  if (family != 4 && family != 6) return Status.BAD_FAMILY;
  return interval == 0 || transport >= TRANSPORT_COUNT ? Status.BAD_VALUE : Status.OK;
}

export function streamsDue(): u64 {
  return due;
}

function setFirst(n: u32): void {
  first = n;
  due = n == NIL ? NEVER : stream(n).next;
}

/** Puts stream `n`, which sends at `time`, into the list. */
function enlist(n: u32, time: u64): void {
  let before: u32 = NIL;
  let at = first;
  while (at != NIL && (stream(at).next < time || (stream(at).next == time && at < n))) {
    before = at;
    at = stream(at).following;
  }
  stream(n).next = time;
  stream(n).following = at;
  if (before == NIL) setFirst(n);
  else stream(before).following = n;
}

/** Takes stream `n` out of the list. */
function delist(n: u32): void {
  const following = stream(n).following;
  if (n == first) {
    setFirst(following);
    return;
  }
  let before = first;
  while (stream(before).following != n) before = stream(before).following;
  stream(before).following = following;
}

export function startStreams(origin: u64): void {
  for (let n: u32 = 0; n < capacity; n++) {
    if (stream(n).family != 0) begin(n, after(origin, stream(n).start));
  }
}

function begin(n: u32, time: u64): void {
  const s = stream(n);
  s.sent = 0;
  s.position = 0;
  s.port = s.firstPort;
  s.outcome = NO_OUTCOME;
  s.flags = NO_PACKET;
  if (time != NEVER) enlist(n, time);
}

/** The timeline starts stream `n` at probe time `time`; one that has sent anything ends first. */
export function startStream(n: u32, origin: u64, time: u64): Status {
  if (n >= capacity || stream(n).family == 0) return Status.NOT_FOUND;
  if (stream(n).sent != 0) end(n, time);
  else stop(n);
  begin(n, origin + time);
  return Status.OK;
}

/** Ends stream `n` at probe time `time`; one that does not run stays as it is. */
export function stopStream(n: u32, time: u64): Status {
  if (n >= capacity || stream(n).family == 0) return Status.NOT_FOUND;
  end(n, time);
  return Status.OK;
}

export function stopStreams(time: u64): void {
  for (let n: u32 = 0; n < capacity; n++) end(n, time);
}

function end(n: u32, time: u64): void {
  if (stop(n)) addRecord(time, RecordKind.STREAM_END, 0, n, stream(n).sent);
}

/** Stops stream `n`; whether it ran. */
function stop(n: u32): bool {
  if (stream(n).next == NEVER) return false;
  delist(n);
  stream(n).next = NEVER;
  return true;
}

/** Sends every packet that is due at device time `time`. */
export function sendPackets(time: u64, origin: u64): void {
  while (due == time) {
    const n = first;
    const s = stream(n);
    sendPacket(n, s, time, time - origin);
    if (s.sent == s.count) {
      end(n, time - origin);
    } else {
      delist(n);
      enlist(n, time + <u64>s.interval);
    }
  }
}

function sendPacket(n: u32, s: Stream, time: u64, probeTime: u64): void {
  const flags = flagsOf(s);
  if (<u32>s.flags != flags) compose(s, flags);
  const packet = changetype<usize>(s) + PACKET;
  // What forwarding changes: the hop limit; TTL and checksum.
  const second = load<u32>(packet, 4);
  const third = load<u32>(packet, 8);
  const verdict = forward(s.ingress, packet, s.length, time);
  store<u32>(packet, second, 4);
  store<u32>(packet, third, 8);
  observe(n, s, verdict, probeTime);
  s.sent++;
  s.position++;
  if (s.position == s.session) nextSession(s);
}

function flagsOf(s: Stream): u32 {
  if (s.transport == Transport.UDP) return 0;
  if (s.position == 0) return SYN;
  return s.position + 1 == s.session || s.sent + 1 == s.count ? FIN | ACK : ACK;
}

function nextSession(s: Stream): void {
  s.position = 0;
  s.port++;
  s.flags = NO_PACKET;
}

function compose(s: Stream, flags: u32): void {
  const at = changetype<usize>(s) + PACKET;
  s.length =
    s.family == 4
      ? compose4(at, s.transport, <u32>s.sourceLow, <u32>s.destinationLow, s.port, s.destinationPort, flags)
      : compose6(
          at,
          s.transport,
          s.sourceHigh,
          s.sourceLow,
          s.destinationHigh,
          s.destinationLow,
          s.port,
          s.destinationPort,
          flags,
        );
  s.flags = <u8>flags;
}

function observe(n: u32, s: Stream, verdict: u32, probeTime: u64): void {
  const kind: u32 = verdict == Verdict.FORWARDED ? RecordKind.EGRESS : RecordKind.DROP;
  const value = verdict == Verdict.FORWARDED ? egressNeighbor() : dropReason();
  const outcome = <u16>((kind << 8) | value);
  if (outcome == s.outcome) return;
  s.outcome = outcome;
  addRecord(probeTime, <RecordKind>kind, value, n, s.sent);
}
