import { describe, expect, it } from "vitest";
import { formatPrefix, parseAddress, parsePrefix } from "../../../host/tables/address.js";
import { type ChurnEvent, peerKey, readChurn } from "../../../host/tables/churn.js";
import { replay } from "../../../host/tables/replay.js";
import { openWasm } from "../../../host/target/wasm.js";
import { all, inputOf } from "./input-of.js";
import {
  address,
  asPath,
  type BuiltPeer,
  bgp4mp,
  file,
  nextHop,
  nlri,
  peerIndexTable,
  reach,
  unreach,
  update,
} from "./mrt-builder.js";

const paris: BuiltPeer = { address: "192.0.2.1", asn: 64501 };
const osaka: BuiltPeer = { address: "192.0.2.2", asn: 64502 };
const site = "198.51.100.0/24";
const site6 = "2001:db8:53:0:0:0:0:0/48";

const announce = (peer: BuiltPeer, ...asns: number[]) =>
  bgp4mp(
    4,
    peer,
    update({ attributes: [asPath(4, [[2, ...asns]]), nextHop(peer.address)], announced: [nlri(site)] }),
  );

const churn = (bytes: Buffer) => all(readChurn(inputOf(bytes, "updates.mrt")));

function short(event: ChurnEvent): string {
  return `${event.kind} ${event.prefixes.map(formatPrefix).join(" ")} ${peerKey(event.peer)}`;
}

describe("churn", () => {
  it("is what peers withdrew and announced, in order", async () => {
    const hop = address("2001:db8:0:0:0:0:0:1");
    const both = update({
      withdrawn: [nlri("203.0.113.0/24")],
      attributes: [nextHop("192.0.2.1"), reach(2, 1, hop, [nlri(site6)])],
      announced: [nlri(site)],
    });
    const events = await churn(
      file(
        bgp4mp(4, paris, both),
        bgp4mp(4, osaka, update({ attributes: [unreach(2, 1, [nlri(site6)])] }), 64502),
      ),
    );
    expect(events.map(short)).toEqual([
      "withdraw 203.0.113.0/24 192.0.2.1 AS64501",
      "announce 198.51.100.0/24 192.0.2.1 AS64501",
      "announce 2001:db8:53::/48 192.0.2.1 AS64501",
      "withdraw 2001:db8:53::/48 192.0.2.2 AS64502",
    ]);
    expect(events[2]).toMatchObject({ path: { nextHop: parseAddress("2001:db8::1") }, internal: false });
    expect(events[3]).toMatchObject({ internal: true, time: 1_700_000_000_000_000 });
  });

  it("leaves out what the collector sent itself", async () => {
    const own = bgp4mp(7, paris, update({ announced: [nlri(site)] }));
    expect(await churn(file(own))).toEqual([]);
  });

  it("takes a path with an identifier away with that identifier only", async () => {
    const attributes = [nextHop("192.0.2.1")];
    const events = await churn(
      file(
        bgp4mp(9, paris, update({ attributes, announced: [nlri(site, 1)] })),
        bgp4mp(9, paris, update({ attributes, announced: [nlri(site, 2)] })),
        bgp4mp(9, paris, update({ withdrawn: [nlri(site, 1)] })),
        bgp4mp(9, osaka, update({ withdrawn: [nlri(site, 2)] })),
        bgp4mp(9, paris, update({ withdrawn: [nlri(site, 2)] })),
      ),
    );
    expect(events.map(({ kind }) => kind)).toEqual(["announce", "announce", "withdraw"]);
  });

  it("is refused where there are no updates", async () => {
    await expect(churn(file(peerIndexTable([])))).rejects.toThrow(
      "updates.mrt: expected updates (records of BGP4MP or BGP4MP_ET), found 1 of type 13 subtype 1",
    );
  });
});

