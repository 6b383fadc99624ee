import { describe, expect, it } from "vitest";
import { formatAddress, formatPrefix } from "../../../host/tables/address.js";
import { readRib } from "../../../host/tables/mrt/rib.js";
import { Skipped } from "../../../host/tables/mrt/skipped.js";
import { all, inputOf } from "./input-of.js";
import {
  abbreviatedReach,
  address,
  asPath,
  attribute,
  type BuiltPeer,
  clusterList,
  communities,
  file,
  localPref,
  med,
  nextHop,
  nlri,
  origin,
  originatorId,
  peerIndexTable,
  reach,
  record,
  rib,
  tableDump,
  u16,
  u32,
} from "./mrt-builder.js";

const peer4: BuiltPeer = { address: "192.0.2.1", asn: 64501 };
const peer6: BuiltPeer = { address: "2001:db8:0:0:0:0:0:1", asn: 4_200_000_001 };
const peers = peerIndexTable([peer4, peer6]);

/** The routes of a dump in short: prefix, then peer, path identifier and next hop of each entry. */
async function routes(bytes: Buffer, skipped = new Skipped(), chunk?: number): Promise<string[]> {
  const records = await all(readRib(inputOf(bytes, "dump.mrt", chunk), skipped));
  return records.map(({ prefix, entries }) => {
    const list = entries.map(({ peer, pathId, path }) => {
      const { nextHop } = path();
      const hop = nextHop ? formatAddress(nextHop) : "-";
      return `AS${peer.asn}${pathId === null ? "" : `#${pathId}`} ${hop}`;
    });
    return `${formatPrefix(prefix)}: ${list.join(", ")}`;
  });
}

async function firstPath(bytes: Buffer) {
  const [first] = await all(readRib(inputOf(bytes), new Skipped()));
  return first!.entries[0]!.path();
}

