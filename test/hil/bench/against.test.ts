import { Reader } from "maxmind";
import { expect, test } from "vitest";
import { addresses } from "../../../hil/bench/addresses.js";
import { againstFigures } from "../../../hil/bench/against/against.js";
import { writeMmdb } from "../../../hil/bench/against/mmdb.js";
import { contenders, importPackage } from "../../../hil/bench/against/packages.js";
import { NO_SET, Table } from "../../../host/router/table.js";
import { addressText } from "../../../host/tables/address-printer.js";
import type { PrefixTable } from "../../../host/tables/routes.js";
import { synthesize } from "../../../host/tables/synth.js";
import { readText } from "../../../host/tables/text.js";

const synthetic = synthesize({ prefixes4: 3000, prefixes6: 2000, nextHops: 300 });
const special = readText(
  "special.txt",
  Buffer.from(
    [
      "0.0.0.0/0",
      "0.0.0.0/32",
      "255.255.255.255/32",
      "128.0.0.0/1",
      "192.0.2.0/24",
      "192.0.2.0/31",
      "::/0",
      "::/128",
      "2001:db8::/32",
      "2001:db8::/127",
      "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
    ].join("\n"),
  ),
);

const few = { addresses: 2000, seed: 1 };

/** The first and last address of each prefix of a family, and random ones inside and outside. */
function asked(routes: PrefixTable["ipv4"]): Uint32Array {
  const { count, width, words, lengths } = routes;
  const edges = new Uint32Array(count * width * 2);
  for (let at = 0; at < count * width; at++) {
    const length = lengths[Math.floor(at / width)]! - 32 * (at % width);
    edges[at] = words[at]!;
    edges[count * width + at] =
      length >= 32 ? words[at]! : words[at]! | (0xffff_ffff >>> Math.max(length, 0));
  }
  const some = (["in-prefix", "random"] as const).map(pattern => addresses(pattern, routes, 2000, 9));
  return Uint32Array.from([edges, ...some].flatMap(part => [...part]));
}

test.each([24, 32] as const)("a database with records of %i bits answers as the table does", async size => {
  for (const table of [synthetic, special]) {
    const loaded = await Table.of(table);
    for (const routes of [table.ipv4, table.ipv6]) {
      const reader = new Reader<never>(writeMmdb(routes, size));
      expect(reader.metadata).toMatchObject({ ipVersion: routes.family, recordSize: size });
      const words = asked(routes);
      const found = Uint16Array.from({ length: words.length / routes.width }, (_, i) => {
        const address = words.subarray(i * routes.width, (i + 1) * routes.width);
        return reader.get(addressText(routes.family, address)) ?? NO_SET;
      });
      expect(found).toEqual(loaded.lookupAll(routes.family, words));
    }
  }
});

test("the packages are asked the same, and answer the same but for default routes", async () => {
  const packages = await contenders();
  expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
    "maxmind 5.0.7",
    "longest-prefix-match 1.3.1",
  ]);
  const { families } = await againstFigures(synthetic, packages, few);
  expect(families.map(({ family, prefixes }) => [family, prefixes])).toEqual([
    [4, 3000],
    [6, 2000],
  ]);
  for (const { contenders } of families) {
    expect(contenders.map(({ name }) => name)).toEqual([
      "nearhop, batched",
      "nearhop, from text",
      "maxmind",
      "longest-prefix-match",
    ]);
    for (const { different, bytes } of contenders) {
      expect(different).toBe(0);
      expect(bytes).toBeGreaterThan(0);
    }
  }
});

test("answers that differ are told, and how many of them only the default route covers", async () => {
  const table = readText("default.txt", Buffer.from("0.0.0.0/0 192.0.2.1\n198.51.100.0/24 192.0.2.2\n"));
  const { families } = await againstFigures(table, await contenders(), few);
  const [, , maxmind, trie] = families[0]!.contenders;
  expect(maxmind).toMatchObject({ different: 0, differentDefault: 0 });
  expect(trie!.different).toBeGreaterThan(0);
  expect(trie!.differentDefault).toBe(trie!.different);
});

test("a package that is not there is named, with what to do", async () => {
  await expect(importPackage("no-such-package-for-prefixes")).rejects.toThrow(
    /^--against needs the npm package no-such-package-for-prefixes, a development dependency: run "npm ci"/,
  );
});
