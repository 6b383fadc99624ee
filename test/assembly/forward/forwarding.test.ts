import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Drop, Verdict } from "../../../host/protocol/words.js";
import {
  type Bytes,
  concat,
  DESTINATION_OPTIONS,
  ip4,
  ip6,
  ipv4,
  ipv6,
  oneHopOlder,
  UDP,
  udp,
} from "../packet/build.js";
import {
  client4,
  client6,
  Edge,
  forwarded,
  NONE,
  narrow4,
  narrow6,
  own4,
  own6,
  query4,
  query6,
  server4,
  server6,
} from "./edge.js";

describe.each(["host", "mcu"] as const)("the receive path, profile %s", profile => {
  let edge: Edge;
  beforeAll(async () => {
    edge = await Edge.start(profile);
  });
  beforeEach(() => edge.configure());

  const from4 = (destination: Bytes, fields = {}) => ipv4({ source: client4, destination, ...fields });
  const from6 = (destination: Bytes, fields = {}) => ipv6({ source: client6, destination, ...fields });

  describe("a valid packet leaves one hop older, otherwise unchanged", () => {
    test.each<[string, Bytes]>([
      ["IPv4 UDP", query4],
      ["IPv6 UDP", query6],
      ["IPv4 with TTL 2", from4(server4, { ttl: 2 })],
      ["IPv6 with hop limit 2", from6(server6, { hopLimit: 2 })],
      ["IPv4 with TTL 255", from4(server4, { ttl: 255 })],
      ["IPv4 without payload", from4(server4, { payload: new Uint8Array() })],
      ["IPv6 without payload", from6(server6, { payload: new Uint8Array(), nextHeader: 59 })],
      ["IPv4 of an unknown protocol", from4(server4, { protocol: 200 })],
      ["IPv4 with a router alert", from4(server4, { options: [148, 4, 0, 0] })],
      [
        "IPv4 with record route, which is left as it is",
        from4(server4, { options: [7, 7, 4, 0, 0, 0, 0, 0] }),
      ],
      ["IPv4 with the longest header", from4(server4, { options: new Array(40).fill(1) })],
      ["a fragment", from4(server4, { fragmentOffset: 5, moreFragments: true })],
      [
        "IPv6 with an extension header",
        from6(server6, { nextHeader: DESTINATION_OPTIONS, payload: options6() }),
      ],
      ["an odd number of bytes", from4(server4, { payload: udp(client4, server4, 1, 2, [7]) })],
    ])("%s", (_name, packet) => {
      expect(edge.forward(packet)).toEqual(forwarded(oneHopOlder(packet)));
      expect(edge.counters()).toMatchObject({ received: 1, forwarded: 1, delivered: 0, replies: 0 });
    });

    function options6(): Bytes {
      return concat([UDP, 0, 1, 4, 0, 0, 0, 0], udp(client6, server6, 1, 2));
    }
  });

  test("what lies behind the length that a packet states is cut off", () => {
    const padding = new Uint8Array(18).fill(0xaa);
    expect(edge.forward(concat(query4, padding))).toEqual(forwarded(oneHopOlder(query4)));
    expect(edge.forward(concat(query6, padding))).toEqual(forwarded(oneHopOlder(query6)));
  });

  test("the egress is that of the longest matching prefix", () => {
    expect(edge.forward(from4(narrow4))).toMatchObject({ verdict: Verdict.FORWARDED, neighbor: 1, port: 2 });
    expect(edge.forward(from6(narrow6))).toMatchObject({ verdict: Verdict.FORWARDED, neighbor: 1, port: 2 });
    edge.announce(1, server4, 32);
    edge.announce(1, server6, 128);
    expect(edge.forward(query4)).toMatchObject({ neighbor: 1, port: 2 });
    expect(edge.forward(query6)).toMatchObject({ neighbor: 1, port: 2 });
  });

  test("flows share equal paths, and all packets of a flow take the same", () => {
    edge.setMaxPaths(2);
    edge.announce(1, ip4("198.51.100.0"), 24);
    edge.announce(1, ip6("2001:db8:53::"), 48);
    const ways = Array.from({ length: 64 }, (_, flow) => {
      const udp4 = udp(client4, server4, 1024 + flow, 53);
      const udp6 = udp(client6, server6, 1024 + flow, 53);
      const first = [
        edge.forward(from4(server4, { payload: udp4 })),
        edge.forward(from6(server6, { payload: udp6 })),
      ];
      const next = [
        edge.forward(from4(server4, { payload: udp4, ttl: 9 })),
        edge.forward(from6(server6, { payload: udp6, hopLimit: 9 })),
      ];
      const neighbors = first.map(outcome => outcome.neighbor);
      expect(next.map(outcome => outcome.neighbor)).toEqual(neighbors);
      return neighbors;
    });
    for (const family of [0, 1]) {
      expect(new Set(ways.map(way => way[family]))).toEqual(new Set([0, 1]));
    }
  });

  test("a packet may leave by the port that it came from", () => {
    expect(edge.forward(query4, 1)).toEqual(forwarded(oneHopOlder(query4)));
  });

  test("a packet exactly as long as the egress port's MTU passes", () => {
    const fits4 = from4(narrow4, { payload: new Uint8Array(80), dontFragment: true });
    const fits6 = from6(narrow6, { payload: new Uint8Array(60) });
    expect(edge.forward(fits4)).toMatchObject({ port: 2, packet: oneHopOlder(fits4) });
    expect(edge.forward(fits6)).toMatchObject({ port: 2, packet: oneHopOlder(fits6) });
  });

  test("private, shared and documentation addresses are forwarded, as sources and as destinations", () => {
    edge.announce(0, new Uint8Array(4), 0);
    edge.announce(0, new Uint8Array(16), 0);
    const hosts4 = ["10.0.0.1", "100.64.0.1", "172.16.0.1", "192.168.0.1", "192.0.2.77", "198.18.0.1"];
    for (const host of [
      ...hosts4,
      "198.51.100.1",
      "203.0.113.1",
      "1.0.0.0",
      "126.255.255.255",
      "223.255.255.255",
    ]) {
      const to = edge.forward(ipv4({ source: client4, destination: ip4(host) }));
      const from = edge.forward(ipv4({ source: ip4(host), destination: server4 }));
      expect([host, to.reason, from.reason]).toEqual([host, Drop.NONE, Drop.NONE]);
    }
    for (const host of ["2001:db8:1::1", "fc00::1", "fd12::1", "64:ff9b::1", "100::1", "::2", "fec0::1"]) {
      const to = edge.forward(ipv6({ source: client6, destination: ip6(host) }));
      const from = edge.forward(ipv6({ source: ip6(host), destination: server6 }));
      expect([host, to.reason, from.reason]).toEqual([host, Drop.NONE, Drop.NONE]);
    }
  });

  describe("a packet for the router itself is delivered", () => {
    const delivered = { verdict: Verdict.DELIVERED, reason: Drop.NONE, neighbor: NONE, port: NONE };

    test.each<[string, Bytes]>([
      ["IPv4", from4(own4)],
      ["IPv6", from6(own6)],
      ["IPv4, though its TTL is 0", from4(own4, { ttl: 0 })],
      ["IPv6, though its hop limit is 0", from6(own6, { hopLimit: 0 })],
      ["IPv6 from a link-local neighbor", ipv6({ source: ip6("fe80::2"), destination: own6 })],
    ])("%s", (_name, packet) => {
      const outcome = edge.forward(packet);
      expect(outcome).toMatchObject(delivered);
      expect(outcome.packet).toHaveLength(0);
      expect(outcome.reply).toHaveLength(0);
      expect(edge.counters()).toMatchObject({ received: 1, forwarded: 0, delivered: 1 });
    });

    test("by whichever port it came, even if its own port is down", () => {
      edge.setPort(0, { up: 0, address4: own4, address6: own6 });
      expect(edge.forward(from4(own4), 1)).toMatchObject(delivered);
      expect(edge.forward(from6(own6), 2)).toMatchObject(delivered);
    });

    test("to the address that a port has now, and not to the one that it had", () => {
      const former = { address4: ip4("192.0.2.33"), address6: ip6("2001:db8::33") };
      const present = { address4: ip4("192.0.2.34"), address6: ip6("2001:db8::34") };
      for (const own of [former, present]) {
        edge.setPort(1, own);
        expect(edge.forward(from4(own.address4))).toMatchObject(delivered);
        expect(edge.forward(from6(own.address6))).toMatchObject(delivered);
      }
      expect(edge.forward(from4(former.address4))).toMatchObject({ reason: Drop.NO_ROUTE });
      expect(edge.forward(from6(former.address6))).toMatchObject({ reason: Drop.NO_ROUTE });
    });

    test("to a link-local address only on the link that it belongs to", () => {
      const linkLocal = ip6("fe80::1");
      edge.setPort(1, { address6: linkLocal });
      const packet = ipv6({ source: ip6("fe80::2"), destination: linkLocal });
      expect(edge.forward(packet, 1)).toMatchObject(delivered);
      expect(edge.forward(packet, 2)).toMatchObject({ reason: Drop.MARTIAN_DESTINATION });
    });
  });

  test("every packet is counted once more under what became of it", () => {
    const packets = [query4, query6, from4(own4), from4(server4, { ttl: 1 }), Uint8Array.of(0x10)];
    for (const packet of packets) edge.forward(packet);
    const { received, forwarded, delivered, replies, drops } = edge.counters();
    expect({ received, forwarded, delivered, replies }).toEqual({
      received: 5,
      forwarded: 2,
      delivered: 1,
      replies: 1,
    });
    expect(drops).toMatchObject({ NONE: 0, TTL_EXPIRED: 1, BAD_VERSION: 1 });
  });

  test("the FORWARD request goes the same way", () => {
    const { verdict, reason, neighbor, port, tail } = edge.router.call("FORWARD", { port: 0 }, query4);
    expect({ verdict, reason, neighbor, port }).toEqual({ verdict: 0, reason: 0, neighbor: 0, port: 1 });
    expect(tail).toEqual(oneHopOlder(query4));
  });
});
