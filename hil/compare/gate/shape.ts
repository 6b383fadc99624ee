/** What became worse, and what better, from a baseline to a later measurement of the same. */
import { z } from "zod";
import { ratedFigure } from "../../measure/rated.js";
import { figure } from "../../measure/result.js";

export const GATE_SCHEMA = "nearhop-gate/1";

const side = z.object({
  /** As messages call the file. */
  name: z.string(),
  generator: z.string(),
});

/** Two intervals that do not meet: no true value lies in both. */
const change = ratedFigure
  .pick({ name: true, unit: true, better: true })
  .extend({ baseline: figure, latest: figure });

export const gate = z.object({
  schema: z.literal(GATE_SCHEMA),
  /** What was measured, and on what. */
  subject: z.string(),
  baseline: side,
  latest: side,
  /** Nothing became worse, and nothing that the baseline has is missing. */
  holds: z.boolean(),
  /** Nothing was left to chance between the two. Else, as of runs with other seeds, medians and shares are compared, with 99 % confidence. */
  paired: z.boolean(),
  /** How many figures both have. */
  compared: z.number().int(),
  worse: z.array(change),
  better: z.array(change),
  /** Names of the baseline's figures that the latest has not. */
  gone: z.array(z.string()),
});

export type Change = z.infer<typeof change>;
export type Gate = z.infer<typeof gate>;
