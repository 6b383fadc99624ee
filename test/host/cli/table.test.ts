import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { nearhop } from "../../command.js";
import { fileOf, pathOf } from "../tables/folder.js";
import { file, nextHop, peerIndexTable, record, rib } from "../tables/mrt-builder.js";

const text = "198.51.100.0/24 192.0.2.1\n198.51.100.0/25 192.0.2.2\n2001:db8:53::/48 2001:db8::1\n";
const table = fileOf("table.txt", text);

describe("nearhop table convert", () => {
  it("turns text into MRT and back", () => {
    expect(nearhop(["table", "convert", table, pathOf("there.mrt")])).toEqual({
      code: 0,
      out: "",
      err: "",
    });
    expect(readFileSync(pathOf("there.mrt"))[5]).toBe(13);
    expect(nearhop(["table", "convert", pathOf("there.mrt"), "-"])).toEqual({
      code: 0,
      out: text,
      err: "",
    });
  });

  it("compresses what is to end in .gz, and reads it", () => {
    nearhop(["table", "convert", table, pathOf("there.mrt.gz")]);
    expect(gunzipSync(readFileSync(pathOf("there.mrt.gz")))[5]).toBe(13);
    expect(nearhop(["table", "convert", pathOf("there.mrt.gz"), "-", "--to", "text"]).out).toBe(text);
  });

  it("tells which records it passed over", () => {
    const peers = peerIndexTable([{ address: "192.0.2.1", asn: 64501 }]);
    const dump = file(
      peers,
      record(13, 6, []),
      rib("198.51.100.0/24", [{ peer: 0, attributes: [nextHop("192.0.2.1")] }]),
    );
    expect(nearhop(["table", "convert", "-", "-"], dump)).toEqual({
      code: 0,
      out: "198.51.100.0/24 192.0.2.1\n",
      err: "nearhop: standard input: skipped records without routes: 1 of type 13 subtype 6\n",
    });
  });

  it("writes nothing where the table is wrong", () => {
    const path = fileOf("wrong.txt", `${text}198.51.100.0/24\n`);
    expect(nearhop(["table", "convert", path, pathOf("never.mrt")])).toEqual({
      code: 2,
      out: "",
      err: `nearhop: ${path}:4:1: expected a prefix that is not in the table yet, found 198.51.100.0/24 again, first on line 1\n`,
    });
    expect(existsSync(pathOf("never.mrt"))).toBe(false);
  });
});

describe("nearhop table stats", () => {
  it("describes a table", () => {
    expect(nearhop(["table", "stats", table]).out).toMatchInlineSnapshot(`
      "           IPv4  IPv6
      prefixes      2     1
      next hops     2     1

      covered: 0.00000596 % of all IPv4 addresses, 3.553e-13 % of IPv6

      length  IPv4  IPv6
      /24        1     0
      /25        1     0
      /48        0     1

      nested in  IPv4  IPv6
              0     1     1
              1     1     0
      "
    `);
  });

  it("refuses what is no table", () => {
    expect(nearhop(["table", "stats", "-"], "nonsense")).toEqual({
      code: 2,
      out: "",
      err: 'nearhop: standard input:1:1: expected an IPv4 or IPv6 address, found "nonsense"\n',
    });
  });
});

describe("nearhop table synth", () => {
  it("makes the same table from the same seed, which is one that can be read", () => {
    const make = () => nearhop(["table", "synth", "--prefixes4", "300", "--prefixes6", "200", "--seed", "7"]);
    const { code, out } = make();
    expect(code).toBe(0);
    expect(make().out).toBe(out);
    expect(nearhop(["table", "stats", "-"], out).out).toMatch(/prefixes +300 +200\n/);
  });

  it("refuses more prefixes than a router takes", () => {
    const { code, out, err } = nearhop(["table", "synth", "--prefixes4", "9999999"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("expected a whole number from 0 to 4194304");
  });
});
