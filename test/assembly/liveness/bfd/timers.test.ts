/** When packets are sent: RFC 5880 sections 6.5 (Poll Sequences), 6.8.2, 6.8.3, 6.8.4 and 6.8.7. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BfdState, Status } from "../../../../host/protocol/words.js";
import { Line, type Sent } from "./line.js";

const { DOWN, UP } = BfdState;

/** Times between packets that were sent by themselves. */
function gaps(sent: Sent[]): number[] {
  return sent.slice(1).map(({ time }, i) => time - sent[i]!.time);
}

describe.each(["host", "mcu"] as const)("the timers of the %s profile", profile => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.build(profile);
  });
  beforeEach(() => line.restart());

  /** The far end is heard often enough for `packets` packets to be sent; gives those. */
  function exchange(packets: number, minTx = 10_000): Sent[] {
    const sent: Sent[] = [];
    while (sent.length < packets) {
      line.hear({ state: UP, minTx });
      sent.push(...line.wait(minTx / 2));
    }
    return sent;
  }

  describe("6.8.7: jitter", () => {
    it.each([
      { multiplier: 3, shortest: 7500, longest: 10_000 },
      { multiplier: 1, shortest: 7500, longest: 9000 },
    ])("takes its part of each interval with multiplier $multiplier", ({ multiplier, shortest, longest }) => {
      line.configure({ multiplier });
      line.bringUp();
      const found = gaps(exchange(3000));
      expect(Math.min(...found)).toBeGreaterThanOrEqual(shortest);
      expect(Math.max(...found)).toBeLessThanOrEqual(longest);
      // And all of that part.
      const width = longest - shortest;
      expect(Math.min(...found)).toBeLessThan(shortest + width / 50);
      expect(Math.max(...found)).toBeGreaterThan(longest - width / 50);
      const mean = found.reduce((sum, gap) => sum + gap, 0) / found.length;
      expect(Math.abs(mean - (shortest + longest) / 2)).toBeLessThan(width / 20);
    });

    it("is another for another seed, and the same for the same", () => {
      const timesOf = (seed: number) => {
        line.restart({ seed });
        const start = line.now;
        return line.wait(20_000_000).map(({ time }) => time - start);
      };
      expect(timesOf(1)).toEqual(timesOf(1));
      expect(timesOf(1)).not.toEqual(timesOf(2));
    });
  });

  describe("6.8.3: a session that is not up", () => {
    it("is slow: one packet a second, whatever it is set to", () => {
      for (const found of gaps(line.wait(20_000_000))) {
        expect(found).toBeGreaterThanOrEqual(750_000);
        expect(found).toBeLessThanOrEqual(1_000_000);
      }
      expect(line.sent.every(({ minTx }) => minTx === 1_000_000)).toBe(true);
    });

    it("is slower still where it is set to", () => {
      line.restart({ minTx: 3_000_000 });
      expect(Math.min(...gaps(line.wait(60_000_000)))).toBeGreaterThan(2_000_000);
    });

    it("is fast from its first packet in Up on, and slow again when it is down", () => {
      line.hear({ state: DOWN });
      const [up] = line.hear({ state: UP });
      expect(up).toMatchObject({ state: UP, minTx: 10_000, poll: true });
      expect(line.wait(10_000)).toHaveLength(1);
      line.hear({ state: DOWN });
      expect(line.sent.at(-1)).toMatchObject({ state: DOWN, minTx: 1_000_000 });
      expect(line.wait(740_000)).toEqual([]);
    });
  });

  describe("6.5: a Poll Sequence", () => {
    it("begins behind the packet that tells the change at once, which may overtake the one before (6.8.3)", () => {
      line.bringUp();
      line.configure({ minTx: 20_000, minRx: 5000 });
      const [told] = line.hear({ state: UP, final: true });
      expect(told).toMatchObject({ poll: false, minTx: 20_000, minRx: 5000 });
      expect(line.state()).toMatchObject({ polling: 1, transmitInterval: 10_000 });
      const [poll] = line.wait(10_000);
      expect(poll).toMatchObject({ poll: true, minTx: 20_000, minRx: 5000 });
      expect(poll!.time - told!.time).toBeGreaterThanOrEqual(7500);
    });

    it("sets Poll on the packets that are sent anyway, until Final comes", () => {
      line.bringUp();
      line.configure({ minTx: 20_000, minRx: 5000 });
      line.wait(0);
      const polls = exchange(5);
      expect(polls.every(({ poll, minTx, minRx }) => poll && minTx === 20_000 && minRx === 5000)).toBe(true);
      for (const gap of gaps(polls)) expect(gap).toBeGreaterThanOrEqual(7500);
      line.hear({ state: UP, final: true });
      expect(exchange(5).some(({ poll }) => poll)).toBe(false);
    });

    it("puts off sending less often, and expecting more often (6.8.3)", () => {
      line.restart({ minRx: 20_000 });
      line.bringUp();
      line.configure({ minTx: 40_000, minRx: 10_000 });
      line.hear({ state: UP });
      expect(line.state()).toMatchObject({ transmitInterval: 10_000, detectionTime: 60_000 });
      line.hear({ state: UP, final: true });
      expect(line.state()).toMatchObject({ transmitInterval: 40_000, detectionTime: 30_000 });
    });

    it("puts off nothing else", () => {
      line.restart({ minTx: 40_000, minRx: 10_000 });
      line.bringUp();
      line.configure({ minTx: 10_000, minRx: 20_000 });
      expect(line.state()).toMatchObject({ transmitInterval: 10_000, detectionTime: 60_000, polling: 1 });
    });

    it("is not begun before the last one is through, so that no Final is taken for another's", () => {
      line.bringUp();
      line.configure({ minTx: 20_000 });
      const again = () => line.configure({ minTx: 30_000 });
      expect(again).toThrow(expect.objectContaining({ status: Status.BUSY }));
      line.wait(0);
      line.hear({ state: UP, final: true });
      expect(again).toThrow(expect.objectContaining({ status: Status.BUSY }));
      line.hear({ state: UP });
      again();
      expect(line.state().polling).toBe(1);
    });

    it("is not begun where nothing changes", () => {
      line.bringUp();
      line.configure();
      expect(line.state().polling).toBe(0);
    });

    it("does not set Poll beside Final, and goes on behind it", () => {
      line.hear({ state: DOWN });
      line.hear({ state: UP });
      const [final] = line.hear({ state: UP, poll: true });
      expect(final).toMatchObject({ poll: false, final: true });
      expect(line.wait(10_000)[0]).toMatchObject({ poll: true, final: false });
    });
  });

  it("6.8.3: an interval that the remote system shortens counts from the last packet", () => {
    for (const waited of [0, 4000, 500_000]) {
      line.restart();
      line.bringUp({ minRx: 1_000_000, multiplier: 200 });
      line.wait(waited);
      const { time: last } = line.sent.at(-1)!;
      const heard = line.now;
      const [next] = [...line.hear({ state: UP, minRx: 10_000 }), ...line.wait(10_000)];
      expect(next!.time).toBeGreaterThanOrEqual(Math.max(heard, last + 7500));
      expect(next!.time).toBeLessThanOrEqual(Math.max(heard, last + 10_000));
    }
  });

  it("6.8.7: tells a change of its own at once, and then takes up its interval again", () => {
    line.bringUp();
    exchange(2);
    const [changed, next] = (() => {
      line.configure({ multiplier: 5 });
      const start = line.now;
      return line.wait(10_000).map(sent => ({ ...sent, time: sent.time - start }));
    })();
    expect(changed).toMatchObject({ time: 0, multiplier: 5 });
    expect(next!.time).toBeGreaterThanOrEqual(7500);
  });

  it("6.8.4: forgets the remote discriminator with the detection time, whatever the state", () => {
    line.admin(true);
    line.hear({ state: DOWN });
    const { detectionTime, remoteDiscriminator } = line.state();
    expect(remoteDiscriminator).not.toBe(0);
    line.wait(detectionTime);
    expect(line.state().remoteDiscriminator).toBe(0);
    expect(line.wait(1_000_000).at(-1)!.your).toBe(0);
  });

  it("6.8.16: says AdminDown for longer than any detection time", () => {
    line.bringUp();
    line.admin(true);
    const sent = line.wait(60_000_000);
    expect(sent.length).toBeGreaterThan(60);
    expect(sent.every(({ state, diagnostic }) => state === BfdState.ADMIN_DOWN && diagnostic === 7)).toBe(
      true,
    );
  });

  it("serves a session of the shortest interval", () => {
    line.restart({ minTx: 3300, minRx: 3300 });
    line.bringUp({ minTx: 3300, minRx: 3300 });
    expect(line.state()).toMatchObject({ transmitInterval: 3300, detectionTime: 9900 });
    for (const gap of gaps(line.wait(9899))) expect(gap).toBeLessThanOrEqual(3300);
    expect(line.state().state).toBe(UP);
    line.wait(1);
    expect(line.state().state).toBe(DOWN);
  });
});
