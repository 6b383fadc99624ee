/**
 * Two reports of one run on two targets, side by side: the fate of every packet, every repair, and what follows from them. A target adds
 * nothing of its own to what a scenario shows but the time that its processor takes, so any other difference is a fault of one of them.
 */
import type { Report } from "../measure/result.js";
import { unlikeClocks } from "./clocks.js";
import { checkSame, type NamedReport } from "./comparable.js";
import { COMPARISON_SCHEMA, type Comparison, type ExpectationDifference, type Side } from "./comparison.js";
import { figuresApart } from "./figures.js";
import { repairsApart } from "./repairs.js";
import { sitesApart } from "./sites.js";
import { tracesApart } from "./traces.js";

/** Throws an InputError where the two are of different runs. */
export function compare(one: NamedReport, other: NamedReport): Comparison {
  checkSame("run", one, other);
  const [a, b] = [one.report, other.report];
  const unlike = unlikeClocks(a, b);
  const figures = figuresApart(a, b, router => unlike.every(clock => clock.router !== router));
  const differences = {
    traces: tracesApart(a, b),
    repairs: repairsApart(a, b),
    sites: sitesApart(a, b),
    figures: figures.apart,
    expectations: expectationsApart(a, b),
  };
  return {
    schema: COMPARISON_SCHEMA,
    scenario: { name: a.scenario.name, title: a.scenario.title },
    seed: a.seed,
    repeats: a.repeats,
    a: sideOf(one),
    b: sideOf(other),
    agree: Object.values(differences).every(list => list.length === 0),
    compared: {
      streams: a.streams.length,
      packets: a.streams.reduce((sum, { packets }) => sum + packets, 0),
      repairs: a.repairs.length,
      figures: figures.compared,
      expectations: a.expectations.length,
    },
    ...differences,
    unlikeClocks: unlike,
  };
}

function sideOf({ name, report: { generator, targets, verdict, lateness } }: NamedReport): Side {
  return { name, generator, targets, verdict, lateness };
}

/** What was found is told, but does not count: it may be written to the accuracy of its own target. */
function expectationsApart(a: Report, b: Report): ExpectationDifference[] {
  return a.expectations.flatMap(({ text, line, pass, found }, index) => {
    const other = b.expectations[index];
    if (other === undefined || other.pass === pass) return [];
    return { text, line, a: { pass, found }, b: { pass: other.pass, found: other.found } };
  });
}
