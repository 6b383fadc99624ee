import { describe, expect, it } from "vitest";
import { Zipf } from "../../../host/tables/zipf.js";

describe("Zipf's law", () => {
  it("gives the first of two ranks to two thirds of all numbers", () => {
    const zipf = new Zipf(2);
    const third = Math.floor(2 ** 32 / 3);
    expect([0, 1, third, 2 * third].map(value => zipf.rank(value))).toEqual([0, 0, 0, 0]);
    expect([2 * third + 2, 2 ** 32 - 1].map(value => zipf.rank(value))).toEqual([1, 1]);
  });

  it("gives every rank, each to fewer numbers than the one before", () => {
    const zipf = new Zipf(50);
    const counts = new Array<number>(50).fill(0);
    for (let i = 0; i < 100_000; i++) counts[zipf.rank(Math.floor((i / 100_000) * 2 ** 32))]!++;
    expect(counts.every(count => count > 0)).toBe(true);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it("knows one rank only where there is but one", () => {
    expect([0, 2 ** 32 - 1].map(value => new Zipf(1).rank(value))).toEqual([0, 0]);
  });
});
