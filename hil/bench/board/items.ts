/** What is measured: addresses to look up, packets to forward, prefixes that come and go. */
import { rowBatches } from "../../../host/protocol/prefixes.js";
import type { Routes } from "../../../host/tables/routes.js";
import { addresses } from "../addresses.js";

/** Addresses inside the prefixes, any prefix alike: as the core has them in a register. */
export function lookupItems(routes: Routes, count: number, seed: number): Uint8Array[] {
  const words = addresses("in-prefix", routes, count, seed);
  return Array.from({ length: count }, (_, index) => {
    const at = index * routes.width;
    if (routes.family === 4) return little(words[at]!);
    // Two numbers of 64 bits, of which the lower half comes first.
    return Buffer.concat([1, 0, 3, 2].map(word => little(words[at + word]!)));
  });
}

const UDP = 17;
const TCP = 6;
const LIFETIME = 64;
const CLIENT_PORT = 54321;

/** Packets to such addresses: UDP without payload, from the documentation's addresses. */
export function packetItems(routes: Routes, count: number, seed: number): Uint8Array[] {
  const words = addresses("in-prefix", routes, count, seed);
  const datagram = [...twoBytes(CLIENT_PORT), ...twoBytes(53), ...twoBytes(8), 0, 0];
  return Array.from({ length: count }, (_, index) => {
    const destination = words.subarray(index * routes.width, (index + 1) * routes.width);
    const packet = routes.family === 4 ? packet4 : packet6;
    return packet(destination, UDP, datagram);
  });
}

/** A packet of each of `count` TCP flows to an IPv4 address, with these flags (RFC 9293 section 3.1). */
export function flowItems(destination: number, count: number, flags: number): Uint8Array[] {
  return Array.from({ length: count }, (_, flow) => {
    const sequence = Array<number>(8).fill(0);
    const segment = [
      ...twoBytes(CLIENT_PORT + flow),
      ...twoBytes(443),
      ...sequence,
      0x50,
      flags,
      0,
      0,
      0,
      0,
      0,
      0,
    ];
    return packet4(Uint32Array.of(destination), TCP, segment);
  });
}

/** RFC 791 section 3.1. */
function packet4(destination: Uint32Array, protocol: number, transport: readonly number[]): Uint8Array {
  const source = [203, 0, 113, 9];
  const length = twoBytes(20 + transport.length);
  const header = [0x45, 0, ...length, 0, 0, 0, 0, LIFETIME, protocol, 0, 0, ...source, 0, 0, 0, 0];
  const packet = Buffer.from([...header, ...transport]);
  packet.writeUInt32BE(destination[0]!, 16);
  packet.writeUInt16BE(checksum(packet.subarray(0, 20)), 10);
  return packet;
}

/** RFC 8200 section 3. */
function packet6(destination: Uint32Array, protocol: number, transport: readonly number[]): Uint8Array {
  const source = [0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
  const start = [0x60, 0, 0, 0, ...twoBytes(transport.length), protocol, LIFETIME];
  const packet = Buffer.from([...start, ...source, ...Array<number>(16).fill(0), ...transport]);
  for (const [index, word] of destination.entries()) packet.writeUInt32BE(word, 24 + 4 * index);
  return packet;
}

/** In network order. */
function twoBytes(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}

/** RFC 1071. */
function checksum(header: Buffer): number {
  let sum = 0;
  for (let at = 0; at < header.length; at += 2) sum += header.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return 0xffff - sum;
}

/** Rows of a table as ANNOUNCE has them. */
export function prefixItems(routes: Routes, rows: readonly number[]): Uint8Array[] {
  return rows.map(row => [...rowBatches(routes, [row])][0]!.tail);
}

function little(word: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(word);
  return bytes;
}
