/** BFD control packets, built and taken apart byte by byte after RFC 5880 section 4: shares nothing with the core. */
import { createHash } from "node:crypto";
import { BfdState } from "../../../../host/protocol/words.js";
import { type Bytes, concat, ipv4, ipv6, u32, udp } from "../../packet/build.js";

export interface Control {
  version: number;
  diagnostic: number;
  state: BfdState;
  poll: boolean;
  final: boolean;
  demand: boolean;
  multipoint: boolean;
  multiplier: number;
  my: number;
  your: number;
  minTx: number;
  minRx: number;
  /** The authentication section's key and what goes with it; the A bit is set with it. */
  authentication: Authentication | null;
  /** These override what would be right. */
  length?: number;
  authenticated?: boolean;
}

export interface Authentication {
  type: number;
  keyId: number;
  sequence: number;
  key: Bytes;
}

const plain: Control = {
  version: 1,
  diagnostic: 0,
  state: BfdState.DOWN,
  poll: false,
  final: false,
  demand: false,
  multipoint: false,
  multiplier: 3,
  my: 0xc0ffee,
  your: 0,
  minTx: 10_000,
  minRx: 10_000,
  authentication: null,
};

export function control(fields: Partial<Control> = {}): Bytes {
  const c = { ...plain, ...fields };
  const size = c.authentication ? 52 : 24;
  const flags = [
    c.poll,
    c.final,
    false,
    c.authenticated ?? c.authentication !== null,
    c.demand,
    c.multipoint,
  ].reduce((bits, bit) => bits * 2 + Number(bit), 0);
  const head = concat(
    [(c.version << 5) | c.diagnostic, (c.state << 6) | flags, c.multiplier, c.length ?? size],
    u32(c.my),
    u32(c.your),
    u32(c.minTx),
    u32(c.minRx),
    u32(0),
  );
  if (!c.authentication) return head;
  const { type, keyId, sequence, key } = c.authentication;
  const section = concat(head, [type, 28, keyId, 0], u32(sequence));
  const padded = concat(key, new Uint8Array(20 - key.length));
  return concat(section, createHash("sha1").update(concat(section, padded)).digest());
}

/** What a packet says; throws where it is not as long as it states. */
export function parse(bytes: Bytes): Control {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes[3] !== bytes.length) throw new Error(`${bytes.length} bytes that state ${bytes[3]}`);
  const flag = (bit: number) => (bytes[1]! & bit) !== 0;
  return {
    version: bytes[0]! >> 5,
    diagnostic: bytes[0]! & 31,
    state: (bytes[1]! >> 6) as BfdState,
    poll: flag(32),
    final: flag(16),
    demand: flag(2),
    multipoint: flag(1),
    multiplier: bytes[2]!,
    my: view.getUint32(4),
    your: view.getUint32(8),
    minTx: view.getUint32(12),
    minRx: view.getUint32(16),
    authentication: flag(4)
      ? { type: bytes[24]!, keyId: bytes[26]!, sequence: view.getUint32(28), key: bytes.subarray(32) }
      : null,
  };
}

export interface Envelope {
  source: Bytes;
  destination: Bytes;
  lifetime?: number;
  from?: number;
  to?: number;
}

/** A control packet in UDP and IP, of the addresses' family. */
export function enclosed(payload: Bytes, envelope: Envelope): Bytes {
  const { source, destination, lifetime = 255, from = 49_200, to = 3784 } = envelope;
  const datagram = udp(source, destination, from, to, payload);
  return source.length === 4
    ? ipv4({ source, destination, ttl: lifetime, payload: datagram })
    : ipv6({ source, destination, hopLimit: lifetime, payload: datagram });
}
