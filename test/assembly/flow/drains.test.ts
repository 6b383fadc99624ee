import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ipv4, TcpFlag, UDP, udp } from "../packet/build.js";
import { client, Network, SECOND, site4 } from "./network.js";

const { SYN, ACK } = TcpFlag;
const IDLE = 8;
const DRAINED = 2;
const STEPS = [50, 10, 0];

describe.each(["host", "mcu"] as const)("a site that is drained by weight, profile %s", profile => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.start(profile);
  });

  const room = { buckets: 256, maxPaths: 3 };
  function restart(more: Parameters<Network["restart"]>[0] = {}): void {
    network.restart({ ...room, ...more });
    for (const site of [0, 1, 2]) network.weigh(site, 100);
  }
  beforeEach(() => restart());

  /** So many that each bucket has some. */
  const ports = Array.from({ length: 2000 }, (_, n) => 2000 + n);

  function query(port: number): number | null {
    const source = client({ family: 4, host: 9, port });
    const payload = udp(source, site4, port, 53);
    return network.forward(ipv4({ source, destination: site4, protocol: UDP, payload }));
  }
  const converse = () => ports.map(query);
  const shareOf = (sites: (number | null)[]) => sites.filter(site => site === DRAINED).length / sites.length;
  const few = ports.slice(0, 60);
  const send = (flags: number, from = few) =>
    from.map(port => network.send({ family: 4, host: 9, port }, flags));

  it("gives flows away at each step down, takes them at each step up, and no others move", () => {
    let before = converse();
    for (const [weight, isDown] of [
      [50, true],
      [10, true],
      [0, true],
      [10, false],
      [50, false],
      [100, false],
    ] as const) {
      network.weigh(DRAINED, weight);
      const after = converse();
      const concerned = isDown ? before : after;
      expect(after.every((site, n) => site === before[n] || concerned[n] === DRAINED)).toBe(true);
      expect(Math.abs(shareOf(after) - weight / (200 + weight))).toBeLessThan(0.03);
      before = after;
    }
  });

  it("has no flow left with weight 0", () => {
    network.weigh(DRAINED, 0);
    expect(shareOf(converse())).toBe(0);
  });

  it("takes all where no other site is left, and nothing again when one is back", () => {
    network.weigh(DRAINED, 0);
    network.link(0, false);
    network.withdraw(1);
    expect(new Set(converse())).toEqual(new Set([DRAINED]));
    network.link(0, true);
    expect(new Set(converse())).toEqual(new Set([0]));
  });

  it("keeps the pinned flows that it has, and gets no new one", () => {
    restart({ flows: 1024 });
    network.settings({ flowIdle: 300 * SECOND });
    const homes = send(SYN);
    expect(send(ACK)).toEqual(homes);
    expect(shareOf(homes)).toBeGreaterThan(0.25);
    for (const weight of STEPS) {
      network.weigh(DRAINED, weight);
      expect(send(ACK)).toEqual(homes);
    }
    const fresh = few.map(port => 10_000 + port);
    expect(shareOf(send(SYN, fresh))).toBe(0);
  });

  it("keeps the buckets that are in use, and no other", () => {
    restart({ bucketAges: 1 });
    network.settings({ bucketIdle: IDLE * SECOND });
    const before = few.map(query);
    expect(before).toContain(DRAINED);
    network.weigh(DRAINED, 0);
    for (let second = 0; second < 3 * IDLE; second++) {
      network.wait(SECOND);
      expect(few.map(query)).toEqual(before);
    }
    const used = new Set(few);
    const others = ports.filter(port => !used.has(port)).map(query);
    expect(shareOf(others)).toBeLessThan(shareOf(before));
    network.wait(2 * IDLE * SECOND);
    expect(shareOf(converse())).toBe(0);
  });

  it("gives up its buckets at the deadline, if there is one", () => {
    restart({ bucketAges: 1 });
    network.settings({ bucketIdle: IDLE * SECOND, bucketDeadline: 30 * SECOND });
    const before = converse();
    network.weigh(DRAINED, 0);
    for (let second = 0; second < 32; second++) {
      network.wait(SECOND);
      const now = converse();
      if (second < 28) expect(now).toEqual(before);
    }
    expect(shareOf(converse())).toBe(0);
  });
});
