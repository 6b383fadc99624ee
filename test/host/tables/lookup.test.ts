import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Table } from "../../../host/router/table.js";
import { readAddresses } from "../../../host/tables/address-list.js";
import { answers } from "../../../host/tables/lookup.js";
import { Random } from "../../../host/tables/random.js";
import type { PrefixTable } from "../../../host/tables/routes.js";
import { synthesize } from "../../../host/tables/synth.js";
import { readText } from "../../../host/tables/text.js";
import { writeText } from "../../../host/tables/write-text.js";
import { sharedPath } from "../../shared-data.js";
import { parse, print, Reference } from "./reference.js";

async function lookup(table: PrefixTable, addresses: string): Promise<string[]> {
  const list = readAddresses("addresses", Buffer.from(addresses));
  const lines = Buffer.concat([...answers(table, await Table.of(table), list)]).toString();
  return lines.split("\n").slice(0, -1);
}

const textLines = (table: PrefixTable) =>
  Buffer.concat([...writeText(table)])
    .toString()
    .trimEnd()
    .split("\n");

/** Addresses at and around the edges of drawn prefixes, within them, and anywhere. */
function edgeAddresses(prefixes: readonly string[], count: number, seed: number): string[] {
  const random = new Random(seed);
  const any = (bits: number) => {
    let value = 0n;
    for (let i = 0; i < bits; i += 32) value = (value << 32n) | BigInt(random.next());
    return value;
  };
  return Array.from({ length: count }, () => {
    const [text, length] = prefixes[random.below(prefixes.length)]!.split("/");
    const { bits, value } = parse(text!);
    const size = 1n << BigInt(bits - Number(length));
    const places = [
      value,
      value - 1n,
      value + size - 1n,
      value + size,
      value + (any(bits) % size),
      any(bits),
    ];
    return print(bits, BigInt.asUintN(bits, places[random.below(places.length)]!));
  });
}

function expectExact(got: string[], addresses: string[], reference: Reference): void {
  expect(got).toHaveLength(addresses.length);
  const wrong = addresses.flatMap((address, i) => {
    const expected = `${address} ${reference.lookup(address)}`;
    return got[i] === expected ? [] : [{ expected, got: got[i] }];
  });
  expect(wrong.slice(0, 5)).toEqual([]);
}

describe("lookups", () => {
  it("answer in order, each address as it was written", async () => {
    const table = readText(
      "table.txt",
      Buffer.from("198.51.100.0/24 192.0.2.1\n198.51.100.128/25 192.0.2.2\n2001:db8:53::/48 2001:db8::1\n"),
    );
    const addresses =
      " 198.51.100.7\r\n# comment\n2001:DB8:53:0::1\n\n198.51.100.200 # here\n203.0.113.1\n2001:db8:54::\n";
    expect(await lookup(table, addresses)).toEqual([
      "198.51.100.7 198.51.100.0/24 192.0.2.1",
      "2001:DB8:53:0::1 2001:db8:53::/48 2001:db8::1",
      "198.51.100.200 198.51.100.128/25 192.0.2.2",
      "203.0.113.1 -",
      "2001:db8:54:: -",
    ]);
  });

  it("of nothing, or in an empty table, work too", async () => {
    const empty = readText("table.txt", Buffer.alloc(0));
    expect(await lookup(empty, "")).toEqual([]);
    expect(await lookup(empty, "192.0.2.1\n::1")).toEqual(["192.0.2.1 -", "::1 -"]);
  });

  it("match default routes and hosts at both ends of the address space", async () => {
    const lines = [
      "0.0.0.0/0",
      "0.0.0.0/32",
      "255.255.255.255/32",
      "255.255.255.254/31",
      "::/0",
      "::/128",
    ].map(prefix => `${prefix} 192.0.2.1`);
    const table = readText("table.txt", Buffer.from(lines.join("\n")));
    const addresses = [
      "0.0.0.0",
      "0.0.0.1",
      "255.255.255.255",
      "255.255.255.254",
      "255.255.255.253",
      "::",
      "::1",
    ];
    expectExact(await lookup(table, addresses.join("\n")), addresses, new Reference(lines));
  });

  it("agree with the definition in any table", async () => {
    const address = fc.oneof(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(value => ({ bits: 32 as const, value: BigInt(value) })),
      fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map(value => ({ bits: 128 as const, value })),
    );
    const prefix = fc.tuple(address, fc.nat(128)).map(([{ bits, value }, n]) => {
      const length = n % (bits + 1);
      const host = BigInt(bits - length);
      return `${print(bits, (value >> host) << host)}/${length}`;
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(prefix, { minLength: 1, maxLength: 60 }),
        fc.integer(),
        async (prefixes, seed) => {
          const table = readText("table.txt", Buffer.from(prefixes.join("\n")));
          const addresses = edgeAddresses(prefixes, 200, seed);
          expectExact(await lookup(table, addresses.join("\n")), addresses, new Reference(textLines(table)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("agree with the definition in a synthetic internet table", async () => {
    const table = synthesize({ prefixes4: 30_000, prefixes6: 15_000 });
    const lines = textLines(table);
    const addresses = edgeAddresses(
      lines.map(line => line.split(" ")[0]!),
      40_000,
      1,
    );
    expectExact(await lookup(table, addresses.join("\n")), addresses, new Reference(lines));
  });

  it.each([
    ["host", '2:1: expected an IPv4 or IPv6 address, found "host"'],
    ["192.0.2.1/32", '2:10: expected the end of the address, found "/32"'],
    ["192.0.2.1 192.0.2.2", '2:11: expected the end of the line, found "192.0.2.2"'],
  ])("refuse %j", (line, message) => {
    expect(() => readAddresses("addresses", Buffer.from(`192.0.2.1\n${line}\n`))).toThrow(
      `addresses:${message}`,
    );
  });
});

const real = sharedPath("data/real-prefixes.txt.gz");

if (real) {
  it("lookups in the whole internet table agree with the definition on 100,000 addresses of each family", async () => {
    const file = gunzipSync(readFileSync(real));
    const prefixes = file.toString().trimEnd().split(/\r?\n/);
    const table = readText("table.txt", file);
    const lines = textLines(table);
    expect(lines.findIndex((line, i) => line.split(" ")[0] !== prefixes[i])).toBe(-1);
    expect(lines).toHaveLength(prefixes.length);
    const reference = new Reference(lines);
    for (const [family, seed] of [
      [".", 1],
      [":", 2],
    ] as const) {
      const addresses = edgeAddresses(
        prefixes.filter(prefix => prefix.includes(family)),
        100_000,
        seed,
      );
      expectExact(await lookup(table, addresses.join("\n")), addresses, reference);
    }
  }, 300_000);
}
