import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ipv4, UDP, udp } from "../packet/build.js";
import { refusal } from "../rib/world.js";
import { client, Network, SECOND, site4 } from "./network.js";

const IDLE = 8;
const DEADLINE = 30;

describe.each(["host", "mcu"] as const)("when a site joins, profile %s", profile => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.start(profile);
  });
  beforeEach(() => {
    network.restart({ bucketAges: 1, buckets: 64, maxPaths: 3 });
    network.settings({ bucketIdle: IDLE * SECOND });
    network.withdraw(2);
  });

  /** The site that a query from this port reaches. */
  function query(port: number): number | null {
    const source = client({ family: 4, host: 9, port });
    const payload = udp(source, site4, port, 53);
    return network.forward(ipv4({ source, destination: site4, protocol: UDP, payload }));
  }

  /** So many that each bucket has some. */
  const all = Array.from({ length: 400 }, (_, n) => 2000 + n);
  const few = all.slice(0, 10);
  const countOf = (sites: (number | null)[], site: number) => sites.filter(one => one === site).length;

  /** Where conversations go, and after each of so many seconds. */
  const converse = (ports = all) => ports.map(query);
  function converseFor(seconds: number, ports = all): (number | null)[][] {
    return Array.from({ length: seconds }, () => {
      network.wait(SECOND);
      return converse(ports);
    });
  }

  it("conversations under way stay where they are, and what is idle goes there", () => {
    const before = converse(few);
    network.announce(2);
    expect(converse(few)).toEqual(before);
    for (const sites of converseFor(60, few)) expect(sites).toEqual(before);
    const share = countOf(converse(), 2) / all.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.42);
  });

  it("all stay while each bucket has some", () => {
    const before = converse();
    network.announce(2);
    for (const sites of converseFor(60)) expect(sites).toEqual(before);
  });

  it("they move once they have been idle for as long as is set", () => {
    const before = converse();
    network.announce(2);
    network.wait((IDLE - 1) * SECOND);
    expect(converse()).toEqual(before);
    network.wait((IDLE + 2) * SECOND);
    const after = converse();
    expect(countOf(after, 2)).toBeGreaterThan(0);
    expect(after.every((site, n) => site === before[n] || site === 2)).toBe(true);
  });

  it("they move at the deadline, if there is one, and not before", () => {
    network.settings({ bucketIdle: IDLE * SECOND, bucketDeadline: DEADLINE * SECOND });
    const before = converse();
    network.announce(2);
    expect(converseFor(DEADLINE - IDLE / 8 - 1).at(-1)).toEqual(before);
    expect(countOf(converseFor(IDLE / 8 + 2).at(-1)!, 2)).toBeGreaterThan(0);
  });

  it("and leaves again, only what went there moves", () => {
    converse(few);
    network.announce(2);
    network.wait(2 * IDLE * SECOND);
    const before = converse();
    network.withdraw(1);
    const after = converse();
    expect(countOf(before, 1)).toBeGreaterThan(0);
    expect(after.every((site, n) => site === before[n] || before[n] === 1)).toBe(true);
  });

  it("conversations move at once where no idle time is set, or is set no more", () => {
    const before = converse();
    network.announce(2);
    expect(converse()).toEqual(before);
    network.settings({ bucketIdle: 0 });
    expect(countOf(converse(), 2)).toBeGreaterThan(0);
  });

  it("other settings of flows let ages and deadlines be", () => {
    network.settings({ bucketIdle: IDLE * SECOND, bucketDeadline: DEADLINE * SECOND });
    const before = converse();
    network.announce(2);
    converseFor(DEADLINE / 2);
    network.settings({ bucketIdle: IDLE * SECOND, bucketDeadline: DEADLINE * SECOND, flags: 1 });
    expect(converse()).toEqual(before);
    expect(countOf(converseFor(DEADLINE / 2 + 1).at(-1)!, 2)).toBeGreaterThan(0);
  });

  it.each([
    ["an idle time where buckets have no ages", 0, { bucketIdle: SECOND }],
    ["an idle time below 8 milliseconds", 1, { bucketIdle: 7999 }],
    ["a deadline without an idle time", 1, { bucketDeadline: SECOND }],
    ["a flag that there is not", 1, { flags: 2 }],
  ])("%s is refused, and changes nothing", (_, bucketAges, settings) => {
    network.restart({ bucketAges, buckets: 64, maxPaths: 3, flows: 8 });
    network.send({ family: 4, host: 1, port: 1 }, 2);
    const key = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0);
    expect(refusal(() => network.settings({ ...settings, key }))).toBe("BAD_VALUE");
    expect(network.flows).toBe(1);
  });

  it("ages take a byte for each bucket and a word for each group", () => {
    const used = (bucketAges: number) => {
      const { tail: _, ...capacities } = network.world.router.call("HELLO", {});
      return network.world.router.call("CONFIGURE", { ...capacities, bucketAges }).bytesUsed;
    };
    const groups = network.world.router.call("HELLO", {}).sets + 1;
    expect(used(1) - used(0)).toBe(Math.ceil((groups * (64 + 4)) / 8) * 8);
  });
});
