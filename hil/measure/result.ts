/**
 * The result of a scenario: what every face of the report shows, and the JSON that `--json` writes.
 * Times are microseconds. A change of meaning or shape changes `REPORT_SCHEMA`.
 *
 * RFC 6412 tells figures of one route from figures over all routes of the router under test, and so does this file. A route is one
 * client's way to one prefix. Several streams may sample it; the one with the closest packets stands for it. An `outcome` is one event as
 * one stream met it, a `convergence` is one event over all the routes of one router.
 */
import { z } from "zod";

export const REPORT_SCHEMA = "nearhop-report/1";

/** A measured time, and the interval that holds the true one (RFC 6413 sections 5.7 and 6): `low <= value <= high`. */
export const figure = z.object({ value: z.number(), low: z.number(), high: z.number() });

/**
 * A figure over those repeats of a scenario that have it: a route that an event did not disturb has a gap of 0, and no time to settle. `low` and `high` are the ends of the widest accuracy interval; `rsd` is the relative
 * standard deviation, 0.1 for 10 %.
 */
export const summary = z.object({
  repeats: z.number().int(),
  min: z.number(),
  median: z.number(),
  p99: z.number(),
  max: z.number(),
  rsd: z.number(),
  low: z.number(),
  high: z.number(),
});

/**
 * What became of a stream or a router after an event: nothing happened to it; it settled; or it had not settled when the next
 * event came or the run ended.
 */
export const settlement = z.enum(["undisturbed", "converged", "unfinished"]);

/** RFC 6413 section 7: a failure and its like, or the return to the site where the stream began. */
export const direction = z.enum(["initial", "reversion"]);

/** Whether the settled state was watched for the whole Sustained Convergence Validation Time (RFC 6412 section 3.7.5). */
export const sustained = z.object({ window: z.number(), watched: z.number(), held: z.boolean() });

export const transport = z.enum(["udp", "tcp"]);

/** Where packets were lost, and why. */
export const loss = z.object({
  at: z.enum(["router", "network", "link", "site"]),
  detail: z.string(),
  packets: z.number().int(),
});

/** One stream of packets: packet n is sent at `start + n * interval`. */
export const stream = z.object({
  client: z.string(),
  router: z.string(),
  prefix: z.string(),
  transport,
  start: z.number(),
  interval: z.number(),
  packets: z.number().int(),
  /** Stands for its route, the client's way to the prefix, in figures over all routes. */
  representative: z.boolean(),
});

/** One event as one stream met it. */
export const outcome = z.object({
  event: z.string(),
  /** Place in `streams`, whose names are repeated here. */
  stream: z.number().int(),
  client: z.string(),
  router: z.string(),
  prefix: z.string(),
  transport,
  state: settlement,
  direction,
  /** The site that answered, several joined by " + " where streams are spread, or null where none did. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  roundTripBefore: z.number().nullable(),
  roundTripAfter: z.number().nullable(),
  /** Route-Specific Convergence Time (RFC 6412 section 3.6.3): event to the first packet of the settled state. */
  routeSpecific: figure.nullable(),
  /** Route Loss of Connectivity Period (RFC 6412 section 3.6.5): the gap. Null where undisturbed. */
  lossOfConnectivity: figure.nullable(),
  sustained: sustained.nullable(),
  /** Packets sent from this event to the next. `sent = delivered + lost - duplicated`. */
  queries: z.object({
    sent: z.number().int(),
    delivered: z.number().int(),
    lost: z.number().int(),
    duplicated: z.number().int(),
    /** Type-P-Reordered (RFC 4737 section 3.3) among the answers that the client received in this time. */
    reordered: z.number().int(),
  }),
  losses: z.array(loss),
  /** Conversations that the event met: `open = kept + moved + homeDied`. And those that could not begin after it. */
  sessions: z.object({
    open: z.number().int(),
    kept: z.number().int(),
    moved: z.number().int(),
    homeDied: z.number().int(),
    neverBegan: z.number().int(),
  }),
});

/** One event over all the routes of one router that it disturbed. Figures are null where a route had not settled. */
export const convergence = z.object({
  event: z.string(),
  router: z.string(),
  state: settlement,
  direction,
  /** Routes of the router that streams sample, and those of them that the event disturbed. */
  routes: z.number().int(),
  disturbed: z.number().int(),
  /** From the event to when word (or the silence) of it reached the router; null if it never did. Part of every time below. */
  propagation: z.number().nullable(),
  /** RFC 6412 sections 3.6.2 and 3.6.1. */
  firstRoute: figure.nullable(),
  full: figure.nullable(),
  /** RFC 6412 sections 3.6.4 and 3.6.6: averages over the disturbed routes. */
  lossDerived: figure.nullable(),
  lossDerivedLossOfConnectivity: figure.nullable(),
  sustained: sustained.nullable(),
});

