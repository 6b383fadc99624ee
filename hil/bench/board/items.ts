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
const LIFETIME = 64;
const UDP_HEADER = [0xd4, 0x31, 0, 53, 0, 8, 0, 0];

/** Packets to such addresses: UDP without payload, from the documentation's addresses. */
export function packetItems(routes: Routes, count: number, seed: number): Uint8Array[] {
  const words = addresses("in-prefix", routes, count, seed);
  return Array.from({ length: count }, (_, index) => {
    const destination = words.subarray(index * routes.width, (index + 1) * routes.width);
    return routes.family === 4 ? packet4(destination) : packet6(destination);
  });
}

/** RFC 791 section 3.1. */
function packet4(destination: Uint32Array): Uint8Array {
  const source = [203, 0, 113, 9];
  const packet = Buffer.from([
    0x45,
    0,
    0,
    28,
    0,
    0,
    0,
    0,
    LIFETIME,
    UDP,
    0,
    0,
    ...source,
    0,
    0,
    0,
    0,
    ...UDP_HEADER,
  ]);
  packet.writeUInt32BE(destination[0]!, 16);
  packet.writeUInt16BE(checksum(packet.subarray(0, 20)), 10);
  return packet;
}

/** RFC 8200 section 3. */
function packet6(destination: Uint32Array): Uint8Array {
  const source = [0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
  const packet = Buffer.from([
    0x60,
    0,
    0,
    0,
    0,
    8,
    UDP,
    LIFETIME,
    ...source,
    ...Buffer.alloc(16),
    ...UDP_HEADER,
  ]);
  for (const [index, word] of destination.entries()) packet.writeUInt32BE(word, 24 + 4 * index);
  return packet;
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
