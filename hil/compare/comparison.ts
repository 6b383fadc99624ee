/**
 * In what two reports of one scenario differ, that was played with one seed on two targets, A and B. Times are microseconds of device
 * time. Lists hold differences alone: where all are empty, the two agree.
 */
import type { Figure, Report, TargetInfo } from "../measure/result.js";

export const COMPARISON_SCHEMA = "nearhop-comparison/1";

export interface Comparison {
  schema: typeof COMPARISON_SCHEMA;
  scenario: Pick<Report["scenario"], "name" | "title">;
  seed: number;
  repeats: number;
  a: Side;
  b: Side;
  agree: boolean;
  /** How much was compared. Traces, repairs, sites and figures are those of the first repeat; `statistics` stand for all. */
  compared: { streams: number; packets: number; repairs: number; figures: number; expectations: number };
  traces: TraceDifference[];
  repairs: RepairDifference[];
  sites: SiteDifference[];
  figures: FigureDifference[];
  expectations: ExpectationDifference[];
  /** Routers whose repairs are not compared by their times, as their clocks are not of one kind. */
  unlikeClocks: { router: string; a: string; b: string }[];
}

export interface Side {
  /** As messages call the report. */
  name: string;
  generator: string;
  targets: TargetInfo[];
  verdict: Report["verdict"];
  /** Widens the intervals of the figures, and is no figure itself. */
  lateness: number;
}

/** What became of a packet: where the router sent it, and what it met there. */
export type Fate = Pick<
  Report["timeline"][number]["spans"][number],
  "site" | "neighbor" | "loss" | "roundTrip"
>;

/** The first packet of a stream that met another fate. */
export interface TraceDifference {
  /** Place in `streams` of both reports. */
  stream: number;
  client: string;
  router: string;
  prefix: string;
  /** Number of the packet, and when it was sent. */
  packet: number;
  time: number;
  /** Null where that target did not send it. */
  a: Fate | null;
  b: Fate | null;
  /** How many packets of the stream met another fate, all in all. */
  packets: number;
}

/** What a router did when it repaired, without how long it took. */
export type Deed = Pick<Report["repairs"][number], "event" | "time" | "groups" | "sets" | "prefixes">;

/** The first repair of a router that is another. */
export interface RepairDifference {
  router: string;
  /** The earlier of the two. */
  time: number;
  /** Null where that target repaired nothing more. */
  a: Deed | null;
  b: Deed | null;
}

/** Sites that served a client before and after an event. */
export interface SiteDifference {
  event: string;
  time: number;
  client: string;
  router: string;
  prefix: string;
  a: { before: string | null; after: string | null };
  b: { before: string | null; after: string | null };
}

/** What a figure is about. */
export interface About {
  /** Null for the load of a site. */
  event: string | null;
  time: number;
  router: string | null;
  /** Place in `streams`, and its client; null for one over all routes of the router. */
  stream: number | null;
  client: string | null;
  site: string | null;
  figure: string;
}

/** Two intervals that do not meet: no true value lies in both. A count is an interval of one point. */
export interface FigureDifference extends About {
  /** Null where that target has no such figure. */
  a: Figure | null;
  b: Figure | null;
}

export interface ExpectationDifference {
  text: string;
  line: number;
  a: { pass: boolean; found: string };
  b: { pass: boolean; found: string };
}
