import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readBoard } from "../../../../firmware/build/board.js";
import type { Request } from "../../../../host/protocol/messages.js";
import { BfdFlag, BfdState, Status } from "../../../../host/protocol/words.js";
import { Router } from "../../../../host/router/router.js";
import { Line } from "./line.js";

const scripted = { flags: BfdFlag.SCRIPTED, farMultiplier: 3, farMinTx: 10_000, farMinRx: 10_000 };

describe.each(["host", "mcu"] as const)("a BFD session of the %s profile", profile => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.build(profile);
  });
  beforeEach(() => line.restart(null));

  const refusals: { why: string; values: Partial<Request<"BFD">>; status: keyof typeof Status }[] = [
    { why: "for no neighbor", values: { neighbor: 2 }, status: "UNKNOWN_NEIGHBOR" },
    { why: "below 3.3 ms to send", values: { minTx: 3299 }, status: "BAD_VALUE" },
    { why: "below 3.3 ms to receive", values: { minRx: 3299 }, status: "BAD_VALUE" },
    { why: "with an unknown authentication", values: { authentication: 1 }, status: "BAD_VALUE" },
    { why: "with an unknown flag", values: { flags: 8 }, status: "BAD_VALUE" },
    {
      why: "with a far end of no multiplier",
      values: { ...scripted, farMultiplier: 0 },
      status: "BAD_VALUE",
    },
    { why: "with a far end that is too fast", values: { ...scripted, farMinTx: 1 }, status: "BAD_VALUE" },
    { why: "ended before it began", values: { multiplier: 0 }, status: "NOT_FOUND" },
  ];

  it.each(refusals)("is refused $why, and nothing is left of it", ({ values, status }) => {
    expect(() => line.configure(values)).toThrow(expect.objectContaining({ status: Status[status] }));
    expect(() => line.state()).toThrow(expect.objectContaining({ status: Status.NOT_FOUND }));
    expect(line.wait(5_000_000)).toEqual([]);
    // All four have room.
    line.configure(scripted);
    line.configure({ ...scripted, neighbor: 1 });
  });

  it("is refused to change in part", () => {
    line.configure();
    const before = line.state();
    for (const values of [
      { minTx: 20_000, minRx: 1 },
      { multiplier: 9, authentication: 3 },
    ]) {
      expect(() => line.configure(values)).toThrow(expect.objectContaining({ status: Status.BAD_VALUE }));
    }
    expect(line.state()).toEqual(before);
    expect(line.wait(0)[0]).toMatchObject({ multiplier: 3, minRx: 10_000 });
  });

  it("stays over one hop or several, and with a far end of its kind", () => {
    line.configure();
    for (const values of [{ flags: BfdFlag.MULTIHOP }, scripted]) {
      expect(() => line.configure(values)).toThrow(expect.objectContaining({ status: Status.WRONG_MODE }));
    }
  });

  it("is refused for a neighbor without an address, or behind a port without one", () => {
    line.neighbor(0, { address: new Uint8Array(16) });
    expect(() => line.configure()).toThrow(expect.objectContaining({ status: Status.BAD_VALUE }));
    line.neighbor(0);
    const none = { address4: new Uint8Array(4), address6: new Uint8Array(16) };
    line.router.call("PORT", { port: 0, up: 1, mtu: 1500, ...none });
    expect(() => line.configure()).toThrow(expect.objectContaining({ status: Status.BAD_VALUE }));
  });

  it("says nothing while its neighbor has lost its address, and goes on when it has one again", () => {
    line.configure();
    line.neighbor(0, { address: new Uint8Array(16) });
    expect(line.wait(5_000_000)).toEqual([]);
    line.neighbor(0);
    expect(line.wait(1_000_000).length).toBeGreaterThan(0);
  });

  it("takes one place, or two with a scripted far end, and gives them back", () => {
    const capacity = { status: Status.CAPACITY };
    const values = { ports: 1, neighbors: 2, paths: 1, sets: 1, pathsPerSet: 1, buckets: 1 };
    const none = {
      bucketAges: 0,
      distances: 0,
      flows: 0,
      prefixes4: 1,
      prefixes6: 1,
      streams: 0,
      events: 0,
      records: 0,
      reversion: 0,
      histories: 0,
    };
    line.router.call("CONFIGURE", { ...values, ...none, bfdSessions: 2 });
    line.router.call("PORT", {
      port: 0,
      up: 1,
      mtu: 1500,
      address4: Uint8Array.of(192, 0, 2, 1),
      address6: new Uint8Array(16),
    });
    line.neighbor(0, { port: 0 });
    line.neighbor(1, { port: 0 });
    line.configure(scripted);
    expect(() => line.configure({ neighbor: 1 })).toThrow(expect.objectContaining(capacity));
    for (let i = 0; i < 10; i++) {
      line.configure({ multiplier: 0 });
      line.configure();
      expect(() => line.configure({ ...scripted, neighbor: 1 })).toThrow(expect.objectContaining(capacity));
      line.configure({ neighbor: 1 });
      line.configure({ neighbor: 1, multiplier: 0 });
    }
  });

  it("says nothing any more when it has ended", () => {
    line.configure();
    line.bringUp();
    line.configure({ multiplier: 0 });
    expect(line.wait(5_000_000)).toEqual([]);
  });

  it("has a discriminator that no other has, and that is not 0", () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      line.restart({ seed });
      line.configure({ seed, neighbor: 1 });
      const pair = [line.state(0).localDiscriminator, line.state(1).localDiscriminator];
      expect(pair[0]).not.toBe(pair[1]);
      for (const discriminator of pair) seen.add(discriminator);
    }
    expect(seen.has(0)).toBe(false);
    expect(seen.size).toBeGreaterThan(390);
  });

  it("keeps its neighbor's hold timer in order", () => {
    line.configure();
    line.neighbor(0, { holdTime: 5000 });
    line.bringUp();
    line.wait(60_000);
    expect(line.state().state).toBe(BfdState.DOWN);
    line.wait(60_000_000);
    expect(line.isUsed()).toBe(false);
  });
});

it("32 sessions take 5 KB of a Pico that holds 10,000 prefixes", async () => {
  const router = await Router.load("mcu");
  const most = { ports: 8, neighbors: 32, paths: 508, sets: 254, pathsPerSet: 2, buckets: 64 };
  const room = {
    bucketAges: 0,
    distances: 0,
    flows: 0,
    prefixes4: 10_000,
    prefixes6: 0,
    streams: 0,
    events: 0,
    records: 0,
    reversion: 0,
    histories: 0,
  };
  const usedWith = (bfdSessions: number) =>
    router.call("CONFIGURE", { ...most, ...room, bfdSessions }).bytesUsed;
  const { memory } = router.call("HELLO", {});
  const below = router.exports.memory.buffer.byteLength - memory;
  expect(below + usedWith(32)).toBeLessThanOrEqual(readBoard("pico").linearMemory);
  expect(usedWith(32) - usedWith(0)).toBeLessThanOrEqual(5 * 1024);
});
