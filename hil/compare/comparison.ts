/**
 * In what two reports of one scenario differ, that was played with one seed on two targets, A and B. Times are microseconds of device
 * time. Lists hold differences alone: where all are empty, the two agree. A change of meaning or shape changes `COMPARISON_SCHEMA`.
 */
import { z } from "zod";
import { figure, repair, report, target } from "../measure/result.js";

export const COMPARISON_SCHEMA = "nearhop-comparison/1";

const side = z.object({
  /** As messages call the report. */
  name: z.string(),
  generator: z.string(),
  targets: z.array(target),
  verdict: report.shape.verdict,
  /** Widens the intervals of the figures, and is no figure itself. */
  lateness: z.number(),
});

/** What became of a packet: where the router sent it, and what it met there. */
const fate = report.shape.timeline.element.shape.spans.element.pick({
  site: true,
  neighbor: true,
  loss: true,
  roundTrip: true,
});

/** The first packet of a stream that met another fate. */
const traceDifference = z.object({
  /** Place in `streams` of both reports. */
  stream: z.number().int(),
  client: z.string(),
  router: z.string(),
  prefix: z.string(),
  /** Number of the packet, and when it was sent. */
  packet: z.number().int(),
  time: z.number(),
  /** Null where that target did not send it. */
  a: fate.nullable(),
  b: fate.nullable(),
  /** How many packets of the stream met another fate, all in all. */
  packets: z.number().int(),
});

/** What a router did when it repaired, without how long it took. */
const deed = repair.pick({ event: true, time: true, groups: true, sets: true, prefixes: true });

/** The first repair of a router that is another. */
const repairDifference = z.object({
  router: z.string(),
  /** The earlier of the two. */
  time: z.number(),
  /** Null where that target repaired nothing more. */
  a: deed.nullable(),
  b: deed.nullable(),
});

const move = z.object({ before: z.string().nullable(), after: z.string().nullable() });

/** Sites that served a client before and after an event. */
const siteDifference = z.object({
  event: z.string(),
  time: z.number(),
  client: z.string(),
  router: z.string(),
  prefix: z.string(),
  a: move,
  b: move,
});

/** What a figure is about. */
const about = z.object({
  /** Null for the load of a site. */
  event: z.string().nullable(),
  time: z.number(),
  router: z.string().nullable(),
  /** Place in `streams`, and its client; null for one over all routes of the router. */
  stream: z.number().int().nullable(),
  client: z.string().nullable(),
  site: z.string().nullable(),
  figure: z.string(),
});

/** Two intervals that do not meet: no true value lies in both. A count is an interval of one point. */
const figureDifference = about.extend({
  /** Null where that target has no such figure. */
  a: figure.nullable(),
  b: figure.nullable(),
});

const judgement = z.object({ pass: z.boolean(), found: z.string() });

const expectationDifference = z.object({
  text: z.string(),
  line: z.number().int(),
  a: judgement,
  b: judgement,
});

export const comparison = z.object({
  schema: z.literal(COMPARISON_SCHEMA),
  scenario: report.shape.scenario.pick({ name: true, title: true }),
  seed: z.number().int(),
  repeats: z.number().int(),
  a: side,
  b: side,
  agree: z.boolean(),
  /** How much was compared. Traces, repairs, sites and figures are those of the first repeat; `statistics` stand for all. */
  compared: z.object({
    streams: z.number().int(),
    packets: z.number().int(),
    repairs: z.number().int(),
    figures: z.number().int(),
    expectations: z.number().int(),
  }),
  traces: z.array(traceDifference),
  repairs: z.array(repairDifference),
  sites: z.array(siteDifference),
  figures: z.array(figureDifference),
  expectations: z.array(expectationDifference),
  /** Routers whose repairs are not compared by their times, as their clocks are not of one kind. */
  unlikeClocks: z.array(z.object({ router: z.string(), a: z.string(), b: z.string() })),
});

export type Side = z.infer<typeof side>;
export type Fate = z.infer<typeof fate>;
export type TraceDifference = z.infer<typeof traceDifference>;
export type Deed = z.infer<typeof deed>;
export type RepairDifference = z.infer<typeof repairDifference>;
export type SiteDifference = z.infer<typeof siteDifference>;
export type About = z.infer<typeof about>;
export type FigureDifference = z.infer<typeof figureDifference>;
export type ExpectationDifference = z.infer<typeof expectationDifference>;
export type Comparison = z.infer<typeof comparison>;
