import { formatAddress } from "./address.js";
import { LONGEST_PREFIX, writePrefix } from "./address-printer.js";
import { LF } from "./lines.js";
import type { PrefixTable, Routes } from "./routes.js";

/** Lines that are written at once. */
const CHUNK = 1 << 14;

/** A table as text, IPv4 before IPv6: `PREFIX NEXTHOP` a line, or `PREFIX` where there is no next hop. */
export function* writeText({ ipv4, ipv6 }: PrefixTable): Generator<Uint8Array> {
  yield* writeRoutes(ipv4);
  yield* writeRoutes(ipv6);
}

function* writeRoutes(routes: Routes): Generator<Uint8Array> {
  const nextHops = routes.nextHops.map(nextHop => Buffer.from(nextHop ? ` ${formatAddress(nextHop)}` : ""));
  const longest = LONGEST_PREFIX + Math.max(0, ...nextHops.map(({ length }) => length)) + 1;
  const words = new Uint32Array(4);
  for (let first = 0; first < routes.count; first += CHUNK) {
    const behind = Math.min(first + CHUNK, routes.count);
    const lines = Buffer.allocUnsafe((behind - first) * longest);
    let at = 0;
    for (let row = first; row < behind; row++) {
      routes.read(row, words);
      at = writePrefix(routes.family, words, routes.lengths[row]!, lines, at);
      at += nextHops[routes.nextHopOf[row]!]!.copy(lines, at);
      lines[at++] = LF;
    }
    yield lines.subarray(0, at);
  }
}