export const expectation = z.object({
  /** A sentence: "after London withdraws, paris-office reaches New York". */
  text: z.string(),
  expected: z.string(),
  found: z.string(),
  pass: z.boolean(),
  /** Where the scenario states it. */
  line: z.number().int(),
});

export const target = z.object({
  router: z.string(),
  target: z.string(),
  board: z.string(),
  buildHash: z.string(),
  clock: z.enum(["virtual", "emulated", "device"]),
  /** Ticks a second of the counter that times repairs. */
  tickRate: z.number(),
});

export const event = z.object({
  id: z.string(),
  time: z.number(),
  kind: z.string(),
  text: z.string(),
  seenBy: z.array(z.object({ router: z.string(), time: z.number() })),
});

/** What the router timed of its own work after an event. */
export const repair = z.object({
  router: z.string(),
  event: z.string(),
  time: z.number(),
  groups: z.number().int(),
  repair: figure,
  sets: z.number().int(),
  reselect: figure,
  prefixes: z.number().int(),
  /** False where the clock stands still while the core computes, so that the two times above say nothing. */
  timed: z.boolean(),
});

export const load = z.object({
  site: z.string(),
  from: z.number(),
  to: z.number(),
  offered: z.number(),
  served: z.number(),
  capacity: z.number().nullable(),
});

/** The figures that are summed up over the repeats. */
export const statisticName = z.enum([
  "firstRoute",
  "full",
  "lossDerived",
  "lossDerivedLossOfConnectivity",
  "routeSpecific",
  "lossOfConnectivity",
  "lost",
  "sessionsBroken",
]);

/** Of a stream's figure, or with `stream` null of one over all routes of the router. */
export const statistic = z.object({
  event: z.string(),
  router: z.string(),
  stream: z.number().int().nullable(),
  figure: statisticName,
  summary,
});

export const report = z.object({
  schema: z.literal(REPORT_SCHEMA),
  generator: z.string(),
  scenario: z.object({ name: z.string(), title: z.string(), description: z.string() }),
  targets: z.array(target),
  seed: z.number().int(),
  /** Outcomes, convergence, repairs, loads and timeline show the first repeat; `statistics` covers all of them. */
  repeats: z.number().int(),
  verdict: z.enum(["pass", "fail"]),
  duration: z.number(),
  method: z.object({
    basis: z.string(),
    /** Sustained Convergence Validation Time (RFC 6412 section 3.7.5). */
    sustainedWindow: z.number(),
    /** Of RFC 6412 section 3.7.6; null: an answer counts however late it comes. */
    forwardingDelayThreshold: z.number().nullable(),
  }),
  /** The finest time that this run can claim, microseconds, and why. */
  resolution: z.object({ value: z.number(), reason: z.string() }),
  /** How far the router was behind its schedule at most; every accuracy interval is widened by it. */
  lateness: z.number(),
  expectations: z.array(expectation),
  /** Every site that answered or was loaded, in the order in which they first appear. */
  sites: z.array(z.string()),
  streams: z.array(stream),
  /** Before the first event: which site each client reaches. */
  catchments: z.array(
    z.object({
      client: z.string(),
      router: z.string(),
      prefix: z.string(),
      site: z.string().nullable(),
      roundTrip: z.number().nullable(),
    }),
  ),
  events: z.array(event),
  convergence: z.array(convergence),
  outcomes: z.array(outcome),
  repairs: z.array(repair),
  loads: z.array(load),
  statistics: z.array(statistic),
  /** Per stream, its runs of packets with the same fate: what pictures are drawn from, and two targets are compared by. */
  timeline: z.array(
    z.object({
      stream: z.number().int(),
      spans: z.array(
        z.object({
          from: z.number(),
          to: z.number(),
          packets: z.number().int(),
          site: z.string().nullable(),
          /** The neighbor by which the router sent them on, or null where it dropped them. */
          neighbor: z.string().nullable(),
          loss: loss.pick({ at: true, detail: true }).nullable(),
          roundTrip: z.number().nullable(),
        }),
      ),
    }),
  ),
});

export type Figure = z.infer<typeof figure>;
export type Summary = z.infer<typeof summary>;
export type Settlement = z.infer<typeof settlement>;
export type Sustained = z.infer<typeof sustained>;
export type Loss = z.infer<typeof loss>;
export type Stream = z.infer<typeof stream>;
export type Outcome = z.infer<typeof outcome>;
export type Convergence = z.infer<typeof convergence>;
export type Expectation = z.infer<typeof expectation>;
export type TargetInfo = z.infer<typeof target>;
export type RepairResult = z.infer<typeof repair>;
export type Statistic = z.infer<typeof statistic>;
export type StatisticName = z.infer<typeof statisticName>;
export type Report = z.infer<typeof report>;