describe("a TABLE_DUMP_V2 file", () => {
  it("gives every route with its peer, in order", async () => {
    const dump = file(
      peers,
      rib("198.51.100.0/24", [
        { peer: 0, attributes: [nextHop("192.0.2.1")] },
        { peer: 1, attributes: [nextHop("192.0.2.9")] },
      ]),
      rib("0.0.0.0/0", [{ peer: 0, attributes: [nextHop("192.0.2.2")] }]),
      rib("2001:db8:53:0:0:0:0:0/48", [{ peer: 1, attributes: [abbreviatedReach(address(peer6.address))] }]),
      rib("192.0.2.7/32", [{ peer: 0, attributes: [] }]),
    );
    expect(await routes(dump)).toEqual([
      "198.51.100.0/24: AS64501 192.0.2.1, AS4200000001 192.0.2.9",
      "0.0.0.0/0: AS64501 192.0.2.2",
      "2001:db8:53::/48: AS4200000001 2001:db8::1",
      "192.0.2.7/32: AS64501 -",
    ]);
  });

  it("gives the same however it is cut into chunks", async () => {
    const entry = (hop: string) => [{ peer: 0, attributes: [origin(0), nextHop(hop)] }];
    const dump = file(
      peers,
      rib("198.51.100.0/24", entry("192.0.2.1")),
      rib("203.0.113.0/24", entry("192.0.2.2")),
    );
    const whole = await routes(dump);
    for (const chunk of [1, 2, 7, 12, 13, 50])
      expect(await routes(dump, new Skipped(), chunk)).toEqual(whole);
  });

  it("gives path identifiers (RFC 8050)", async () => {
    const dump = file(
      peers,
      rib("198.51.100.0/24", [
        { peer: 0, pathId: 7, attributes: [nextHop("192.0.2.1")] },
        { peer: 0, pathId: 4_000_000_000, attributes: [nextHop("192.0.2.2")] },
      ]),
      rib("2001:db8:0:0:0:0:0:0/32", [
        { peer: 1, pathId: 1, attributes: [abbreviatedReach(address(peer6.address))] },
      ]),
    );
    expect(await routes(dump)).toEqual([
      "198.51.100.0/24: AS64501#7 192.0.2.1, AS64501#4000000000 192.0.2.2",
      "2001:db8::/32: AS4200000001#1 2001:db8::1",
    ]);
  });

  it("gives the attributes that rank a route", async () => {
    const dump = file(
      peers,
      rib("198.51.100.0/24", [
        {
          peer: 0,
          attributes: [
            origin(1),
            asPath(4, [
              [2, 64501, 4_200_000_000],
              [1, 64502, 64503],
            ]),
            nextHop("192.0.2.1"),
            med(10),
            localPref(200),
            communities(0xffff0000, 64501 * 65536 + 7),
            originatorId("192.0.2.10"),
            clusterList("192.0.2.11", "192.0.2.12"),
            attribute(32, u32(1)),
          ],
        },
      ]),
    );
    expect(await firstPath(dump)).toEqual({
      origin: 1,
      asPath: [
        { type: 2, asns: [64501, 4_200_000_000] },
        { type: 1, asns: [64502, 64503] },
      ],
      nextHop: { family: 4, bytes: Uint8Array.from([192, 0, 2, 1, ...Array(12).fill(0)]) },
      med: 10,
      localPref: 200,
      communities: [0xffff0000, 64501 * 65536 + 7],
      originatorId: 0xc000020a,
      clusterList: [0xc000020b, 0xc000020c],
    });
  });

  it("gives an entry's attributes as often as they are asked for", async () => {
    const [first] = await all(
      readRib(
        inputOf(file(peers, rib("198.51.100.0/24", [{ peer: 0, attributes: [med(10)] }]))),
        new Skipped(),
      ),
    );
    const { path } = first!.entries[0]!;
    expect(path()).toEqual(path());
    expect(path().med).toBe(10);
  });

  it("reads attributes with a two-byte length", async () => {
    const asns = Array.from({ length: 100 }, (_, i) => 64496 + (i % 16));
    const dump = file(peers, rib("198.51.100.0/24", [{ peer: 0, attributes: [asPath(4, [[2, ...asns]])] }]));
    expect((await firstPath(dump)).asPath).toEqual([{ type: 2, asns }]);
  });

  it("takes MP_REACH_NLRI in full too, and of two IPv6 next hops the one that is no link-local", async () => {
    const global = address("2001:db8:0:0:0:0:0:9");
    const linkLocal = address("fe80:0:0:0:0:0:0:9");
    const none = address("0:0:0:0:0:0:0:0");
    const entry = (prefix: string, attribute: number[]) =>
      rib(prefix, [{ peer: 1, attributes: [nextHop("192.0.2.1"), attribute] }]);
    const dump = file(
      peers,
      entry("2001:db8:1:0:0:0:0:0/48", reach(2, 1, global, [])),
      entry("2001:db8:2:0:0:0:0:0/48", abbreviatedReach([...global, ...linkLocal])),
      entry("2001:db8:3:0:0:0:0:0/48", abbreviatedReach([...none, ...linkLocal])),
    );
    expect(await routes(dump)).toEqual([
      "2001:db8:1::/48: AS4200000001 2001:db8::9",
      "2001:db8:2::/48: AS4200000001 2001:db8::9",
      "2001:db8:3::/48: AS4200000001 fe80::9",
    ]);
  });

  it("clears bits behind the prefix length", async () => {
    const body = [...u32(0), 20, 198, 51, 111, ...u16(1), ...u16(0), ...u32(0), ...u16(0)];
    expect(await routes(file(peers, record(13, 2, body)))).toEqual(["198.51.96.0/20: AS64501 -"]);
  });

  it("passes over other records, and counts them", async () => {
    const skipped = new Skipped();
    const dump = file(
      peers,
      record(13, 3, [1, 2, 3]),
      record(13, 6, []),
      record(11, 0, [0]),
      record(13, 6, [9]),
      rib("198.51.100.0/24", [{ peer: 0, attributes: [] }]),
    );
    expect(await routes(dump, skipped)).toHaveLength(1);
    expect(skipped.toString()).toBe("1 of type 13 subtype 3, 2 of type 13 subtype 6, 1 of type 11 subtype 0");
  });
});

describe("a TABLE_DUMP file", () => {
  it("gives a route a record, of both families", async () => {
    const dump = file(
      tableDump("198.51.100.0/24", peer4, [origin(0), asPath(2, [[2, 64501, 64502]]), nextHop("192.0.2.1")]),
      tableDump("2001:db8:53:0:0:0:0:0/48", { address: "2001:db8:0:0:0:0:0:1", asn: 64502 }, [
        reach(2, 1, address("2001:db8:0:0:0:0:0:1"), [nlri("2001:db8:53:0:0:0:0:0/48")]),
      ]),
    );
    expect(await routes(dump)).toEqual([
      "198.51.100.0/24: AS64501 192.0.2.1",
      "2001:db8:53::/48: AS64502 2001:db8::1",
    ]);
  });

  it.each([
    [
      "replaces what a two-byte speaker could not pass on",
      [[2, 64501, 23456, 23456]],
      [[2, 4_200_000_000, 64503]],
      [
        [2, 64501],
        [2, 4_200_000_000, 64503],
      ],
    ],
    [
      "is the whole path where it is as long",
      [[2, 23456, 23456]],
      [[2, 4_200_000_000, 64503]],
      [[2, 4_200_000_000, 64503]],
    ],
    ["is ignored where it is longer", [[2, 23456]], [[2, 4_200_000_000, 64503]], [[2, 23456]]],
    [
      "keeps a set before it",
      [
        [1, 64501, 64502],
        [2, 23456],
      ],
      [[2, 4_200_000_000]],
      [
        [1, 64501, 64502],
        [2, 4_200_000_000],
      ],
    ],
  ])("AS4_PATH %s (RFC 6793)", async (_, twoByte, fourByte, merged) => {
    const dump = file(tableDump("198.51.100.0/24", peer4, [asPath(2, twoByte), asPath(4, fourByte, 17)]));
    expect((await firstPath(dump)).asPath).toEqual(merged.map(([type, ...asns]) => ({ type, asns })));
  });
});

