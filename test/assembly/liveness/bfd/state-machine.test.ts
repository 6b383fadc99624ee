/**
 * RFC 5880 section 6.2, every state by every event, against the table that its figure draws:
 *
 *   Down --Down--> Init      Init --Init,Up--> Up           AdminDown or the end of the detection time take all but
 *   Down --Init--> Up        Up --Down--> Down              AdminDown to Down
 */
import { beforeAll, describe, expect, it } from "vitest";
import { BfdDiagnostic, BfdFlag, BfdState } from "../../../../host/protocol/words.js";
import { Line } from "./line.js";

const { ADMIN_DOWN, DOWN, INIT, UP } = BfdState;
const { NONE, DETECTION_TIME_EXPIRED, NEIGHBOR_SIGNALED_DOWN, ADMINISTRATIVELY_DOWN } = BfdDiagnostic;

/** How a session that is new gets into each state. */
const ways: Record<number, (line: Line) => void> = {
  [ADMIN_DOWN]: line => line.admin(true),
  [DOWN]: () => {},
  [INIT]: line => line.hear({ state: DOWN }),
  [UP]: line => line.bringUp(),
};

/** An event: a state received, the end of the detection time, or an administrator. */
type Event = BfdState | "silence" | "off" | "on";
const events: Event[] = [ADMIN_DOWN, DOWN, INIT, UP, "silence", "off", "on"];

/** [from, by the event, to, with the diagnostic]; any other event leaves the state as it is. */
const transitions: [BfdState, Event, BfdState, BfdDiagnostic][] = [
  [DOWN, DOWN, INIT, NONE],
  [DOWN, INIT, UP, NONE],
  [DOWN, "off", ADMIN_DOWN, ADMINISTRATIVELY_DOWN],
  [INIT, ADMIN_DOWN, DOWN, NEIGHBOR_SIGNALED_DOWN],
  [INIT, INIT, UP, NONE],
  [INIT, UP, UP, NONE],
  [INIT, "silence", DOWN, DETECTION_TIME_EXPIRED],
  [INIT, "off", ADMIN_DOWN, ADMINISTRATIVELY_DOWN],
  [UP, ADMIN_DOWN, DOWN, NEIGHBOR_SIGNALED_DOWN],
  [UP, DOWN, DOWN, NEIGHBOR_SIGNALED_DOWN],
  [UP, "silence", DOWN, DETECTION_TIME_EXPIRED],
  [UP, "off", ADMIN_DOWN, ADMINISTRATIVELY_DOWN],
  [ADMIN_DOWN, "on", DOWN, NONE],
];

function happen(line: Line, event: Event): void {
  if (event === "silence") line.wait(line.state().detectionTime);
  else if (event === "off" || event === "on") line.admin(event === "off");
  else line.hear({ state: event });
}

const nameOf = (state: BfdState) => Object.entries(BfdState).find(([, value]) => value === state)![0];

const cases = Object.values(BfdState).flatMap(from =>
  events.map(event => {
    const found = transitions.find(([state, by]) => state === from && by === event);
    const [, , to, diagnostic] = found ?? [from, event, from, null];
    const by = typeof event === "number" ? `a packet of state ${nameOf(event)}` : `"${event}"`;
    return { name: `${nameOf(from)} by ${by} to ${nameOf(to)}`, from, event, to, diagnostic };
  }),
);

describe.each(["host", "mcu"] as const)("the state machine of the %s profile", profile => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.build(profile);
  });

  it.each(cases)("goes from $name", ({ from, event, to, diagnostic }) => {
    line.restart();
    ways[from]!(line);
    const before = line.state();
    expect(before.state).toBe(from);
    happen(line, event);
    expect(line.state()).toMatchObject({ state: to, diagnostic: diagnostic ?? before.diagnostic });
  });

  it("begins anew behind any state", () => {
    for (const way of Object.values(ways)) {
      line.restart();
      way(line);
      line.admin(false);
      line.hear({ state: ADMIN_DOWN });
      expect(line.state().state).toBe(DOWN);
      line.bringUp();
      expect(line.state().state).toBe(UP);
    }
  });

  describe("and its neighbor", () => {
    it("stays as it is while the session was never up", () => {
      line.restart();
      for (const state of [DOWN, ADMIN_DOWN, DOWN]) {
        line.hear({ state });
        expect(line.isUsed()).toBe(true);
      }
      line.wait(60_000_000);
      expect(line.isUsed()).toBe(true);
    });

    it("goes down and up with it", () => {
      line.restart();
      line.bringUp();
      line.wait(line.state().detectionTime - 1);
      expect(line.isUsed()).toBe(true);
      line.wait(1);
      expect(line.isUsed()).toBe(false);
      line.hear({ state: DOWN });
      expect(line.isUsed()).toBe(false);
      line.hear({ state: UP });
      expect(line.isUsed()).toBe(true);
      line.hear({ state: DOWN });
      expect(line.isUsed()).toBe(false);
    });

    it("stays as it is when either end is taken administratively down", () => {
      for (const way of [
        () => line.hear({ state: ADMIN_DOWN }),
        () => line.configure({ flags: BfdFlag.ADMIN_DOWN }),
        () => line.configure({ multiplier: 0 }),
      ]) {
        line.restart();
        line.bringUp();
        way();
        line.wait(60_000_000);
        expect(line.isUsed()).toBe(true);
      }
    });
  });
});
