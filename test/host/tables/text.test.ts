import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../../host/tables/address.js";
import { prefixText } from "../../../host/tables/address-printer.js";
import { readAll } from "../../../host/tables/input.js";
import { NEXT_HOP_LIMIT, type Routes } from "../../../host/tables/routes.js";
import { readText } from "../../../host/tables/text.js";
import { writeText } from "../../../host/tables/write-text.js";

/** `PREFIX NEXTHOP` for each route. */
function lines(routes: Routes): string[] {
  const words = new Uint32Array(4);
  return Array.from({ length: routes.count }, (_, row) => {
    routes.read(row, words);
    const nextHop = routes.nextHops[routes.nextHopOf[row]!]!;
    return `${prefixText(routes.family, words, routes.lengths[row]!)} ${formatAddress(nextHop)}`;
  });
}

const read = (text: string, options = {}) => readText("table.txt", Buffer.from(text), options);

describe("a text table", () => {
  it("has a prefix and a next hop a line, of both families", () => {
    const { ipv4, ipv6 } = read(
      "198.51.100.0/24 192.0.2.1\n2001:db8:53::/48 2001:db8::1\n0.0.0.0/0 2001:db8::2\n",
    );
    expect(lines(ipv4)).toEqual(["198.51.100.0/24 192.0.2.1", "0.0.0.0/0 2001:db8::2"]);
    expect(lines(ipv6)).toEqual(["2001:db8:53::/48 2001:db8::1"]);
  });

  it("may have comments, blank lines, tabs, CRLF and no newline at its end", () => {
    const { ipv4 } = read(
      "# a comment\r\n\r\n \t198.51.100.0/24\t 192.0.2.1 # another\r\n203.0.113.0/24 192.0.2.2#x\n  # y\n192.0.2.0/24 192.0.2.3",
    );
    expect(lines(ipv4)).toEqual([
      "198.51.100.0/24 192.0.2.1",
      "203.0.113.0/24 192.0.2.2",
      "192.0.2.0/24 192.0.2.3",
    ]);
  });

  it("may be empty", () => {
    for (const text of ["", "\n", "# nothing"]) expect(read(text).ipv4.count + read(text).ipv6.count).toBe(0);
  });

  it("has one next hop for the spellings of an address", () => {
    const { ipv6 } = read(
      "2001:db8:1::/48 2001:DB8::1\n2001:db8:2::/48 2001:db8:0:0::1\n2001:db8:3::/48 2001:db8::1\n",
    );
    expect(ipv6.nextHops.map(nextHop => formatAddress(nextHop!))).toEqual(["2001:db8::1"]);
  });

  it("comes back from what is written", async () => {
    const text =
      "198.51.100.0/24 192.0.2.1\n0.0.0.0/0 192.0.2.2\n2001:db8::/32 2001:db8::1\n::/0 192.0.2.1\n";
    const chunks = (async function* () {
      yield* writeText(read(text));
    })();
    const written = await readAll({ name: "table", chunks, shareRead: () => 0 });
    expect(written.toString()).toBe(text);
  });
});

describe("a line without a next hop", () => {
  const bare = Array.from({ length: 2000 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`);

  it("gets one of 64 documentation addresses of its family", () => {
    const { ipv4, ipv6 } = read(`${bare.join("\n")}\n2001:db8::/32\n`);
    expect(ipv4.nextHops).toHaveLength(64);
    for (const nextHop of ipv4.nextHops)
      expect(formatAddress(nextHop!)).toMatch(/^192\.0\.2\.([1-9]|[1-5]\d|6[0-4])$/);
    expect(formatAddress(ipv6.nextHops[0]!)).toMatch(/^2001:db8::[0-9a-f]{1,2}$/);
  });

  it("gets the same one for the same seed, in whatever order the lines are", () => {
    const sorted = (text: string[], seed: number) => lines(read(text.join("\n"), { seed }).ipv4).sort();
    expect(sorted(bare.toReversed(), 7)).toEqual(sorted(bare, 7));
    expect(sorted(bare, 8)).not.toEqual(sorted(bare, 7));
  });

  it("gets number r of N in proportion to 1/r", () => {
    const counts = new Map<string, number>();
    for (const line of lines(read(bare.join("\n"), { nextHops: 4 }).ipv4)) {
      const nextHop = line.split(" ")[1]!;
      counts.set(nextHop, (counts.get(nextHop) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"]);
    for (let r = 1; r <= 4; r++) {
      expect(Math.abs(counts.get(`192.0.2.${r}`)! - (2000 * 12) / 25 / r)).toBeLessThan(100);
    }
  });
});

describe("a wrong line is refused, with its place", () => {
  const good = "198.51.100.0/24 192.0.2.1\n";

  it.each([
    ["garbage", `${good}garbage\n`, '2:1: expected an IPv4 or IPv6 address, found "garbage"'],
    [
      "a host bit",
      `${good}\n 203.0.113.1/24`,
      '3:2: expected 203.0.113.0/24 (no host bits set), found "203.0.113.1/24"',
    ],
    [
      "a prefix length that is too long",
      "203.0.113.0/33",
      '1:13: expected a prefix length from 0 to 32, found "33"',
    ],
    ["no prefix length", "203.0.113.0", '1:12: expected "/" and a prefix length, found nothing'],
    ["a wrong next hop", "203.0.113.0/24 192.0.2.256", '1:24: expected a number from 0 to 255, found "256"'],
    [
      "a next hop with a length",
      "203.0.113.0/24 192.0.2.0/24",
      '1:25: expected the end of the address, found "/24"',
    ],
    ["more than a next hop", "203.0.113.0/24 192.0.2.1 7", '1:26: expected the end of the line, found "7"'],
    ["a zero byte", "203.0.113.0/24 192.0.2.1\0", '1:25: expected the end of the line, found "\\u0000"'],
    [
      "a prefix again",
      `${good}203.0.113.0/24\n# x\n${good}`,
      "4:1: expected a prefix that is not in the table yet, found 198.51.100.0/24 again, first on line 1",
    ],
    [
      "a prefix again right away",
      `# x\n${good}${good}`,
      "3:1: expected a prefix that is not in the table yet, found 198.51.100.0/24 again, first on line 2",
    ],
  ])("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(`table.txt:${message}`);
  });

  it("one next hop too many", () => {
    const many = Array.from(
      { length: NEXT_HOP_LIMIT + 1 },
      (_, i) => `10.${i >> 8}.${i & 255}.0/24 10.${i >> 8}.${i & 255}.1`,
    );
    expect(() => read(many.join("\n"))).toThrow(
      `table.txt:${NEXT_HOP_LIMIT + 1}:${many.at(-1)!.indexOf(" ") + 2}: expected at most ${NEXT_HOP_LIMIT} different next hops, found one more`,
    );
  });

  it("whatever the bytes are", () => {
    const text = fc.string({ unit: fc.constantFrom(..."0123456789./:#\n\r\t abf"), maxLength: 80 });
    fc.assert(
      fc.property(
        fc.oneof(
          text.map(t => Buffer.from(t)),
          fc.uint8Array({ maxLength: 80 }).map(b => Buffer.from(b)),
        ),
        bytes => {
          try {
            readText("table.txt", bytes);
          } catch (error) {
            expect((error as Error).message).toMatch(/^table\.txt:\d+:\d+: expected .+, found .+/);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
