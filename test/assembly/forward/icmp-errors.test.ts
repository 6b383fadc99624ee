import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Drop, Verdict } from "../../../host/protocol/words.js";
import {
  type Bytes,
  concat,
  DESTINATION_OPTIONS,
  FRAGMENT,
  ICMP,
  ICMPV6,
  icmp,
  ip4,
  ip6,
  ipv4,
  ipv6,
  TCP,
  u16,
  udp,
} from "../packet/build.js";
import {
  client4,
  client6,
  Edge,
  NARROW_MTU,
  narrow4,
  narrow6,
  own4,
  own6,
  query4,
  query6,
  server4,
  server6,
  unknown4,
  unknown6,
  unresolved4,
  unresolved6,
} from "./edge.js";

/** Longest error of each profile and family. */
const LIMIT = { host: { 4: 576, 6: 1280 }, mcu: { 4: 128, 6: 128 } };

const from4 = (destination: Bytes, fields = {}) => ipv4({ source: client4, destination, ...fields });
const from6 = (destination: Bytes, fields = {}) => ipv6({ source: client6, destination, ...fields });

describe.each(["host", "mcu"] as const)("ICMP errors, profile %s", profile => {
  let edge: Edge;
  beforeAll(async () => {
    edge = await Edge.start(profile);
  });
  beforeEach(() => edge.configure());

  /** The error about `packet`, from the port by which it came to its source. */
  function error4(type: number, code: number, packet: Bytes, rest = 0): Bytes {
    const data = packet.subarray(0, LIMIT[profile][4] - 28);
    return ipv4({
      source: own4,
      destination: client4,
      serviceType: 0xc0,
      identification: 0,
      dontFragment: true,
      protocol: ICMP,
      payload: icmp({ type, code, rest, data }),
    });
  }

  function error6(type: number, code: number, packet: Bytes, rest = 0): Bytes {
    const data = packet.subarray(0, LIMIT[profile][6] - 48);
    const payload = icmp({ type, code, rest, data }, [own6, client6]);
    return ipv6({ source: own6, destination: client6, nextHeader: ICMPV6, payload });
  }

  describe("say what happened, and quote the packet as it came", () => {
    const tooBig4 = from4(narrow4, { payload: new Uint8Array(81), dontFragment: true });
    const tooBig6 = from6(narrow6, { payload: new Uint8Array(61) });

    test.each<[string, Bytes, type: number, code: number, rest: number]>([
      ["time exceeded", from4(server4, { ttl: 1 }), 11, 0, 0],
      ["net unreachable: no route", from4(unknown4), 3, 0, 0],
      ["host unreachable: no next hop", from4(unresolved4), 3, 1, 0],
      ["fragmentation needed, with the next hop's MTU", tooBig4, 3, 4, NARROW_MTU],
    ])("IPv4 %s", (_name, packet, type, code, rest) => {
      expect(edge.forward(packet).reply).toEqual(error4(type, code, packet, rest));
      expect(edge.counters()).toMatchObject({ replies: 1, limited: 0 });
    });

    test.each<[string, Bytes, type: number, code: number, rest: number]>([
      ["time exceeded", from6(server6, { hopLimit: 1 }), 3, 0, 0],
      ["no route", from6(unknown6), 1, 0, 0],
      ["address unreachable: no next hop", from6(unresolved6), 1, 3, 0],
      ["packet too big, with the next hop's MTU", tooBig6, 2, 0, NARROW_MTU],
    ])("IPv6 %s", (_name, packet, type, code, rest) => {
      expect(edge.forward(packet).reply).toEqual(error6(type, code, packet, rest));
      expect(edge.counters()).toMatchObject({ replies: 1, limited: 0 });
    });

    test("host and address unreachable: every way there is down", () => {
      edge.setPort(1, { up: 0 });
      expect(edge.forward(query4).reply).toEqual(error4(3, 1, query4));
      expect(edge.forward(query6).reply).toEqual(error6(1, 3, query6));
    });

    test("without padding", () => {
      const packet = from4(unknown4);
      expect(edge.forward(concat(packet, new Uint8Array(18))).reply).toEqual(error4(3, 0, packet));
    });

    test("with options and odd lengths", () => {
      const payload = udp(client4, unknown4, 1, 2, [7]);
      const packet = from4(unknown4, { options: [148, 4, 0, 0], payload });
      expect(edge.forward(packet).reply).toEqual(error4(3, 0, packet));
    });

    test("as much as fits the smallest MTU", () => {
      const size = profile === "host" ? 1500 : 256;
      const packet4 = from4(unknown4, { payload: new Uint8Array(size - 20).map((_, i) => i) });
      const packet6 = from6(unknown6, { payload: new Uint8Array(size - 40).map((_, i) => i) });
      const reply4 = edge.forward(packet4).reply;
      const reply6 = edge.forward(packet6).reply;
      expect([reply4.length, reply6.length]).toEqual([LIMIT[profile][4], LIMIT[profile][6]]);
      expect(reply4).toEqual(error4(3, 0, packet4));
      expect(reply6).toEqual(error6(1, 0, packet6));
    });

    test("the FORWARD request gives them with the port that they leave by", () => {
      const packet = from4(unknown4);
      const { verdict, reason, port, tail } = edge.router.call("FORWARD", { port: 0 }, packet);
      expect({ verdict, reason, port }).toEqual({ verdict: Verdict.DROPPED, reason: Drop.NO_ROUTE, port: 0 });
      expect(tail).toEqual(error4(3, 0, packet));
    });
  });

  describe("are sent about", () => {
    const fragment6 = (protocol: number, offset: number) =>
      from6(unknown6, {
        nextHeader: FRAGMENT,
        payload: concat([protocol, 0], u16(offset << 3), new Uint8Array(20)),
      });

    test.each<[string, Bytes]>([
      ["an echo request", from4(unknown4, { protocol: ICMP, payload: icmp({ type: 8 }) })],
      ["a timestamp request", from4(unknown4, { protocol: ICMP, payload: icmp({ type: 13 }) })],
      ["a first fragment", from4(unknown4, { moreFragments: true })],
      [
        "an ICMPv6 echo",
        from6(unknown6, { nextHeader: ICMPV6, payload: icmp({ type: 128 }, [client6, unknown6]) }),
      ],
      ["a later IPv6 fragment of TCP", fragment6(TCP, 2)],
      ["an encrypted IPv6 payload", from6(unknown6, { nextHeader: 50, payload: new Uint8Array(16) })],
    ])("%s", (_name, packet) => {
      expect(edge.forward(packet).reply.length).toBeGreaterThan(0);
    });
  });

  describe("are never sent about", () => {
    const message4 = (type: number) => from4(unknown4, { protocol: ICMP, payload: icmp({ type }) });
    const message6 = (type: number) =>
      from6(unknown6, { nextHeader: ICMPV6, payload: icmp({ type }, [client6, unknown6]) });
    const options6 = (next: number, rest: Bytes) =>
      from6(unknown6, {
        nextHeader: DESTINATION_OPTIONS,
        payload: concat([next, 0, 1, 4, 0, 0, 0, 0], rest),
      });
    const fragment6 = (protocol: number, offset: number) =>
      from6(unknown6, {
        nextHeader: FRAGMENT,
        payload: concat([protocol, 0], u16(offset << 3), new Uint8Array(20)),
      });

    test.each<[string, Bytes]>([
      ...[3, 4, 5, 11, 12].map(type => [`ICMP of type ${type}`, message4(type)] as [string, Bytes]),
      ...[1, 2, 3, 4, 100, 127, 137].map(
        type => [`ICMPv6 of type ${type}`, message6(type)] as [string, Bytes],
      ),
      ["ICMP too short to have a type", from4(unknown4, { protocol: ICMP, payload: new Uint8Array() })],
      ["ICMPv6 too short to have a type", from6(unknown6, { nextHeader: ICMPV6, payload: new Uint8Array() })],
      [
        "an ICMPv6 error behind an extension header",
        options6(ICMPV6, icmp({ type: 1 }, [client6, unknown6])),
      ],
      ["extension headers that never end", options6(DESTINATION_OPTIONS, new Uint8Array())],
      ["an ICMPv6 error in a first fragment", fragment6(ICMPV6, 0)],
      ["a later fragment of ICMPv6", fragment6(ICMPV6, 2)],
      ["a later IPv4 fragment", from4(unknown4, { fragmentOffset: 1 })],
      ["the last IPv4 fragment, TTL gone", from4(server4, { fragmentOffset: 100, ttl: 1 })],
      ["a packet that may be fragmented", from4(narrow4, { payload: new Uint8Array(81) })],
      ["an unspecified source", ipv4({ source: ip4("0.0.0.0"), destination: unknown4 })],
      ["a loopback source", ipv4({ source: ip4("127.0.0.1"), destination: unknown4 })],
      ["a multicast source", ipv4({ source: ip4("224.0.0.1"), destination: unknown4 })],
      ["a broadcast source", ipv4({ source: ip4("255.255.255.255"), destination: unknown4 })],
      ["a multicast destination", from4(ip4("224.0.0.9"), { ttl: 1 })],
      ["a broadcast destination", from4(ip4("255.255.255.255"), { ttl: 1 })],
      ["an unspecified IPv6 source", ipv6({ source: ip6("::"), destination: unknown6 })],
      ["a multicast IPv6 source", ipv6({ source: ip6("ff02::1"), destination: unknown6 })],
      ["a multicast IPv6 destination", from6(ip6("ff0e::1"), { hopLimit: 1 })],
      ["a bad checksum", from4(unknown4, { checksum: 1 })],
      ["a source route", from4(unknown4, { options: [131, 7, 4, 192, 0, 2, 9, 0] })],
      ["a packet that goes its way", query4],
    ])("%s", (_name, packet) => {
      expect(edge.forward(packet).reply).toHaveLength(0);
      expect(edge.counters()).toMatchObject({ replies: 0, limited: 0 });
    });

    test("a packet by a port that has no address of its family", () => {
      edge.setPort(0, { address6: own6 });
      expect(edge.forward(from4(unknown4)).reply).toHaveLength(0);
      expect(edge.forward(from6(unknown6)).reply.length).toBeGreaterThan(0);
      edge.setPort(0, { address4: own4 });
      expect(edge.forward(from4(unknown4)).reply.length).toBeGreaterThan(0);
      expect(edge.forward(from6(unknown6)).reply).toHaveLength(0);
    });
  });

  describe("are limited to a burst of 10 and 100 a second, all ports and both families together", () => {
    const hopeless = [from4(unknown4), from6(unknown6)];

    /** Sends `count` packets in no time; gives how many were answered. */
    function answered(count: number): number {
      let replies = 0;
      for (let n = 0; n < count; n++) {
        const outcome = edge.forward(hopeless[n % 2]!);
        expect(outcome.reason).toBe(Drop.NO_ROUTE);
        if (outcome.reply.length > 0) replies++;
      }
      return replies;
    }

    test("the rest is dropped without a word, and counted", () => {
      expect(answered(25)).toBe(10);
      expect(edge.counters()).toMatchObject({ replies: 10, limited: 15, drops: { NO_ROUTE: 25 } });
    });

    test("a token comes every 10 ms of device time", () => {
      answered(10);
      edge.wait(9_999);
      expect(answered(3)).toBe(0);
      edge.wait(1);
      expect(answered(3)).toBe(1);
      edge.wait(30_000);
      expect(answered(5)).toBe(3);
    });

    test("no more than the burst is saved up", () => {
      answered(10);
      edge.wait(60_000_000);
      expect(answered(30)).toBe(10);
    });

    test("what is never answered costs no token", () => {
      for (let n = 0; n < 20; n++) edge.forward(from4(unknown4, { fragmentOffset: 1 }));
      expect(answered(10)).toBe(10);
    });
  });
});
