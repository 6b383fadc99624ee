/** BFD in UDP and IP: RFC 5881 for one hop, RFC 5883 for several. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BfdFlag, BfdState, Verdict } from "../../../../host/protocol/words.js";
import { ip4, ip6, ipv4, ipv6, read16, udp } from "../../packet/build.js";
import { addresses, Line } from "./line.js";
import { control, enclosed } from "./packet.js";

const multihop = { flags: BfdFlag.MULTIHOP };

describe.each([
  { profile: "host", family: 4 },
  { profile: "host", family: 6 },
  { profile: "mcu", family: 4 },
  { profile: "mcu", family: 6 },
] as const)("BFD over IPv$family in the $profile profile", ({ profile, family }) => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.build(profile, {}, family);
  });
  beforeEach(() => line.restart());
  const { own, far } = addresses[family];
  const stranger = family === 4 ? ip4("192.0.2.99") : ip6("2001:db8::99");
  const wasTaken = () => line.state().received === 1;

  it.each([
    { name: "one hop to port 3784", values: {}, to: 3784 },
    { name: "several hops to port 4784", values: multihop, to: 4784 },
  ])("sends over $name, with TTL 255 and checksums", ({ values, to }) => {
    line.restart(values);
    for (const { packet, ...fields } of line.wait(5_000_000)) {
      const from = read16(packet, family === 4 ? 20 : 40);
      expect(from).toBeGreaterThanOrEqual(49_152);
      const payload = udp(own, far, from, to, control(fields));
      const expected =
        family === 4
          ? ipv4({
              source: own,
              destination: far,
              ttl: 255,
              serviceType: 0xc0,
              identification: 0,
              dontFragment: true,
              payload,
            })
          : ipv6({ source: own, destination: far, hopLimit: 255, payload });
      // Traffic class 192, network control, which `ipv6` leaves at 0.
      if (family === 6) expected.set([0x6c, 0x00], 0);
      expect([...packet]).toEqual([...expected]);
    }
  });

  it("gives each session a source port of its own, and keeps it", () => {
    line.configure({ neighbor: 1 });
    const ports = line.wait(5_000_000).map(({ my, packet }) => [my, read16(packet, packet.length - 32)]);
    const bySession = new Map(ports as [number, number][]);
    expect(bySession.size).toBe(2);
    expect(new Set(bySession.values()).size).toBe(2);
    for (const [my, port] of ports) expect(port).toBe(bySession.get(my!));
  });

  it("is delivered, and goes no further", () => {
    const packet = enclosed(control(), { source: far, destination: own });
    expect(line.router.call("FORWARD", { port: 0 }, packet).verdict).toBe(Verdict.DELIVERED);
    expect(wasTaken()).toBe(true);
  });

  it("is taken from any source port", () => {
    line.hear({}, { from: 1 });
    expect(wasTaken()).toBe(true);
  });

  it("is not taken with another TTL over one hop", () => {
    for (const lifetime of [254, 64, 1]) line.hear({}, { lifetime });
    expect(line.discards()).toEqual({ TTL: 3 });
  });

  it("is taken with any TTL over several hops", () => {
    line.restart(multihop);
    for (const lifetime of [255, 64, 1]) line.hear({}, { lifetime, to: 4784 });
    expect(line.state().received).toBe(3);
  });

  it("belongs to no session over another number of hops", () => {
    line.hear({}, { to: 4784 });
    line.hear({ your: 0 }, { to: 4784 });
    line.restart(multihop);
    line.hear();
    line.hear({ your: 0 });
    expect(line.discards()).toEqual({ UNKNOWN_DISCRIMINATOR: 1, UNKNOWN_SOURCE: 1 });
  });

  it("comes over several hops by any port, but from the neighbor alone", () => {
    line.restart(multihop);
    line.neighbor(0, { port: 1 });
    line.hear({ your: 0 }, { to: 4784 });
    expect(wasTaken()).toBe(true);
    line.hear({ your: 0 }, { to: 4784, source: stranger });
    expect(line.discards()).toEqual({ UNKNOWN_SOURCE: 1 });
  });

  it("is not taken to another port, nor by another protocol", () => {
    line.hear({}, { to: 3785 });
    const payload = udp(far, own, 49_152, 3784, control());
    line.receive(
      family === 4
        ? ipv4({ source: far, destination: own, ttl: 255, protocol: 6, payload })
        : ipv6({ source: far, destination: own, hopLimit: 255, nextHeader: 6, payload }),
    );
    expect(line.state().received).toBe(0);
    expect(line.discards()).toEqual({});
  });

  it("is not taken from a datagram that is damaged or cut short", () => {
    const packet = enclosed(control(), { source: far, destination: own });
    const start = family === 4 ? 20 : 40;
    const damaged = (at: number, ...values: number[]) => {
      const copy = packet.slice();
      copy.set(values, start + at);
      return copy;
    };
    const bad = [
      damaged(0, 0xff),
      damaged(4, 0, 33),
      damaged(4, 0, 7),
      damaged(6, 0x12, 0x34),
      damaged(20, 0xff),
    ];
    for (const each of bad) line.receive(each);
    expect(line.discards()).toEqual({ BAD_DATAGRAM: bad.length });
    expect(line.state().received).toBe(0);
  });

  it("needs its checksum in IPv6, and not in IPv4", () => {
    const packet = enclosed(control(), { source: far, destination: own });
    packet.set([0, 0], (family === 4 ? 20 : 40) + 6);
    line.receive(packet);
    expect(wasTaken()).toBe(family === 4);
  });

  if (family === 4) {
    it("is taken behind options, and not from a fragment", () => {
      const payload = udp(far, own, 49_152, 3784, control());
      const envelope = { source: far, destination: own, ttl: 255, payload };
      line.receive(ipv4({ ...envelope, options: [1, 1, 1, 0] }));
      expect(wasTaken()).toBe(true);
      line.receive(ipv4({ ...envelope, moreFragments: true }));
      expect(line.discards()).toEqual({ BAD_DATAGRAM: 1 });
    });
  }

  it("does not leave by a port that is down, and comes in by none", () => {
    line.bringUp();
    line.router.call("PORT", {
      port: 0,
      up: 0,
      mtu: 1500,
      address4: ip4("192.0.2.1"),
      address6: ip6("2001:db8::1"),
    });
    expect(line.wait(20_000)).toEqual([]);
    line.hear({ state: BfdState.UP });
    line.wait(10_000);
    expect(line.state().state).toBe(BfdState.DOWN);
  });
});