describe("a wrong dump is refused, with record and byte", () => {
  const route = rib("198.51.100.0/24", [{ peer: 0, attributes: [nextHop("192.0.2.1")] }]);
  const entry = (...attributes: number[][]) => file(peers, rib("198.51.100.0/24", [{ peer: 0, attributes }]));
  const at = peers.length;
  /** Where the attributes of `entry` begin: header, sequence, prefix, count, peer, time, length. */
  const attributesAt = at + 12 + 4 + 4 + 2 + 2 + 4 + 2;

  it.each<[string, Buffer, number, number, string]>([
    [
      "a record header cut short",
      file(peers, route.slice(0, 7)),
      2,
      at,
      "expected a record header (12 bytes), found 7 left",
    ],
    [
      "a record cut short",
      file(peers, route.slice(0, -1)),
      2,
      at + 12,
      `expected a record body of ${route.length - 12} bytes, found ${route.length - 13} left`,
    ],
    [
      "no peers before the first route",
      file(route),
      1,
      12,
      "expected a PEER_INDEX_TABLE before the first RIB record, found none",
    ],
    [
      "an unknown peer",
      file(peers, rib("198.51.100.0/24", [{ peer: 2, attributes: [] }])),
      2,
      at + 22,
      "expected a peer index below 2, found 2",
    ],
    [
      "a prefix that is too long",
      file(peers, record(13, 2, [...u32(0), 33, 1, 2, 3, 4, 5])),
      2,
      at + 16,
      "expected a prefix length from 0 to 32, found 33",
    ],
    [
      "a prefix with too few bytes",
      file(peers, record(13, 2, [...u32(0), 24, 198, 51])),
      2,
      at + 17,
      "expected the bytes of a /24 prefix (3 bytes), found 2 left",
    ],
    [
      "more entries than there are",
      file(peers, record(13, 2, [...u32(0), 0, ...u16(1)])),
      2,
      at + 19,
      "expected a peer index (2 bytes), found 0 left",
    ],
    [
      "fewer entries than there are",
      file(peers, record(13, 2, [...u32(0), 0, ...u16(0), 1, 2])),
      2,
      at + 19,
      "expected the end of the RIB record, found 2 more bytes",
    ],
    [
      "attributes beyond the record",
      file(peers, record(13, 2, [...u32(0), 0, ...u16(1), ...u16(0), ...u32(0), ...u16(9), 1])),
      2,
      at + 27,
      "expected path attributes (9 bytes), found 1 left",
    ],
    [
      "an attribute beyond the attributes",
      entry([0x40, 1, 5, 0]),
      2,
      attributesAt + 3,
      "expected a value of attribute type 1 (5 bytes), found 1 left",
    ],
    ["a wrong origin", entry(origin(3)), 2, attributesAt + 3, "expected an origin from 0 to 2, found 3"],
    [
      "a next hop that is too long",
      entry(attribute(3, [1, 2, 3, 4, 5])),
      2,
      attributesAt + 7,
      "expected the end of NEXT_HOP, found 1 more bytes",
    ],
    [
      "a wrong segment type",
      entry(asPath(4, [[9, 64501]])),
      2,
      attributesAt + 3,
      "expected an AS_PATH segment type from 1 to 4, found 9",
    ],
    [
      "a segment cut short",
      entry(attribute(2, [2, 2, 0, 0, 1, 1])),
      2,
      attributesAt + 9,
      "expected an AS number (4 bytes), found 0 left",
    ],
    [
      "a wrong next hop length",
      entry(abbreviatedReach([1, 2, 3])),
      2,
      attributesAt + 3,
      "expected a next hop length of 4, 16 or 32, found 3",
    ],
    [
      "a TABLE_DUMP prefix that is too long",
      file(tableDump("198.51.100.0/40", peer4, [])),
      1,
      20,
      "expected a prefix length from 0 to 32, found 40",
    ],
  ])("%s", async (_, bytes, number, byte, what) => {
    await expect(routes(bytes)).rejects.toThrow(`dump.mrt: record ${number} at byte ${byte}: ${what}`);
  });

  it("cut anywhere but between records", async () => {
    const dump = file(peers, route, rib("203.0.113.0/24", [{ peer: 0, attributes: [origin(0)] }]));
    const ends = [0, peers.length, peers.length + route.length, dump.length];
    for (let length = 0; length <= dump.length; length++) {
      const reading = routes(dump.subarray(0, length));
      if (ends.includes(length)) await reading;
      else await expect(reading).rejects.toThrow(/^dump\.mrt: record \d at byte \d+: expected /);
    }
  });
});