describe("a replay", () => {
  const neighborOf = ({ asn }: { asn: number }) => (asn < 64503 ? asn - 64501 : null);

  /** A router with a port and a neighbor for each of the first two peers. */
  async function router() {
    const target = await openWasm();
    const { client } = target;
    const bytes = (text: string) => parseAddress(text).bytes;
    await client.request("CONFIGURE", {
      ports: 2,
      neighbors: 2,
      paths: 8,
      sets: 8,
      pathsPerSet: 2,
      buckets: 8,
      bucketAges: 0,
      distances: 0,
      flows: 0,
      prefixes4: 100,
      prefixes6: 100,
      streams: 0,
      events: 0,
      records: 0,
      bfdSessions: 0,
      reversion: 0,
      histories: 0,
    });
    for (const n of [0, 1]) {
      const ipv4 = bytes(`192.0.2.${100 + n}`).subarray(0, 4);
      await client.request("PORT", {
        port: n,
        up: 1,
        mtu: 1500,
        address4: ipv4,
        address6: bytes(`2001:db8::${100 + n}`),
      });
      await client.request("NEIGHBOR", {
        neighbor: n,
        port: n,
        up: 1,
        asn: 64501 + n,
        routerId: n + 1,
        address: bytes(`192.0.2.${n + 1}`),
        cost: 1,
        latency: 1,
        holdTime: 0,
      });
    }
    const best = async (prefix: string) => {
      const { family, length, bytes } = parsePrefix(prefix);
      return client.request("ROUTE", { family, length, address: bytes }).then(
        ({ best }) => best,
        () => null,
      );
    };
    return { target, best };
  }

  it("brings the router where the trace leads", async () => {
    const { target, best } = await router();
    const [toParis, toOsaka, longer] = await churn(
      file(announce(paris, 64501, 64509), announce(osaka, 64502), announce(osaka, 64502, 64509, 64510)),
    );
    const gone: ChurnEvent = {
      kind: "withdraw",
      time: 0,
      peer: toOsaka!.peer,
      internal: false,
      prefixes: [parsePrefix(site)],
    };
    const options = { neighborOf };
    expect(await replay([toParis!], target.client, options)).toEqual({
      announced: 1,
      withdrawn: 0,
      leftOut: 0,
      tooLong: 0,
    });
    expect(await best(site)).toBe(0);
    await replay([toOsaka!], target.client, options);
    expect(await best(site)).toBe(1);
    await replay([longer!], target.client, options);
    expect(await best(site)).toBe(0);
    await replay([toOsaka!, gone], target.client, options);
    expect(await best(site)).toBe(0);
    await target.close();
  });

  it("carries any number of prefixes, of both families", async () => {
    const { target, best } = await router();
    const prefixes = Array.from({ length: 100 }, (_, i) => parsePrefix(`10.${i}.0.0/16`));
    const prefixes6 = Array.from({ length: 50 }, (_, i) => parsePrefix(`2001:db8:${i}::/48`));
    const [event] = await churn(file(announce(paris, 64501)));
    const many = { ...event!, prefixes: [...prefixes, ...prefixes6] };
    expect(await replay([many], target.client, { neighborOf })).toMatchObject({ announced: 150 });
    expect(await best("10.99.0.0/16")).toBe(0);
    expect(await best("2001:db8:49::/48")).toBe(0);
    await target.close();
  });

  it("withdraws what it cannot announce, and counts what it leaves out", async () => {
    const { target, best } = await router();
    const long = Array<number>(200).fill(64510);
    const stranger: BuiltPeer = { address: "192.0.2.9", asn: 64509 };
    const events = await churn(
      file(announce(paris, 64501), announce(stranger, 64509), announce(paris, 64501, ...long)),
    );
    expect(await replay(events, target.client, { neighborOf })).toEqual({
      announced: 1,
      withdrawn: 0,
      leftOut: 1,
      tooLong: 1,
    });
    expect(await best(site)).toBeNull();
    await target.close();
  });

  it("lets the time of the trace pass", async () => {
    const { target } = await router();
    const [event] = await churn(file(announce(paris, 64501)));
    const times = [5, 8, 8, 7, 20];
    const passed: number[] = [];
    const elapse = async (duration: number) => {
      passed.push(duration);
    };
    await replay(
      times.map(time => ({ ...event!, time })),
      target.client,
      { neighborOf, elapse },
    );
    expect(passed).toEqual([3, 13]);
    await target.close();
  });
});
