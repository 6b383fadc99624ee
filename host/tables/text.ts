/**
 * Tables as text, `PREFIX [NEXTHOP]` a line; "#" begins a comment. The bytes are read in place: a prefix takes no
 * string and no object.
 */
import { InputError, type Place } from "../input-error.js";
import { AddressError } from "./address.js";
import { prefixText } from "./address-printer.js";
import { AddressReader, wordAt } from "./address-reader.js";
import { endOfWord, HASH, LF, skipBlanks } from "./lines.js";
import { type NextHopOptions, NextHops, TooManyNextHops } from "./next-hops.js";
import { emptyTable, NEXT_HOP_LIMIT, type PrefixTable } from "./routes.js";

/** Lines between two calls of `onProgress`. */
const PROGRESS_STEP = 1 << 16;

/**
 * The whole table; `file` is for messages. Throws an InputError at the first line that is no route, or whose prefix an
 * earlier line has. `onProgress` gets the share that is read, 0 to 1.
 */
export function readText(
  file: string,
  bytes: Buffer,
  options: NextHopOptions = {},
  onProgress: (share: number) => void = () => {},
): PrefixTable {
  const table = emptyTable();
  const families = {
    4: { routes: table.ipv4, nextHops: new NextHops(table.ipv4, options), lines: [] as number[] },
    6: { routes: table.ipv6, nextHops: new NextHops(table.ipv6, options), lines: [] as number[] },
  };
  const reader = new AddressReader();
  const end = bytes.length;
  let line = 1;
  let lineStart = 0;
  const place = (at: number): Place => ({ file, line, column: at - lineStart + 1 });

  for (let at = 0; at < end; line++) {
    lineStart = at;
    if (line % PROGRESS_STEP === 0) onProgress(at / end);
    const start = skipBlanks(bytes, at);
    at = start;
    if (at < end && bytes[at] !== LF && bytes[at] !== HASH) {
      at = reader.prefix(bytes, start, end);
      if (at < 0) throw new InputError(place(reader.offset), reader.expected, reader.found);
      const { routes, nextHops, lines } = families[reader.family];
      const nextHopAt = skipBlanks(bytes, at);
      at = endOfWord(bytes, nextHopAt);
      const nextHop = numberNextHop(nextHops, nextHopAt, at);
      const known = routes.add(reader.words, reader.length, nextHop);
      if (known >= 0) {
        const prefix = prefixText(reader.family, reader.words, reader.length);
        throw new InputError(
          place(start),
          "a prefix that is not in the table yet",
          `${prefix} again, first on line ${lines[known]}`,
        );
      }
      lines.push(line);
      at = skipBlanks(bytes, at);
    }
    if (bytes[at] === HASH) at = bytes.indexOf(LF, at);
    if (at < 0 || at >= end) break;
    if (bytes[at] !== LF) throw new InputError(place(at), "the end of the line", wordAt(bytes, at, end));
    at++;
  }
  return table;

  function numberNextHop(nextHops: NextHops, at: number, behind: number): number {
    try {
      if (at === behind) return nextHops.forPrefix(reader.words, reader.length);
      return nextHops.forWord(bytes, at, behind);
    } catch (error) {
      if (error instanceof AddressError) throw error.at(place(at));
      if (error instanceof TooManyNextHops) {
        throw new InputError(place(at), `at most ${NEXT_HOP_LIMIT} different next hops`, "one more");
      }
      throw error;
    }
  }
}
