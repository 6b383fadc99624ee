/**
 * A table as a RIB dump: TABLE_DUMP_V2 (RFC 6396 section 4.3), IPv4 before IPv6. Each next hop is a peer of its own, whose
 * AS, from the documentation range, is the AS path of its routes; routes without next hop are those of a peer 0.0.0.0.
 */
import { InputError } from "../../input-error.js";
import { Origin, Segment } from "../../protocol/words.js";
import type { Address, Family } from "../address.js";
import { AttributeType } from "../bgp/attributes.js";
import type { PrefixTable, Routes } from "../routes.js";
import { PeerFlag, RecordType, RibSubtype } from "./types.js";

const PEER_AS = 64496;
const PEER_LIMIT = 0xffff;

/** Flags of a path attribute. */
const TRANSITIVE = 0x40;
const OPTIONAL = 0x80;

/** Records that are written at once. */
const CHUNK = 1 << 13;

/** Bytes of a RIB record before its prefix and between the prefix and its entry. */
const HEADER = 12;
const SEQUENCE = 4;
const ENTRY_COUNT = 2;

/** `time` is that of all records, in seconds since 1970. `file` is for the error if there are more next hops than peers fit. */
export function* writeMrt(file: string, { ipv4, ipv6 }: PrefixTable, time = 0): Generator<Uint8Array> {
  const peers = [...ipv4.nextHops, ...ipv6.nextHops];
  if (peers.length > PEER_LIMIT) {
    throw new InputError({ file }, `at most ${PEER_LIMIT} next hops in an MRT file`, `${peers.length}`);
  }
  yield peerIndexTable(peers, time);
  yield* ribRecords(ipv4, 0, time);
  yield* ribRecords(ipv6, ipv4.nextHops.length, time);
}

function u16(value: number): Buffer {
  return Buffer.of(value >>> 8, value & 255);
}

function u32(value: number): Buffer {
  return Buffer.concat([u16(value >>> 16), u16(value & 0xffff)]);
}

/** The bytes of an address in a packet. */
function wire({ family, bytes }: Address): Uint8Array {
  return bytes.subarray(0, family === 4 ? 4 : 16);
}

const unspecified: Address = { family: 4, bytes: new Uint8Array(16) };

function peerIndexTable(nextHops: (Address | null)[], time: number): Buffer {
  const peers = nextHops.flatMap((nextHop, index) => [
    Buffer.of(PeerFlag.AS4 | (nextHop?.family === 6 ? PeerFlag.IPV6 : 0)),
    u32(index + 1),
    wire(nextHop ?? unspecified),
    u32(PEER_AS),
  ]);
  const body = Buffer.concat([u32(0), u16(0), u16(nextHops.length), ...peers]);
  const header = [
    u32(time),
    u16(RecordType.TABLE_DUMP_V2),
    u16(RibSubtype.PEER_INDEX_TABLE),
    u32(body.length),
  ];
  return Buffer.concat([...header, body]);
}

function attribute(flags: number, type: number, ...value: Uint8Array[]): Buffer {
  const bytes = Buffer.concat(value);
  return Buffer.concat([Buffer.of(flags, type, bytes.length), bytes]);
}

/** The RIB entry of every route with this next hop. */
function ribEntry(family: Family, nextHop: Address | null, peer: number, time: number): Buffer {
  const attributes = [
    attribute(TRANSITIVE, AttributeType.ORIGIN, Buffer.of(Origin.INCOMPLETE)),
    attribute(TRANSITIVE, AttributeType.AS_PATH, Buffer.of(Segment.SEQUENCE, 1), u32(PEER_AS)),
  ];
  if (nextHop?.family === 4 && family === 4) {
    attributes.push(attribute(TRANSITIVE, AttributeType.NEXT_HOP, wire(nextHop)));
  } else if (nextHop) {
    const address = wire(nextHop);
    attributes.push(attribute(OPTIONAL, AttributeType.MP_REACH_NLRI, Buffer.of(address.length), address));
  }
  const bytes = Buffer.concat(attributes);
  return Buffer.concat([u16(peer), u32(time), u16(bytes.length), bytes]);
}

function* ribRecords(routes: Routes, firstPeer: number, time: number): Generator<Uint8Array> {
  const { family, width } = routes;
  const entries = routes.nextHops.map((nextHop, i) => ribEntry(family, nextHop, firstPeer + i, time));
  const longest =
    HEADER + SEQUENCE + 1 + 4 * width + ENTRY_COUNT + Math.max(0, ...entries.map(e => e.length));
  const subtype = family === 4 ? RibSubtype.RIB_IPV4_UNICAST : RibSubtype.RIB_IPV6_UNICAST;
  for (let first = 0; first < routes.count; first += CHUNK) {
    const behind = Math.min(first + CHUNK, routes.count);
    const bytes = Buffer.alloc((behind - first) * longest);
    let at = 0;
    for (let row = first; row < behind; row++) {
      const entry = entries[routes.nextHopOf[row]!]!;
      const length = routes.lengths[row]!;
      const prefixBytes = (length + 7) >> 3;
      at = bytes.writeUInt32BE(time, at);
      at = bytes.writeUInt16BE(RecordType.TABLE_DUMP_V2, at);
      at = bytes.writeUInt16BE(subtype, at);
      at = bytes.writeUInt32BE(SEQUENCE + 1 + prefixBytes + ENTRY_COUNT + entry.length, at);
      at = bytes.writeUInt32BE(row, at);
      bytes[at++] = length;
      for (let i = 0; i < width; i++) bytes.writeUInt32BE(routes.words[row * width + i]!, at + 4 * i);
      at += prefixBytes;
      at = bytes.writeUInt16BE(1, at);
      at += entry.copy(bytes, at);
    }
    yield bytes.subarray(0, at);
  }
}
