import { isIPv4, isIPv6 } from "node:net";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Address,
  AddressError,
  covers,
  formatAddress,
  formatPrefix,
  fromHalves,
  fromNumber,
  parseAddress,
  parsePrefix,
  prefixOf,
  toHalves,
  toNumber,
} from "../../../host/tables/address.js";

const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 }).map(four => {
  const bytes = new Uint8Array(16);
  bytes.set(four);
  return { family: 4, bytes } as Address;
});
// Bytes that are often 0, so that runs of zero groups of every length come up.
const sparse = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
);
const ipv6 = fc
  .array(sparse, { minLength: 16, maxLength: 16 })
  .map(bytes => ({ family: 6, bytes: Uint8Array.from(bytes) }) as Address);

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof AddressError) return `${error.offset}: ${error.message}`;
  }
  throw new Error("was not refused");
}

/** RFC 5952 section 4 and 5, with regular expressions over the full form. */
function canonical(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16));
  if (groups.slice(0, 6).join() === "0,0,0,0,0,ffff") return `::ffff:${[...bytes.subarray(12)].join(".")}`;
  const full = groups.join(":");
  for (let length = 8; length >= 2; length--) {
    const run = new RegExp(`(^|:)0(:0){${length - 1}}(:|$)`);
    if (run.test(full)) return full.replace(run, "::");
  }
  return full;
}

describe("addresses", () => {
  it("come back from their text", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), address => {
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
  });

  it("print IPv6 as RFC 5952 says", () => {
    fc.assert(
      fc.property(ipv6, address => {
        expect(formatAddress(address)).toBe(canonical(address.bytes));
      }),
      { numRuns: 2000 },
    );
    expect(formatAddress(parseAddress("2001:DB8:0:0:1:0:0:1"))).toBe("2001:db8::1:0:0:1");
    expect(formatAddress(parseAddress("2001:db8:0:1:1:1:1:1"))).toBe("2001:db8:0:1:1:1:1:1");
    expect(formatAddress(parseAddress("0:0:0:0:0:0:0:0"))).toBe("::");
    expect(formatAddress(parseAddress("0:0:0:0:0:FFFF:C000:0201"))).toBe("::ffff:192.0.2.1");
  });

  it("are what Node's own parser takes, but for zone indices", () => {
    const character = fc.constantFrom(..."0123456789abcdefABCDEF:::...g/ ".split(""));
    const text = fc.oneof(
      fc.string({ unit: character, maxLength: 20 }),
      fc
        .array(fc.constantFrom("0", "1", "ffff", "", "db8", "12345", "1.2.3.4", "255", "256"), {
          maxLength: 9,
        })
        .map(parts => parts.join(":")),
      fc
        .array(fc.constantFrom("0", "1", "99", "255", "256", "", "01", "1000"), {
          minLength: 3,
          maxLength: 5,
        })
        .map(parts => parts.join(".")),
    );
    fc.assert(
      fc.property(text, text => {
        let family = 0;
        try {
          family = parseAddress(text).family;
        } catch (error) {
          expect(error).toBeInstanceOf(AddressError);
        }
        expect(family).toBe(isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);
      }),
      { numRuns: 20_000 },
    );
  });

  it("are numbers and halves of the same bytes", () => {
    expect(toNumber(parseAddress("203.0.113.255"))).toBe(0xcb0071ff);
    expect(formatAddress(fromNumber(0xffffffff))).toBe("255.255.255.255");
    const { high, low } = toHalves(parseAddress("2001:db8::1"));
    expect([high, low]).toEqual([0x20010db800000000n, 1n]);
    expect(formatAddress(fromHalves(high, low))).toBe("2001:db8::1");
  });

  it.each([
    ["", "0: expected an IPv4 or IPv6 address, found nothing"],
    ["example", '0: expected an IPv4 or IPv6 address, found "example"'],
    ["192.0.2", '7: expected ".", found nothing'],
    ["192.0.2.256", '8: expected a number from 0 to 255, found "256"'],
    ["192.0.02.1", '6: expected a number without leading zeros, found "02.1"'],
    ["192.0.2.1.5", '9: expected the end of the address, found ".5"'],
    ["192.0.2.1 ", '9: expected the end of the address, found " "'],
    ["fe80::1%eth0", '7: expected the end of the address, found "%eth0"'],
    ["1:2", '0: expected eight groups or "::", found "1:2"'],
    ["2001::db8::1", '9: expected no second "::", found "::1"'],
    ["2001:12345::", '5: expected a group of one to four hexadecimal digits, found "12345::"'],
  ])("refuse %j", (text, message) => {
    expect(refusal(() => parseAddress(text))).toBe(message);
  });
});

describe("prefixes", () => {
  it("come back from their text, at every length", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), fc.nat(128), (address, n) => {
        const length = address.family === 4 ? n % 33 : n;
        const prefix = prefixOf(address, length);
        expect(parsePrefix(formatPrefix(prefix))).toEqual(prefix);
        expect(covers(prefix, address)).toBe(true);
      }),
    );
  });

  it("refuse a set host bit wherever it stands", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), fc.nat(127), fc.nat(127), (address, n, m) => {
        const bits = address.family === 4 ? 32 : 128;
        const length = n % bits;
        const bit = length + (m % (bits - length));
        const prefix = prefixOf(address, length);
        const bytes = prefix.bytes.slice();
        bytes[bit >> 3]! |= 0x80 >> (bit & 7);
        const text = `${formatAddress({ family: address.family, bytes })}/${length}`;
        expect(refusal(() => parsePrefix(text))).toBe(
          `0: expected ${formatPrefix(prefix)} (no host bits set), found ${JSON.stringify(text)}`,
        );
      }),
    );
  });

  it.each([
    ["192.0.2.0", '9: expected "/" and a prefix length, found nothing'],
    ["192.0.2.0/", "10: expected a prefix length from 0 to 32, found nothing"],
    ["192.0.2.0/33", '10: expected a prefix length from 0 to 32, found "33"'],
    ["2001:db8::/129", '11: expected a prefix length from 0 to 128, found "129"'],
    ["192.0.2.0/024", '10: expected a prefix length without leading zeros, found "024"'],
    ["192.0.2.0/-1", '10: expected a prefix length from 0 to 32, found "-1"'],
    ["192.0.2.0/24x", '12: expected the end of the prefix, found "x"'],
    ["192.0.2.1/24", '0: expected 192.0.2.0/24 (no host bits set), found "192.0.2.1/24"'],
  ])("refuse %j", (text, message) => {
    expect(refusal(() => parsePrefix(text))).toBe(message);
  });

  it("cover what is inside them, and no other family", () => {
    const site = parsePrefix("198.51.100.0/24");
    expect(covers(site, parseAddress("198.51.100.255"))).toBe(true);
    expect(covers(site, parseAddress("198.51.101.0"))).toBe(false);
    expect(covers(site, parsePrefix("198.51.100.128/25"))).toBe(true);
    expect(covers(site, parsePrefix("198.51.100.0/23"))).toBe(false);
    expect(covers(parsePrefix("0.0.0.0/0"), parseAddress("::"))).toBe(false);
  });
});
