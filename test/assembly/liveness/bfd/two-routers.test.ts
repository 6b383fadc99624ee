/** Two routers on one line, which loses, doubles and reorders packets by a seed, or is dead in one direction. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Request } from "../../../../host/protocol/messages.js";
import { BfdState } from "../../../../host/protocol/words.js";
import { Random } from "../../../../host/tables/random.js";
import { type Bytes, concat, ip4 } from "../../packet/build.js";
import { Line } from "./line.js";

/** One direction of the line between two times. */
interface Weather {
  loss: number;
  double: number;
  /** Packets arrive up to this much later, so that they overtake each other, microseconds. */
  delay: number;
}

const good: Weather = { loss: 0, double: 0, delay: 0 };
const dead: Weather = { loss: 1, double: 0, delay: 0 };

class Pair {
  #flying: { time: number; to: 0 | 1; packet: Bytes }[] = [];
  #weather: [Weather, Weather] = [good, good];
  now = 0;

  private constructor(
    readonly ends: readonly [Line, Line],
    readonly chance: () => number,
  ) {
    for (const from of [0, 1] as const) {
      ends[from].onSent = ({ time, packet }) => this.#fly(from, time, packet);
    }
  }

  static async build(): Promise<[Line, Line]> {
    return [await Line.build("host", null), await Line.build("mcu", null)];
  }

  static on(ends: [Line, Line], settings: Partial<Request<"BFD">>[], chance: () => number): Pair {
    const now = Math.max(...ends.map(end => end.now));
    const pair = new Pair(ends, chance);
    pair.now = now;
    for (const [n, end] of ends.entries()) {
      end.wait(now - end.now);
      end.restart(null);
      // The second router has the addresses of the first one's neighbor.
      const [own, far] = n === 0 ? [1, 2] : [2, 1];
      const address4 = ip4(`192.0.2.${own}`);
      end.router.call("PORT", { port: 0, up: 1, mtu: 1500, address4, address6: new Uint8Array(16) });
      end.neighbor(0, { address: concat(ip4(`192.0.2.${far}`), new Uint8Array(12)) });
      end.configure(settings[n]);
    }
    return pair;
  }

  weather(forth: Weather, back: Weather): void {
    this.#weather = [forth, back];
  }

  #fly(from: 0 | 1, time: number, packet: Bytes): void {
    const { loss, double, delay } = this.#weather[from];
    const to = from === 0 ? 1 : 0;
    if (this.chance() < loss) return;
    for (let copies = this.chance() < double ? 2 : 1; copies > 0; copies--) {
      this.#flying.push({ time: time + Math.floor(this.chance() * delay), to, packet });
    }
  }

  /** Both routers and the line go on for `microseconds`; `look` sees each instant at which something happens. */
  run(microseconds: number, look: () => void = () => {}): void {
    const end = this.now + microseconds;
    while (this.now < end) {
      const due = this.ends.map(({ router }) => Number(router.exports.advance(BigInt(this.now))));
      const next = Math.min(end, ...due, ...this.#flying.map(({ time }) => time));
      this.now = Math.max(this.now, next);
      const arrived = this.#flying.filter(({ time }) => time <= this.now);
      this.#flying = this.#flying.filter(({ time }) => time > this.now);
      for (const { to, packet } of arrived) {
        this.ends[to].wait(this.now - this.ends[to].now);
        this.ends[to].receive(packet);
      }
      for (const line of this.ends) line.wait(this.now - line.now);
      look();
    }
  }

  states(): BfdState[] {
    return this.ends.map(end => end.state().state as BfdState);
  }
}

const { UP } = BfdState;
const interval = fc.constantFrom(3300, 10_000, 50_000, 300_000);
const settings = fc.record({
  minTx: interval,
  minRx: interval,
  multiplier: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
});
const weather = fc.record({
  loss: fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
  double: fc.constantFrom(0, 0.3),
  delay: fc.constantFrom(0, 2000, 40_000),
});
const authentication = fc.constantFrom(0, 4, 5).map(type => ({
  authentication: type,
  keyId: 1,
  key: new Uint8Array(20).fill(type),
}));
const trial = fc.record({ both: fc.tuple(settings, settings), authentication, seed: fc.nat() });
type Trial = typeof trial extends fc.Arbitrary<infer T> ? T : never;

/** Longest silence that either end bears. */
const detection = ([a, b]: { minTx: number; minRx: number; multiplier: number }[]) =>
  Math.max(a!.multiplier * Math.max(a!.minTx, b!.minRx, 0), b!.multiplier * Math.max(b!.minTx, a!.minRx, 0));

