import { describe, expect, it } from "vitest";
import { formatAddress } from "../../../host/tables/address.js";
import { readRib } from "../../../host/tables/mrt/rib.js";
import { Skipped } from "../../../host/tables/mrt/skipped.js";
import { readMrtTable } from "../../../host/tables/mrt/to-table.js";
import { writeMrt } from "../../../host/tables/mrt/writer.js";
import { synthesize } from "../../../host/tables/synth.js";
import { readText } from "../../../host/tables/text.js";
import { writeText } from "../../../host/tables/write-text.js";
import { all, inputOf } from "./input-of.js";
import { bgp4mp, file, nextHop, peerIndexTable, rib, tableDump, update } from "./mrt-builder.js";

const text = (bytes: Iterable<Uint8Array>) => Buffer.concat([...bytes]).toString();
const peer = { address: "192.0.2.1", asn: 64501 };

describe("the table of a RIB dump", () => {
  const read = async (bytes: Buffer) => text(writeText(await readMrtTable(inputOf(bytes), new Skipped())));

  it("has the next hop of the first route to each prefix", async () => {
    const entries = (...hops: string[]) => hops.map(hop => ({ peer: 0, attributes: [nextHop(hop)] }));
    const dump = file(
      peerIndexTable([peer]),
      rib("203.0.113.0/24", entries("192.0.2.2", "192.0.2.1")),
      rib("198.51.100.0/24", entries("192.0.2.1")),
      rib("203.0.113.0/24", entries("192.0.2.3")),
      rib("192.0.2.0/24", [{ peer: 0, attributes: [] }]),
      rib("192.0.2.0/25", []),
    );
    expect(await read(dump)).toBe("203.0.113.0/24 192.0.2.2\n198.51.100.0/24 192.0.2.1\n192.0.2.0/24\n");
  });

  it("is the same from the older format", async () => {
    const route = (hop: string) => tableDump("203.0.113.0/24", peer, [nextHop(hop)]);
    expect(await read(file(route("192.0.2.2"), route("192.0.2.1")))).toBe("203.0.113.0/24 192.0.2.2\n");
  });

  it("is refused where there are no routes", async () => {
    await expect(read(file())).rejects.toThrow(
      "dump.mrt: expected routes (records of TABLE_DUMP or TABLE_DUMP_V2), found no records",
    );
    await expect(read(file(bgp4mp(4, peer, update({}))))).rejects.toThrow(
      "dump.mrt: expected routes (records of TABLE_DUMP or TABLE_DUMP_V2), found 1 of type 16 subtype 4",
    );
  });
});

describe("a table written as a RIB dump", () => {
  it("comes back", async () => {
    const table = readText(
      "table.txt",
      Buffer.from(
        "0.0.0.0/0 192.0.2.1\n198.51.100.0/24 2001:db8::1\n192.0.2.7/32 192.0.2.2\n::/0 2001:db8::1\n2001:db8::1/128 192.0.2.1\n",
      ),
    );
    const back = await readMrtTable(inputOf(Buffer.concat([...writeMrt("out.mrt", table)])), new Skipped());
    expect(text(writeText(back))).toBe(text(writeText(table)));
  });

  it("comes back with thousands of routes", async () => {
    const table = synthesize({ prefixes4: 20_000, prefixes6: 5_000 });
    const bytes = Buffer.concat([...writeMrt("out.mrt", table)]);
    const back = await readMrtTable(inputOf(bytes, "out.mrt", 10_007), new Skipped());
    expect(text(writeText(back))).toBe(text(writeText(table)));
  });

  it("has each next hop as a peer", async () => {
    const table = readText(
      "table.txt",
      Buffer.from("198.51.100.0/24 192.0.2.1\n2001:db8::/32 2001:db8::1\n"),
    );
    const records = await all(
      readRib(inputOf(Buffer.concat([...writeMrt("out.mrt", table)])), new Skipped()),
    );
    const peers = records.map(({ entries }) =>
      entries.map(({ peer }) => `${formatAddress(peer.address)} AS${peer.asn}`),
    );
    expect(peers).toEqual([["192.0.2.1 AS64496"], ["2001:db8::1 AS64496"]]);
  });

  it("keeps a route without next hop", async () => {
    const dump = file(peerIndexTable([peer]), rib("198.51.100.0/24", [{ peer: 0, attributes: [] }]));
    const table = await readMrtTable(inputOf(dump), new Skipped());
    const back = await readMrtTable(inputOf(Buffer.concat([...writeMrt("out.mrt", table)])), new Skipped());
    expect(text(writeText(back))).toBe("198.51.100.0/24\n");
  });
});
