import { describe, expect, it } from "vitest";
import { forwardingTable } from "../../../host/cli/lookup.js";
import type { LoadedTable } from "../../../host/tables/load.js";
import { NEXT_HOP_LIMIT } from "../../../host/tables/routes.js";
import { nearhop } from "../../command.js";
import { fileOf } from "../tables/folder.js";
import { file, nextHop, peerIndexTable, rib } from "../tables/mrt-builder.js";

const table = fileOf(
  "table.txt",
  "198.51.100.0/24 192.0.2.1\n2001:db8:53::/48 2001:db8::1\n203.0.113.0/24\n",
);
const dump = file(
  peerIndexTable([{ address: "192.0.2.1", asn: 64501 }]),
  rib("198.51.100.0/24", [{ peer: 0, attributes: [nextHop("192.0.2.1")] }]),
);

describe("nearhop lookup", () => {
  it("answers addresses from its arguments", () => {
    expect(nearhop(["lookup", "--table", table, "198.51.100.9", "2001:DB8:53::1", "192.0.2.1"])).toEqual({
      code: 0,
      out: "198.51.100.9 198.51.100.0/24 192.0.2.1\n2001:DB8:53::1 2001:db8:53::/48 2001:db8::1\n192.0.2.1 -\n",
      err: "",
    });
  });

  it("answers addresses from standard input, in a dump too", () => {
    const { code, out } = nearhop(
      ["lookup", "--table", fileOf("dump.mrt", dump)],
      "198.51.100.9\n198.51.101.0\n",
    );
    expect({ code, out }).toEqual({
      code: 0,
      out: "198.51.100.9 198.51.100.0/24 192.0.2.1\n198.51.101.0 -\n",
    });
  });

  it("takes the table from standard input", () => {
    const { code, out } = nearhop(["lookup", "--table", "-", "198.51.100.9"], "198.51.100.0/24 192.0.2.7\n");
    expect({ code, out }).toEqual({ code: 0, out: "198.51.100.9 198.51.100.0/24 192.0.2.7\n" });
  });

  it("gives the next hops that number and seed say", () => {
    const answer = (...options: string[]) =>
      nearhop(["lookup", "--table", table, ...options, "203.0.113.1"]).out;
    expect(answer("--next-hops", "1")).toBe("203.0.113.1 203.0.113.0/24 192.0.2.1\n");
    expect(answer("--seed", "2")).toBe(answer("--seed", "2"));
  });
});

describe("nearhop lookup ends with 2, prints nothing, and says what is wrong", () => {
  const many = Array.from(
    { length: NEXT_HOP_LIMIT + 1 },
    (_, i) => `10.${i >> 8}.${i & 255}.0/24 10.${i >> 8}.${i & 255}.1\n`,
  );

  it.each<[string, string | Uint8Array, string]>([
    [
      "a record cut short",
      dump.subarray(0, -1),
      `: record 2 at byte ${dump.length - 25}: expected a record body of 25 bytes, found 24 left`,
    ],
    [
      "a host bit",
      "198.51.100.1/24",
      ':1:1: expected 198.51.100.0/24 (no host bits set), found "198.51.100.1/24"',
    ],
    ["/33", "198.51.100.0/33", ':1:14: expected a prefix length from 0 to 32, found "33"'],
    [
      "a prefix twice",
      "::/0\n#\n::/0",
      ":3:1: expected a prefix that is not in the table yet, found ::/0 again, first on line 1",
    ],
    ["garbage", "192.0.2.0/24\n\0\x7f", ':2:1: expected an IPv4 or IPv6 address, found "\\u0000"'],
    [
      "too many next hops",
      many.join(""),
      `:${NEXT_HOP_LIMIT + 1}:17: expected at most ${NEXT_HOP_LIMIT} different next hops, found one more`,
    ],
  ])("%s", (_, content, message) => {
    const path = fileOf("wrong", content);
    expect(nearhop(["lookup", "--table", path, "192.0.2.1"])).toEqual({
      code: 2,
      out: "",
      err: `nearhop: ${path}${message}\n`,
    });
  });

  it("a wrong address, even behind right ones", () => {
    expect(nearhop(["lookup", "--table", table], "198.51.100.1\n198.51.100.256\n")).toEqual({
      code: 2,
      out: "",
      err: 'nearhop: standard input:2:12: expected a number from 0 to 255, found "256"\n',
    });
    expect(nearhop(["lookup", "--table", table, "198.51.100.1", "::g"])).toMatchObject({
      code: 2,
      err: 'nearhop: argument:2:3: expected the end of the address, found "g"\n',
    });
  });

  it("wrong options", () => {
    expect(nearhop(["lookup", "192.0.2.1"])).toMatchObject({ code: 2, out: "" });
    expect(nearhop(["lookup", "--table", table, "--next-hops", "0", "192.0.2.1"])).toMatchObject({
      code: 2,
      out: "",
    });
    expect(nearhop(["lookup", "--table", "-"], "198.51.100.0/24\n")).toMatchObject({
      code: 2,
      err: "nearhop: standard input: expected addresses as arguments, as it holds the table, found none\n",
    });
  });

  it("a table that is larger than a router", async () => {
    const huge = { name: "huge.txt", table: { ipv4: { count: 5_000_000 }, ipv6: { count: 0 } } };
    await expect(forwardingTable(huge as unknown as LoadedTable)).rejects.toThrow(
      /^huge\.txt: expected a table that fits into a router, found 5000000 IPv4 and 0 IPv6 prefixes \(the router refused CONFIGURE: /,
    );
  });
});
