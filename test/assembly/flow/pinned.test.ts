import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ICMP, ICMPV6, icmp, ip4, ip6, ipv4, ipv6, TCP, TcpFlag, tcp, UDP, udp } from "../packet/build.js";
import { refusal } from "../rib/world.js";
import { type Conversation, client, Network, SECOND, site4, site6 } from "./network.js";

const { FIN, SYN, RST, ACK } = TcpFlag;
const IDLE = 60;

describe.each(["host", "mcu"] as const)("a pinned flow, profile %s", profile => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.start(profile);
  });
  beforeEach(() => {
    network.restart({ flows: 64 });
    network.settings({ flowIdle: IDLE * SECOND });
  });

  const conversation = (family: 4 | 6, port = 40_000): Conversation => ({ family, host: 9, port });

  /** A conversation under way: both of its first packets reach this site. */
  function establish(flow: Conversation): number | null {
    const site = network.send(flow, SYN);
    expect(network.send(flow, ACK)).toBe(site);
    return site;
  }

  /** The shortest pause, in whole seconds, after which a flow no longer goes to the site that it is pinned to. */
  function longestPause(flow: Conversation, site: number): number {
    let pause = 1;
    for (; pause < 2 * IDLE; pause++) {
      network.wait(pause * SECOND);
      if (network.send(flow, ACK) !== site) break;
    }
    return pause;
  }

  describe.each([4, 6] as const)("of IPv%i", family => {
    const flow = conversation(family);
    const other = conversation(family, 40_001);

    it("stays with its site when a better one joins, and others go to that", () => {
      network.withdraw(0);
      expect(establish(flow)).toBe(1);
      network.announce(0);
      expect(network.send(flow, ACK)).toBe(1);
      expect(network.send(other, SYN)).toBe(0);
    });

    it("stays with its site when that withdraws, even if no route is left", () => {
      expect(establish(flow)).toBe(0);
      network.withdraw(0);
      expect([network.send(flow, ACK), network.send(other, SYN)]).toEqual([0, 1]);
      network.withdraw(1);
      network.withdraw(2);
      expect([network.send(flow, ACK), network.send(other, SYN)]).toEqual([0, null]);
    });

    it("moves when its site's link is down, and does not go back", () => {
      establish(flow);
      network.link(0, false);
      expect(network.send(flow, ACK)).toBe(1);
      network.link(0, true);
      network.withdraw(0);
      expect(network.send(flow, ACK)).toBe(1);
    });

    it("stays where its site's link was down between two of its packets", () => {
      establish(flow);
      network.link(0, false);
      network.link(0, true);
      network.withdraw(0);
      expect(network.send(flow, ACK)).toBe(0);
    });

    it("is not one until its second packet: a SYN that is sent again goes where routes lead then", () => {
      expect(network.send(flow, SYN)).toBe(0);
      network.withdraw(0);
      expect(network.send(flow, SYN)).toBe(1);
      network.announce(0);
      expect(network.send(flow, ACK)).toBe(1);
    });

    it("is not moved by a SYN that somebody forges", () => {
      establish(flow);
      network.withdraw(0);
      expect([network.send(flow, SYN), network.send(flow, ACK)]).toEqual([0, 0]);
    });

    it.each([
      ["FIN", FIN | ACK],
      ["RST", RST],
    ])("keeps its site for the packets after %s, and its next SYN goes where routes lead", (_, last) => {
      establish(flow);
      network.withdraw(0);
      expect([network.send(flow, last), network.send(flow, ACK)]).toEqual([0, 0]);
      network.wait(5 * SECOND);
      expect(network.send(flow, ACK)).toBe(0);
      network.wait(12 * SECOND);
      expect(network.send(flow, ACK)).toBe(1);

      expect(establish(flow)).toBe(1);
      network.announce(0);
      network.send(flow, last);
      expect(network.send(flow, SYN)).toBe(0);
    });

    it("is over once it has been idle for the time set, and at most two ticks more", () => {
      network.withdraw(0);
      establish(flow);
      network.announce(0);
      const pause = longestPause(flow, 1);
      expect(pause).toBeGreaterThan(IDLE);
      expect(pause).toBeLessThanOrEqual(IDLE + 3);
    });

    it("is not kept alive by forged SYNs", () => {
      network.withdraw(0);
      establish(flow);
      network.announce(0);
      for (let passed = 0; passed < IDLE + 4; passed++) {
        network.wait(SECOND);
        network.send(flow, SYN);
      }
      expect(network.send(flow, ACK)).toBe(0);
    });

    it("that nobody began is none: what was under way before the router was goes by its hash", () => {
      network.withdraw(0);
      expect(network.send(flow, ACK)).toBe(1);
      network.announce(0);
      expect([network.send(flow, ACK), network.flows]).toEqual([0, 0]);
    });

    it.each([
      ["SYN with ACK", SYN | ACK],
      ["SYN with FIN", SYN | FIN],
      ["SYN with RST", SYN | RST],
    ])("does not begin with %s", (_, flags) => {
      network.send(flow, flags);
      expect(network.flows).toBe(0);
    });

    it("is not evicted by any number of SYNs", () => {
      const kept = Array.from({ length: 20 }, (_, n) => conversation(family, 1000 + n));
      for (const one of kept) establish(one);
      for (let n = 0; n < 5000; n++) network.send({ family, host: n & 0xff, port: 2000 + n }, SYN);
      expect(network.flows).toBe(64);
      network.withdraw(0);
      expect(kept.map(one => network.send(one, ACK))).toEqual(kept.map(() => 0));
      expect(network.evicted).toBe(0);
    });

    it("is forgotten with a new key, and only then", () => {
      establish(flow);
      network.settings({ flowIdle: 2 * IDLE * SECOND });
      expect(network.flows).toBe(1);
      network.settings({ key: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
      expect(network.flows).toBe(0);
    });
  });

  it("takes the ICMP errors about it along, and they do not change it", () => {
    const tooBig = ipv4({
      source: ip4("192.0.2.77"),
      destination: site4,
      protocol: ICMP,
      payload: icmp({
        type: 3,
        code: 4,
        data: ipv4({
          source: site4,
          destination: client(conversation(4)),
          protocol: TCP,
          payload: tcp(443, 40_000, ACK),
        }),
      }),
    });
    const tooBig6 = ipv6({
      source: ip6("2001:db8:77::1"),
      destination: site6,
      nextHeader: ICMPV6,
      payload: icmp({
        type: 2,
        data: ipv6({
          source: site6,
          destination: client(conversation(6)),
          nextHeader: TCP,
          payload: tcp(443, 40_000, ACK),
        }),
      }),
    });
    for (const error of [tooBig, tooBig6]) expect(network.forward(error)).toBe(0);
    establish(conversation(4));
    establish(conversation(6));
    network.withdraw(0);
    for (const error of [tooBig, tooBig6]) expect(network.forward(error)).toBe(0);
    network.wait((IDLE - 2) * SECOND);
    for (const error of [tooBig, tooBig6]) expect(network.forward(error)).toBe(0);
    network.wait(5 * SECOND);
    for (const error of [tooBig, tooBig6]) expect(network.forward(error)).toBe(1);
    expect(network.flows).toBe(0);
  });

  it("gives way to newer ones where its set is full, the one idle longest first", () => {
    network.restart({ flows: 8 });
    const flows = Array.from({ length: 9 }, (_, n) => conversation(4, 1000 + n));
    for (const flow of flows) {
      establish(flow);
      network.wait(2 * SECOND);
    }
    expect(network.evicted).toBe(2);
    network.withdraw(0);
    expect(flows.map(flow => network.send(flow, ACK))).toEqual([1, 1, ...flows.slice(2).map(() => 0)]);
  });

  it("is of TCP alone, and of no fragment", () => {
    const source = client(conversation(4));
    network.forward(ipv4({ source, destination: site4, protocol: UDP, payload: udp(source, site4, 1, 2) }));
    const syn = tcp(40_000, 443, SYN);
    network.forward(ipv4({ source, destination: site4, protocol: TCP, moreFragments: true, payload: syn }));
    network.forward(ipv4({ source, destination: site4, protocol: TCP, payload: syn.subarray(0, 13) }));
    expect(network.flows).toBe(0);
  });

  it("is not begun by what came before a packet without a flow", () => {
    for (const site of [0, 1, 2]) network.withdraw(site);
    expect(network.send(conversation(4), SYN)).toBe(null);
    network.announce(0);
    const source = client(conversation(4));
    network.forward(ipv4({ source, destination: site4, protocol: UDP, payload: udp(source, site4, 1, 2) }));
    expect(network.flows).toBe(0);
  });

  it("takes 16 bytes, and nothing where there are none", () => {
    const used = (flows: number) => {
      network.restart({ flows });
      const { tail: _, ...capacities } = network.world.router.call("HELLO", {});
      return network.world.router.call("CONFIGURE", { ...capacities, flows }).bytesUsed;
    };
    expect(used(1024) - used(0)).toBe(1024 * 16);
    network.restart();
    establish(conversation(4));
    expect(network.flows).toBe(0);
  });

  it("can be one of a power of two from 8 on, for up to 12 days", () => {
    for (const flows of [1, 4, 12, 1000]) expect(refusal(() => network.restart({ flows }))).toBe("BAD_VALUE");
    const days = (count: number) => refusal(() => network.settings({ flowIdle: count * 86_400 * SECOND }));
    expect([days(12), days(13)]).toEqual(["OK", "BAD_VALUE"]);
  });
});
