/** RFC 5880 section 6.8.6, rule by rule; the numbers are those of assembly/liveness/bfd/receive.ts. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BfdDiagnostic, BfdState } from "../../../../host/protocol/words.js";
import { concat, ip4 } from "../../packet/build.js";
import { addresses, Line } from "./line.js";
import { type Authentication, type Control, control, enclosed } from "./packet.js";

const key = new TextEncoder().encode("a key of 20 letters.");
const authentication: Authentication = { type: 4, keyId: 7, sequence: 1000, key };
const signed = { authentication: 4, keyId: 7, key };

describe.each(["host", "mcu"] as const)("6.8.6 in the %s profile:", profile => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.build(profile);
  });
  beforeEach(() => line.restart());

  /** The packet is counted under its reason, and nothing comes of it. */
  function expectDiscarded(reason: string, fields: Partial<Control>, ...more: [object?]): void {
    const { received, remoteDiscriminator, state } = line.state();
    line.hear(fields, ...more);
    expect(line.discards()).toEqual({ [reason]: 1 });
    expect(line.state()).toMatchObject({ received, remoteDiscriminator, state });
  }

  it("rule 1: another version is discarded", () => {
    for (const [count, version] of [0, 2, 7].entries()) {
      line.hear({ version });
      expect(line.discards()).toEqual({ BAD_VERSION: count + 1 });
    }
  });

  it("rule 2: a length below 24 bytes, or 26 with authentication, is discarded", () => {
    line.hear({ length: 23 });
    line.hear({ length: 25, authenticated: true });
    line.hear({ length: 0 });
    expect(line.discards()).toEqual({ TOO_SHORT: 3 });
  });

  it("rule 3: a length beyond the datagram is discarded", () => {
    expectDiscarded("TOO_LONG", { length: 25 });
  });

  it("rule 3: what follows the length in the datagram does not matter", () => {
    const { own, far } = addresses[4];
    line.receive(enclosed(concat(control(), [1, 2, 3]), { source: far, destination: own }));
    expect(line.state().received).toBe(1);
  });

  it("rule 4: a multiplier of 0 is discarded", () => {
    expectDiscarded("ZERO_MULTIPLIER", { multiplier: 0 });
  });

  it("rule 5: the multipoint bit is discarded", () => {
    expectDiscarded("MULTIPOINT", { multipoint: true });
  });

  it("rule 6: My Discriminator 0 is discarded", () => {
    expectDiscarded("ZERO_DISCRIMINATOR", { my: 0 });
  });

  it("rule 7: Your Discriminator selects the session, wherever the packet is from", () => {
    line.hear({}, { source: ip4("192.0.2.9") });
    expect(line.state().received).toBe(1);
  });

  it("rule 7: one that is no session's is discarded", () => {
    const { localDiscriminator } = line.state();
    for (const [count, wrong] of [1, 0x100, 0xff, 0xffffff00].entries()) {
      line.hear({ your: (localDiscriminator ^ wrong) >>> 0 });
      expect(line.discards()).toEqual({ UNKNOWN_DISCRIMINATOR: count + 1 });
    }
  });

  it("rule 8: without Your Discriminator a state of Init or Up is discarded", () => {
    line.hear({ your: 0, state: BfdState.INIT });
    line.hear({ your: 0, state: BfdState.UP });
    expect(line.discards()).toEqual({ STATE_WITHOUT_DISCRIMINATOR: 2 });
    line.hear({ your: 0, state: BfdState.DOWN });
    line.hear({ your: 0, state: BfdState.ADMIN_DOWN });
    expect(line.state().received).toBe(2);
  });

  it("rule 9: without it the source and the port select the session", () => {
    line.hear({ your: 0 });
    expect(line.state()).toMatchObject({ received: 1, state: BfdState.INIT });
  });

  it("rule 9: where they are no session's, the packet is discarded", () => {
    line.hear({ your: 0 }, { source: ip4("192.0.2.9") });
    expect(line.discards()).toEqual({ UNKNOWN_SOURCE: 1 });
    line.neighbor(0, { port: 1 });
    line.hear({ your: 0 });
    expect(line.discards()).toEqual({ UNKNOWN_SOURCE: 2 });
  });

  it("rule 10: authentication that is not in use is discarded", () => {
    expectDiscarded("UNEXPECTED_AUTHENTICATION", { authentication });
  });

  it("rule 11: missing authentication is discarded", () => {
    line.restart(signed);
    expectDiscarded("MISSING_AUTHENTICATION", {});
  });

  it("rule 12: authentication that fails is discarded", () => {
    line.restart(signed);
    line.hear({ authentication });
    expect(line.state().received).toBe(1);
    expectDiscarded("FAILED_AUTHENTICATION", { authentication: { ...authentication, keyId: 8 } });
  });

  it("rule 13: My Discriminator becomes the remote one, and is sent back", () => {
    const [answer] = line.hear({ my: 0xfedcba98 });
    expect(line.state().remoteDiscriminator).toBe(0xfedcba98);
    expect(answer!.your).toBe(0xfedcba98);
  });

  it("rule 14: the state becomes the remote one", () => {
    for (const state of [BfdState.DOWN, BfdState.INIT, BfdState.UP, BfdState.ADMIN_DOWN]) {
      line.hear({ state, diagnostic: 8 });
      expect(line.state()).toMatchObject({ remoteState: state, remoteDiagnostic: 8 });
    }
  });

  it("rule 15: the demand bit becomes the remote demand mode", () => {
    line.hear({ demand: true });
    expect(line.state().remoteDemand).toBe(1);
    line.hear({ demand: false });
    expect(line.state().remoteDemand).toBe(0);
  });

  it("rule 16: Required Min RX Interval becomes the remote one", () => {
    line.hear({ minRx: 123_456 });
    expect(line.state().remoteMinRx).toBe(123_456);
  });

  it("rule 17: no echo packets are sent, and none are asked for", () => {
    line.bringUp();
    for (const { packet } of line.wait(100_000)) expect([...packet.subarray(-4)]).toEqual([0, 0, 0, 0]);
  });

  it("rule 18: Final ends a Poll Sequence, and only that", () => {
    line.hear({ state: BfdState.DOWN });
    line.hear({ state: BfdState.UP });
    expect(line.state().polling).toBe(1);
    line.hear({ state: BfdState.UP });
    expect(line.state().polling).toBe(1);
    line.hear({ state: BfdState.UP, final: true });
    expect(line.state().polling).toBe(0);
    expect(line.wait(20_000).every(({ poll }) => !poll)).toBe(true);
  });

  it("rule 19: the transmit interval is the slower of what one wants and the other takes", () => {
    line.bringUp({ minRx: 50_000 });
    expect(line.state().transmitInterval).toBe(50_000);
    line.hear({ state: BfdState.UP, minRx: 4000 });
    expect(line.state().transmitInterval).toBe(10_000);
  });

  it("rule 19: nothing is sent by itself to who wants nothing", () => {
    line.bringUp({ minRx: 0 });
    expect(line.state().transmitInterval).toBe(0);
    expect(line.wait(25_000)).toEqual([]);
    const [final] = line.hear({ state: BfdState.UP, minRx: 0, poll: true });
    expect(final).toMatchObject({ final: true });
  });

  it("rule 20: the detection time is the remote multiplier times the slower of both", () => {
    line.bringUp({ minTx: 40_000, multiplier: 5 });
    expect(line.state().detectionTime).toBe(200_000);
    line.hear({ state: BfdState.UP, minTx: 1000, multiplier: 2 });
    expect(line.state().detectionTime).toBe(20_000);
    line.hear({ state: BfdState.UP, minTx: 0xffffffff, multiplier: 255 });
    expect(line.state().detectionTime).toBe(0xffffffff * 255);
  });

  it("rule 21: in AdminDown a packet changes no state and gets no Final", () => {
    line.bringUp();
    line.admin(true);
    line.wait(0);
    expect(line.hear({ state: BfdState.DOWN, poll: true })).toEqual([]);
    expect(line.state().state).toBe(BfdState.ADMIN_DOWN);
    expect(line.discards()).toEqual({ ADMIN_DOWN: 1 });
  });

  it("rule 22: the state machine answers at once", () => {
    const [init] = line.hear({ state: BfdState.DOWN });
    expect(init).toMatchObject({ state: BfdState.INIT, time: line.now });
    const [up] = line.hear({ state: BfdState.INIT });
    expect(up).toMatchObject({ state: BfdState.UP, diagnostic: BfdDiagnostic.NONE });
    const [down] = line.hear({ state: BfdState.DOWN });
    expect(down).toMatchObject({
      state: BfdState.DOWN,
      diagnostic: BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN,
    });
  });

  it("rule 23: demand mode is never asked for", () => {
    line.bringUp({ demand: true });
    line.hear({ state: BfdState.UP, demand: true, poll: true });
    expect(line.sent.every(({ demand }) => !demand)).toBe(true);
  });

  it("rule 24: a remote in demand mode hears nothing while both are up, but for polls and their answers", () => {
    line.bringUp({ demand: true });
    expect(line.state().transmitInterval).toBe(0);
    expect(line.wait(25_000)).toEqual([]);
    const [final] = line.hear({ state: BfdState.UP, demand: true, poll: true });
    expect(final).toMatchObject({ final: true, poll: false });
    line.configure({ minTx: 20_000 });
    expect(line.wait(25_000).map(({ poll }) => poll)).toContain(true);
  });

  it("rule 25: packets go out again when it leaves demand mode, or when one end is not up", () => {
    line.bringUp({ demand: true });
    line.hear({ state: BfdState.UP, demand: false });
    expect(line.wait(20_000).length).toBeGreaterThan(0);
    line.hear({ state: BfdState.UP, demand: true });
    expect(line.wait(20_000)).toEqual([]);
    line.hear({ state: BfdState.DOWN, demand: true });
    expect(line.wait(1_000_000).length).toBeGreaterThan(0);
  });

  it("rule 26: Poll is answered at once by Final without Poll, whatever the state and the timer", () => {
    line.wait(500_000);
    for (const state of [BfdState.DOWN, BfdState.INIT, BfdState.UP, BfdState.UP]) {
      const answers = line.hear({ state, poll: true });
      expect(answers).toHaveLength(1);
      expect(answers[0]).toMatchObject({ final: true, poll: false, time: line.now });
    }
  });

  it("rule 27: a packet that is accepted begins the detection time anew, one that is discarded does not", () => {
    line.bringUp();
    line.wait(20_000);
    line.hear({ state: BfdState.UP });
    line.wait(29_999);
    expect(line.state().state).toBe(BfdState.UP);
    line.hear({ state: BfdState.UP, multiplier: 0 });
    line.wait(1);
    expect(line.state()).toMatchObject({
      state: BfdState.DOWN,
      diagnostic: BfdDiagnostic.DETECTION_TIME_EXPIRED,
    });
  });
});
