import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loadTable } from "../../../host/tables/load.js";
import { writeText } from "../../../host/tables/write-text.js";
import { fileOf, pathOf } from "./folder.js";
import { file, nextHop, peerIndexTable, rib } from "./mrt-builder.js";

const text = "198.51.100.0/24 192.0.2.1\n";
const dump = file(
  peerIndexTable([{ address: "192.0.2.1", asn: 64501 }]),
  rib("198.51.100.0/24", [{ peer: 0, attributes: [nextHop("192.0.2.1")] }]),
);

async function load(path: string, options = {}): Promise<string> {
  const { table, format } = await loadTable(path, options);
  return `${format}: ${Buffer.concat([...writeText(table)])}`;
}

describe("a table file", () => {
  it.each<[string, string | Buffer, string]>([
    ["text", text, "text"],
    ["text in gzip", gzipSync(text), "text"],
    ["MRT", dump, "mrt"],
    ["MRT in gzip", gzipSync(dump), "mrt"],
  ])("is told by its content: %s", async (name, content, format) => {
    expect(await load(fileOf(name, content))).toBe(`${format}: ${text}`);
  });

  it("may be empty text", async () => {
    for (const content of ["", "\n", "#"]) expect(await load(fileOf("empty", content))).toBe("text: ");
  });

  it("is read as the format that is asked for", async () => {
    await expect(load(fileOf("dump", dump), { format: "text" })).rejects.toThrow(
      /dump:1:1: expected an IPv4 or IPv6 address/,
    );
    await expect(load(fileOf("text", text), { format: "mrt" })).rejects.toThrow(
      /text: record 1 at byte 12: expected a record body of/,
    );
  });

  it("that is not there, or is a folder, is refused", async () => {
    await expect(load(pathOf("missing"))).rejects.toThrow(
      /missing: expected a readable file, found no such file$/,
    );
    await expect(load(pathOf("."))).rejects.toThrow(/: expected a readable file, found a directory$/);
  });

  it("whose gzip stream is cut short is refused", async () => {
    for (const content of [gzipSync(text), gzipSync(dump)]) {
      const path = fileOf("cut.gz", content.subarray(0, -9));
      await expect(load(path)).rejects.toThrow(
        /cut\.gz: expected a whole gzip stream, found unexpected end of file$/,
      );
    }
  });

  it("tells how much of it is read", async () => {
    const lines = Array.from(
      { length: 200_000 },
      (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}/32\n`,
    );
    const shares: number[] = [];
    await load(fileOf("long", lines.join("")), { onProgress: (share: number) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.every(share => share >= 0 && share <= 1)).toBe(true);
  });
});