describe("two routers", () => {
  let ends: [Line, Line];
  beforeAll(async () => {
    ends = await Pair.build();
  });
  const start = ({ both, authentication, seed }: Trial) => {
    const random = new Random(seed);
    return Pair.on(
      ends,
      both.map(each => ({ ...each, ...authentication })),
      () => random.share(),
    );
  };

  it("come up when the line has been good for long enough, whatever it was before", () => {
    fc.assert(
      fc.property(trial, fc.array(fc.tuple(weather, weather), { maxLength: 4 }), (setup, spells) => {
        const pair = start(setup);
        for (const [forth, back] of spells) {
          pair.weather(forth, back);
          pair.run(700_000);
        }
        pair.weather(good, good);
        // What still flies lands; what each knew of the other's numbers is forgotten; then a slow packet, and the answers.
        pair.run(2 * Math.max(5_000_000, detection(setup.both)) + 3_000_000);
        expect(pair.states()).toEqual([UP, UP]);
        let fell = false;
        pair.run(5 * detection(setup.both), () => {
          fell ||= pair.states().some(state => state !== UP);
        });
        expect(fell).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it("are never both up when one direction has been dead for both detection times", () => {
    fc.assert(
      fc.property(trial, fc.boolean(), weather, (setup, isForth, other) => {
        const pair = start(setup);
        pair.run(5_000_000);
        expect(pair.states()).toEqual([UP, UP]);
        const times = pair.ends.map(end => end.state().detectionTime);
        pair.weather(isForth ? dead : other, isForth ? other : dead);
        // The end that hears nothing goes down first; packets that were under way are heard yet.
        pair.run(times[isForth ? 1 : 0]!);
        expect(pair.states()[isForth ? 1 : 0]).not.toBe(UP);
        let bothUp = false;
        pair.run(3_000_000, () => {
          bothUp ||= pair.states().every(state => state === UP);
        });
        expect(bothUp).toBe(false);
        expect(pair.ends[isForth ? 1 : 0].isUsed()).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it("agree on both intervals", () => {
    fc.assert(
      fc.property(trial, setup => {
        const pair = start(setup);
        pair.run(6_000_000);
        const [a, b] = pair.ends.map(end => end.state());
        const [x, y] = setup.both;
        expect(a!.transmitInterval).toBe(Math.max(x.minTx, y.minRx));
        expect(b!.transmitInterval).toBe(Math.max(y.minTx, x.minRx));
        expect(a!.detectionTime).toBe(y.multiplier * b!.transmitInterval);
        expect(b!.detectionTime).toBe(x.multiplier * a!.transmitInterval);
        expect([a!.polling, b!.polling]).toEqual([0, 0]);
        for (const end of pair.ends) expect(end.discards()).toEqual({});
      }),
      { numRuns: 40 },
    );
  });

  it("stay up while their intervals change", () => {
    fc.assert(
      fc.property(trial, fc.array(fc.tuple(fc.nat(1), settings), { maxLength: 5 }), (setup, steps) => {
        const pair = start(setup);
        // Less than the jitter that is kept clear even where one packet that is missed ends the session.
        pair.weather({ ...good, delay: 300 }, { ...good, delay: 300 });
        pair.run(6_000_000);
        let fell = false;
        for (const [n, { minTx, minRx }] of steps) {
          const { multiplier, seed } = setup.both[n]!;
          pair.ends[n]!.configure({ ...setup.authentication, multiplier, seed, minTx, minRx });
          pair.run(3_000_000, () => {
            fell ||= pair.states().some(state => state !== UP);
          });
        }
        expect(fell).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    { change: "less is sent", before: {}, after: { minTx: 300_000 } },
    { change: "more is wanted", before: { minTx: 600_000, minRx: 300_000 }, after: { minTx: 600_000 } },
  ])("stay up where the packet that tells that $change overtakes the one before", ({ before, after }) => {
    let lag = 0;
    const pair = Pair.on(ends, [{}, before], () => lag);
    pair.weather({ ...good, delay: 400 }, { ...good, delay: 400 });
    pair.run(6_000_000);
    lag = 0.999;
    const { sent } = pair.ends[1].state();
    while (pair.ends[1].state().sent === sent) pair.run(100);
    lag = 0;
    pair.ends[1].configure(after);
    let fell = false;
    pair.run(3_000_000, () => {
      fell ||= pair.states().some(state => state !== UP);
    });
    expect(fell).toBe(false);
    expect(pair.ends[1].state().polling).toBe(0);
  });
});
