import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figureOf } from "../../../hil/measure/figure.js";
import { histogramOf } from "../../../hil/measure/histogram.js";
import { spreadOf } from "../../../hil/measure/spread.js";

const exact = (value: number) => ({ value, low: value, high: value });
const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 300 });

describe("a spread", () => {
  it("gives median, nearest-rank p99 and relative standard deviation", () => {
    const found = spreadOf([4, 2, 8, 6].map(exact));
    expect(found).toMatchObject({
      count: 4,
      min: exact(2),
      median: exact(5),
      p99: exact(8),
      max: exact(8),
    });
    expect(found.rsd).toBeCloseTo(Math.sqrt(20 / 3) / 5);
    expect(spreadOf(Array.from({ length: 200 }, (_, i) => exact(i + 1))).p99.value).toBe(198);
    expect(spreadOf([exact(0)])).toMatchObject({ count: 1, rsd: 0 });
  });

  it("orders itself", () => {
    fc.assert(
      fc.property(values, some => {
        const { min, median, p99, max, rsd, confidence } = spreadOf(some.map(exact));
        const found = [min, median, p99, max].map(({ value }) => value);
        expect(found).toEqual(found.toSorted((a, b) => a - b));
        expect(rsd).toBeGreaterThanOrEqual(0);
        expect(confidence.low).toBeLessThanOrEqual(median.low);
        expect(confidence.high).toBeGreaterThanOrEqual(median.high);
      }),
    );
  });

  it("of figures holds that of the true values", () => {
    const measured = fc.record({
      truth: fc.integer({ min: 0, max: 1000 }),
      below: fc.integer({ min: 0, max: 100 }),
      above: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(measured, { minLength: 1 }), all => {
        const truth = spreadOf(all.map(one => exact(one.truth)));
        const found = spreadOf(
          all.map(one => figureOf(one.truth, one.truth - one.below, one.truth + one.above)),
        );
        for (const name of ["min", "median", "p99", "max"] as const) {
          expect(found[name].low).toBeLessThanOrEqual(truth[name].value);
          expect(found[name].high).toBeGreaterThanOrEqual(truth[name].value);
        }
      }),
    );
  });

  it("knows how far its median may be from that of ever more values", () => {
    // Of a hundred, at most 36 lie below the true median with a probability of 0.33 %, at most 37 with one of 0.6 %.
    const { confidence } = spreadOf(Array.from({ length: 100 }, (_, i) => exact(i)));
    expect(confidence).toEqual({ low: 36, high: 63 });
    expect(spreadOf([exact(1), exact(5)]).confidence).toEqual({ low: 1, high: 5 });
  });
});

describe("a histogram", () => {
  it("has bars no finer than the values resolve, each from its lower end on", () => {
    expect(histogramOf([20, 20, 21, 23], 1)).toEqual({ width: 1, first: 20, counts: [2, 1, 0, 1] });
    const many = new Array<number>(200_000).fill(7);
    expect(histogramOf(many, 1)).toEqual({ width: 1, first: 7, counts: [many.length] });
    expect(histogramOf([0, 999], 10)).toEqual({ width: 40, first: 0, counts: expect.any(Array) });
  });

  it("loses no value", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 1000 }), (some, resolution) => {
        const { width, first, counts } = histogramOf(some, resolution);
        expect(Math.log2(width / resolution) % 1).toBe(0);
        expect(counts.length).toBeLessThanOrEqual(40);
        for (const [i, count] of counts.entries()) {
          const [from, to] = [(first + i) * width, (first + i + 1) * width];
          expect(count).toBe(some.filter(value => value >= from && value < to).length);
        }
      }),
    );
  });
});
