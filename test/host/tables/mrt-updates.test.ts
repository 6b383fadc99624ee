import { describe, expect, it } from "vitest";
import { formatAddress, formatPrefix } from "../../../host/tables/address.js";
import type { Nlri } from "../../../host/tables/bgp/nlri.js";
import { Skipped } from "../../../host/tables/mrt/skipped.js";
import { readUpdates } from "../../../host/tables/mrt/updates.js";
import { all, inputOf } from "./input-of.js";
import {
  address,
  asPath,
  type BuiltPeer,
  bgp4mp,
  file,
  message,
  nextHop,
  nlri,
  origin,
  reach,
  record,
  unreach,
  update,
} from "./mrt-builder.js";

const peer4: BuiltPeer = { address: "192.0.2.1", asn: 64501 };
const peer6: BuiltPeer = { address: "2001:db8:0:0:0:0:0:1", asn: 4_200_000_001 };
const site = "198.51.100.0/24";
const hop6 = address("2001:db8:0:0:0:0:0:9");

function printed(list: readonly Nlri[]): string {
  return list
    .map(({ prefix, pathId }) => `${formatPrefix(prefix)}${pathId === null ? "" : `#${pathId}`}`)
    .join(" ");
}

/** The updates of a file in short: withdrawn prefixes with "-", announced ones with "+" and their next hop. */
async function updates(bytes: Buffer, skipped = new Skipped()): Promise<string[]> {
  const list = await all(readUpdates(inputOf(bytes, "updates.mrt"), skipped));
  return list.map(({ withdrawn, announced }) =>
    [
      ...(withdrawn.length > 0 ? [`-${printed(withdrawn)}`] : []),
      ...announced.map(
        ({ nextHop, routes }) => `+${printed(routes)} via ${nextHop && formatAddress(nextHop)}`,
      ),
    ].join(", "),
  );
}

describe("a BGP4MP file", () => {
  it("gives time, peer, and what came and went in both families", async () => {
    const content = update({
      withdrawn: [nlri("203.0.113.0/24"), nlri("192.0.2.128/25")],
      attributes: [
        origin(0),
        asPath(4, [[2, 64501]]),
        nextHop("192.0.2.1"),
        reach(2, 1, hop6, [nlri("2001:db8:53:0:0:0:0:0/48")]),
        unreach(2, 1, [nlri("2001:db8:54:0:0:0:0:0/48")]),
      ],
      announced: [nlri(site)],
    });
    const bytes = file(bgp4mp(4, peer6, content, 64496, 250_000));
    const [first] = await all(readUpdates(inputOf(bytes), new Skipped()));
    expect(first).toMatchObject({ time: 1_700_000_000_250_000, local: false, localAs: 64496 });
    expect([formatAddress(first!.peer.address), first!.peer.asn]).toEqual(["2001:db8::1", 4_200_000_001]);
    expect(first!.path.asPath).toEqual([{ type: 2, asns: [64501] }]);
    expect(await updates(bytes)).toEqual([
      "-203.0.113.0/24 192.0.2.128/25 2001:db8:54::/48, +198.51.100.0/24 via 192.0.2.1, +2001:db8:53::/48 via 2001:db8::9",
    ]);
  });

  it.each([
    [1, 2, false, false],
    [4, 4, false, false],
    [6, 2, true, false],
    [7, 4, true, false],
    [8, 2, false, true],
    [9, 4, false, true],
    [10, 2, true, true],
    [11, 4, true, true],
  ] as const)(
    "subtype %i: AS numbers of %i bytes, local %s, add-path %s",
    async (subtype, asnBytes, local, addPath) => {
      const pathId = addPath ? 7 : undefined;
      const content = update({
        withdrawn: [nlri("203.0.113.0/24", pathId)],
        attributes: [
          asPath(asnBytes, [[2, 64501, 64502]]),
          nextHop("192.0.2.1"),
          reach(2, 1, hop6, [nlri("2001:db8:53:0:0:0:0:0/48", pathId)]),
        ],
        announced: [nlri(site, pathId)],
      });
      const bytes = file(bgp4mp(subtype, peer4, content));
      const [first] = await all(readUpdates(inputOf(bytes), new Skipped()));
      expect(first).toMatchObject({
        local,
        peer: { asn: 64501 },
        path: { asPath: [{ asns: [64501, 64502] }] },
      });
      const id = addPath ? "#7" : "";
      expect(await updates(bytes)).toEqual([
        `-203.0.113.0/24${id}, +198.51.100.0/24${id} via 192.0.2.1, +2001:db8:53::/48${id} via 2001:db8::9`,
      ]);
    },
  );

  it("tells path identifiers that its subtype keeps silent about", async () => {
    const attributes = [nextHop("192.0.2.1")];
    const quiet = (...announced: number[][]) => file(bgp4mp(4, peer4, update({ attributes, announced })));
    expect(await updates(quiet(nlri(site, 2), nlri("203.0.113.0/24", 2)))).toEqual([
      "+198.51.100.0/24#2 203.0.113.0/24#2 via 192.0.2.1",
    ]);
    expect(await updates(quiet(nlri("0.0.0.0/0"), nlri(site)))).toEqual([
      "+0.0.0.0/0 198.51.100.0/24 via 192.0.2.1",
    ]);
  });

  it("leaves out families and kinds of routes that are not unicast IP", async () => {
    const content = update({
      attributes: [
        reach(1, 128, [...Array(12).fill(0)], [[1, 2, 3]]),
        unreach(25, 65, [[9, 9]]),
        unreach(2, 2, [[48]]),
      ],
    });
    expect(await updates(file(bgp4mp(4, peer4, content)))).toEqual([""]);
  });

  it("passes over state changes and other messages, and counts them", async () => {
    const skipped = new Skipped();
    const bytes = file(
      record(16, 0, [1, 2]),
      bgp4mp(4, peer4, message(4, [])),
      bgp4mp(4, peer4, message(1, [4, 1, 2, 3])),
      record(17, 5, [0, 0, 0, 0]),
      bgp4mp(4, peer4, update({})),
    );
    expect(await updates(bytes, skipped)).toEqual([""]);
    expect(skipped.toString()).toBe("1 of type 16 subtype 0, 2 of type 16 subtype 4, 1 of type 17 subtype 5");
  });
});

describe("a wrong update is refused, with record and byte", () => {
  /** Where the message begins behind the headers of MRT and BGP4MP with IPv4 and four-byte AS numbers. */
  const at = 12 + 20;
  const wrong = (content: number[]) => file(bgp4mp(4, peer4, content));
  const good = update({ announced: [nlri(site)] });

  it.each<[string, Buffer, number, string]>([
    [
      "a marker that is none",
      wrong([...Array(15).fill(255), 254, ...good.slice(16)]),
      at + 15,
      "expected a BGP marker of 16 bytes 0xff, found 0xfe",
    ],
    [
      "a message length that is not its length",
      wrong([...good, 0]),
      at + 16,
      `expected a BGP message length of ${good.length + 1}, found ${good.length}`,
    ],
    [
      "an unknown message type",
      wrong(message(9, [])),
      at + 18,
      "expected a BGP message type from 1 to 5, found 9",
    ],
    [
      "withdrawn routes beyond the message",
      wrong(message(2, [0, 9, 0])),
      at + 21,
      "expected withdrawn routes (9 bytes), found 1 left",
    ],
    [
      "attributes beyond the message",
      wrong(message(2, [0, 0, 0, 5])),
      at + 23,
      "expected path attributes (5 bytes), found 0 left",
    ],
    [
      "an announced prefix cut short",
      wrong(message(2, [0, 0, 0, 0, 24, 198])),
      at + 24,
      "expected the bytes of a /24 prefix (3 bytes), found 1 left",
    ],
    [
      "an announced prefix that is too long",
      wrong(update({ announced: [[33, 1, 2, 3, 4, 5]] })),
      at + 23,
      "expected a prefix length from 0 to 32, found 33",
    ],
    [
      "one that is wrong with path identifiers too",
      wrong(update({ announced: [[0, 33, 1, 2, 3, 4]] })),
      at + 24,
      "expected a prefix length from 0 to 32, found 33",
    ],
    [
      "an unknown address family",
      file(record(16, 1, [0, 1, 0, 2, 0, 0, 0, 9])),
      18,
      "expected address family 1 or 2, found 9",
    ],
  ])("%s", async (_, bytes, byte, what) => {
    await expect(updates(bytes)).rejects.toThrow(`updates.mrt: record 1 at byte ${byte}: ${what}`);
  });
});
