/**
 * Figures that can be told to be better or worse: what a baseline and a later measurement are judged by. A report has such figures in it;
 * a benchmark writes them as they are.
 */
import { z } from "zod";
import { figure } from "./result.js";

export const RATED_SCHEMA = "nearhop-figures/1";

/** A measured value, and the interval that holds the true one: `low <= value <= high`. */
export const ratedFigure = figure.extend({
  /** Names it among all that were measured together: "port down, 10000 prefixes: repair, p99". */
  name: z.string(),
  /** A share is 0 to 1; what is `held` is 1 where it held, and else 0. */
  unit: z.enum(["us", "ns", "cycles", "bytes", "count", "share", "held"]),
  better: z.enum(["lower", "higher"]),
});

/** A file of them, which may hold more than they need. */
export const ratedFigures = z.looseObject({
  schema: z.literal(RATED_SCHEMA),
  generator: z.string(),
  /** What was measured, and on what: only files of one subject are compared. */
  subject: z.string(),
  /** None would hold whatever came later. */
  figures: z.array(ratedFigure).min(1),
});

export type RatedFigure = z.infer<typeof ratedFigure>;
export type RatedFigures = z.infer<typeof ratedFigures>;
