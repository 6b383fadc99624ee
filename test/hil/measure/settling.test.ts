import { describe, expect, it } from "vitest";
import { lossOfConnectivity } from "../../../hil/measure/connectivity.js";
import type { Sample } from "../../../hil/measure/sampling.js";
import { servingSites } from "../../../hil/measure/service.js";
import { settle } from "../../../hil/measure/settling.js";

/** One packet a letter, a millisecond apart from `from`: a capital is the site that answers, "." a loss. */
function samples(letters: string, from = 0): Sample[] {
  return [...letters].map((letter, index) => {
    const at = from + index * 1_000;
    return { from: at, last: at, packets: 1, site: letter === "." ? null : letter };
  });
}
const at = { from: 0, to: 1_000_000 };
const before = (letters: string) => samples(letters, -1_000 * letters.length + 400);
const after = (letters: string) => samples(letters, 400);
const settling = (earlier: string, later: string) => settle(before(earlier), after(later), at, 1_000);
const gap = (earlier: string, later: string) =>
  lossOfConnectivity(after(later), at, 1_000, settling(earlier, later));

describe("the sites that serve a stream", () => {
  it.each([
    ["LLLL", ["L"]],
    ["LLLN", ["N"]],
    ["LNLNLN", ["L", "N"]],
    ["LNTLNT", ["L", "N", "T"]],
    ["LLLNTNTN", ["N", "T"]],
    ["L.N", ["N"]],
    ["LLL.", []],
    ["", null],
  ])("of %s are %j", (letters, sites) => {
    expect(servingSites(samples(letters))).toEqual(sites);
  });

  it("forget a site of long ago", () => {
    expect(servingSites(samples(`N${"L".repeat(100)}`))).toEqual(["L"]);
  });
});

describe("a stream", () => {
  it("is undisturbed while the same site answers", () => {
    expect(settling("LLLL", "LLLL")).toMatchObject({ state: "undisturbed", settled: null });
    expect(settling("LNLN", "LNLN")).toMatchObject({ state: "undisturbed" });
    expect(settling("LLLL", "")).toMatchObject({ state: "undisturbed", after: ["L"] });
  });

  it("has not settled while no site answers at the end", () => {
    expect(settling("LLLL", "LL..")).toMatchObject({ state: "unfinished", after: [], settled: null });
    expect(gap("LLLL", "LL..")).toEqual({ value: 2_000, low: 1_000, high: 1_000_000 - 1_400 });
  });

  it("settles where the last disturbance ends", () => {
    // Lost at 0.4 and 1.4 ms, New York at 2.4 ms, London again at 3.4 ms, New York for good at 4.4 ms.
    expect(settling("LLLL", `..NL${"N".repeat(64)}`)).toMatchObject({
      first: { value: 2_400, low: 1_400 },
      settled: { value: 4_400, low: 3_400, high: 4_400 },
    });
  });

  it("that comes back to its site after a loss converges with the first answer", () => {
    expect(settling("LLLL", "L..LL")).toMatchObject({
      state: "converged",
      first: { value: 3_400, low: 2_400 },
      settled: { value: 3_400, low: 2_400 },
    });
  });

  it("that a second site joins converges with the first answer of that one", () => {
    expect(settling("LLLL", "LLNLNL")).toMatchObject({ settled: { value: 2_400, low: 1_400 } });
  });

  it("that one of two sites leaves converges when that one has answered for the last time", () => {
    expect(settling("LNLN", "LNNNN")).toMatchObject({ settled: { value: 1_400, low: 400 } });
  });
});

describe("the loss of connectivity", () => {
  it("adds up the loss periods, each with its own uncertainty", () => {
    // Two periods of two packets: at least 1 ms, at most 3 ms each.
    expect(gap("LLLL", "L..L..NN")).toEqual({ value: 4_000, low: 2_000, high: 6_000 });
  });

  it("does not begin before the event", () => {
    expect(gap("LLLL", "..NN")).toEqual({ value: 2_000, low: 1_000, high: 2_400 });
  });

  it("allows for a gap at every seamless move", () => {
    expect(gap("LLLL", `LNNLL${"N".repeat(64)}`)).toEqual({ value: 0, low: 0, high: 3_000 });
  });

  it("allows for no gap between sites that share a stream", () => {
    expect(gap("LNLN", "LNLN.NLNL")).toEqual({ value: 1_000, low: 0, high: 2_000 });
  });
});
