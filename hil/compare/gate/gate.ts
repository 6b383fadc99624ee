/** A baseline and a later measurement of the same: reports of one scenario on one kind of target, or files of a benchmark's figures. */
import { InputError } from "../../../host/input-error.js";
import type { RatedFigures } from "../../measure/rated.js";
import type { Report } from "../../measure/result.js";
import { unlikeClocks } from "../clocks.js";
import { checkSame, isSameRun, type NamedReport } from "../comparable.js";
import { judge } from "./judge.js";
import { isOfDisturbed, reportFigures } from "./report-figures.js";
import { GATE_SCHEMA, type Gate } from "./shape.js";

export interface NamedFigures {
  /** As messages call them. */
  name: string;
  figures: RatedFigures;
}

/** Whether both ran on targets of the same kind, so that one can be the baseline of the other. */
export function isBaseline(baseline: Report, latest: Report): boolean {
  return baseline.targets.length === latest.targets.length && unlikeClocks(baseline, latest).length === 0;
}

/** Throws an InputError where they are of different scenarios. */
export function gateReports(one: NamedReport, other: NamedReport): Gate {
  checkSame("scenario", one, other);
  const [baseline, latest] = [one.report, other.report];
  const paired = isSameRun(baseline, latest) && !isLeftToChance(baseline) && !isLeftToChance(latest);
  const after = reportFigures(latest, paired);
  const known = new Set(after.map(({ name }) => name));
  // The latest run has no times of what its events left alone, nor of others medians of too few values. Where it was disturbed, it has them.
  const isExpected = paired ? isOfDisturbed(latest) : () => false;
  const before = reportFigures(baseline, paired).filter(
    ({ name, unit }) => unit !== "us" || known.has(name) || isExpected(name),
  );
  return {
    schema: GATE_SCHEMA,
    subject: `${baseline.scenario.title} (${baseline.scenario.name}) on ${targetsName(latest)}`,
    baseline: { name: one.name, generator: baseline.generator },
    latest: { name: other.name, generator: latest.generator },
    paired,
    ...judge(before, after),
  };
}

/** Silicon has its own phases each time. */
function isLeftToChance({ targets }: Report): boolean {
  return targets.some(({ clock }) => clock === "device");
}

function targetsName({ targets }: Report): string {
  return [...new Set(targets.map(({ target, board, clock }) => `${target} (${board}, ${clock} clock)`))].join(
    ", ",
  );
}

/** Throws an InputError where they are of different subjects. */
export function gateFigures(one: NamedFigures, other: NamedFigures): Gate {
  const [baseline, latest] = [one.figures, other.figures];
  if (baseline.subject !== latest.subject) {
    const expected = `figures of ${JSON.stringify(baseline.subject)} as in ${one.name}`;
    throw new InputError({ file: other.name }, expected, JSON.stringify(latest.subject));
  }
  return {
    schema: GATE_SCHEMA,
    subject: baseline.subject,
    baseline: { name: one.name, generator: baseline.generator },
    latest: { name: other.name, generator: latest.generator },
    paired: true,
    ...judge(baseline.figures, latest.figures),
  };
}
