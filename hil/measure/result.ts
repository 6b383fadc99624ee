/**
 * The result of a scenario: what every face of the report shows, and the JSON that `--json` writes.
 * Times are microseconds. A change of meaning or shape changes `REPORT_SCHEMA`.
 *
 * RFC 6412 tells figures of one route from figures over all routes of the router under test, and so does this file. A route is one
 * client's way to one prefix. Several streams may sample it; the one with the closest packets stands for it. An `outcome` is one event as
 * one stream met it, a `convergence` is one event over all the routes of one router.
 */
import { z } from "zod";

export const REPORT_SCHEMA = "nearhop-report/2";

/** A measured time, and the interval that holds the true one (RFC 6413 sections 5.7 and 6): `low <= value <= high`. */
export const figure = z.object({ value: z.number(), low: z.number(), high: z.number() });

/**
 * A figure over all that have it: an event that comes again and again in a flap has one for each time, and all of that in every repeat. The
 * least, the middle, the 99th of a hundred and the greatest are figures too: their ends are those of the lower and of the upper ends alike.
 */
export const spread = z.object({
  /** How many figures they are. */
  count: z.number().int(),
  min: figure,
  median: figure,
  p99: figure,
  max: figure,
  /** Relative standard deviation of the values: 0.1 for 10 %. */
  rsd: z.number(),
  /** Holds the median of ever more repeats with 99 % confidence, whatever their phases. */
  confidence: z.object({ low: z.number(), high: z.number() }),
});

/** How often a value lay where: bar n counts those from `(first + n) * width` on, and below the next bar. */
export const histogram = z.object({
  /** No finer than what the figure resolves. */
  width: z.number(),
  first: z.number().int(),
  counts: z.array(z.number().int()),
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

/**
 * Failover Time (RFC 6414 section 3.5.3), or after a return the Reversion Time (3.5.4), by the Timestamp-Based Method (3.6.3): between the
 * last packet before and the first one after that were answered once and in order. And what befell the packets between the two.
 */
export const failover = z.object({
  time: figure,
  /** For want of a route: Failover Packet Loss (3.5.1), Reversion Packet Loss (3.5.2). */
  lost: z.number().int(),
  reordered: z.number().int(),
  duplicated: z.number().int(),
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
  /** Of a failure or of a return, as `direction` says. Null unless converged. */
  failover: failover.nullable(),
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
  /** From the event to what the router did first upon it, read off its clock; null where it did nothing. */
  detection: figure.nullable(),
  /** RFC 6412 sections 3.6.2 and 3.6.1. */
  firstRoute: figure.nullable(),
  full: figure.nullable(),
  /** RFC 6412 sections 3.6.4 and 3.6.6: averages over the disturbed routes. */
  lossDerived: figure.nullable(),
  lossDerivedLossOfConnectivity: figure.nullable(),
  /** The longest of the routes'. */
  failover: figure.nullable(),
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
  /** Id of the first event of its flap that does the same; its own where it does not come again and again. */
  like: z.string(),
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

/** A neighbor of a router, or its route to `prefix`, was a last resort for a while after it had come back. */
export const held = z.object({
  router: z.string(),
  /** The event with which it came back. */
  event: z.string(),
  neighbor: z.string(),
  /** Null for the neighbor itself, with all its routes. */
  prefix: z.string().nullable(),
  reason: z.enum(["waiting", "suppressed"]),
  from: z.number(),
  /** Null where it lasted to the end. */
  to: z.number().nullable(),
});

export const load = z.object({
  site: z.string(),
  from: z.number(),
  to: z.number(),
  offered: z.number(),
  served: z.number(),
  capacity: z.number().nullable(),
});

/** Figures of one router: over its routes, and of its own work. */
export const routerFigure = z.enum([
  "firstRoute",
  "full",
  "lossDerived",
  "lossDerivedLossOfConnectivity",
  "failover",
  "detection",
  /** What the router was at work for upon one event, all its repairs and all its selections anew together. */
  "repair",
  "reselect",
]);

export const streamFigure = z.enum([
  "routeSpecific",
  "lossOfConnectivity",
  "failover",
  /** Packets: lost between the two that a failover's time is between; lost and reordered until the next event. */
  "failoverLoss",
  "lost",
  "reordered",
  "sessionsBroken",
]);

/** A figure over all times that an event came, in all repeats. */
export const statistic = z.object({
  /** The first of the events that are like it. */
  event: z.string(),
  router: z.string(),
  /** Null for a figure of the router. */
  stream: z.number().int().nullable(),
  figure: z.enum([...routerFigure.options, ...streamFigure.options]),
  /** A return where all were that the event disturbed. */
  direction,
  /** The finest that a value can claim: 1 of what is counted. */
  resolution: z.number(),
  spread,
  histogram,
});

/** What an event did to a client, all times that it came in all repeats added up. */
export const tally = z.object({
  /** The first of the events that are like it. */
  event: z.string(),
  client: z.string(),
  router: z.string(),
  direction,
  /** Its routes, one each time: those that the event disturbed, that settled, and that stayed so for the Sustained Convergence Validation Time. */
  routes: z.object({
    met: z.number().int(),
    disturbed: z.number().int(),
    converged: z.number().int(),
    sustained: z.number().int(),
  }),
  /** Of UDP streams alone. */
  queries: outcome.shape.queries,
  sessions: outcome.shape.sessions,
});

export const report = z.object({
  schema: z.literal(REPORT_SCHEMA),
  generator: z.string(),
  scenario: z.object({ name: z.string(), title: z.string(), description: z.string() }),
  targets: z.array(target),
  seed: z.number().int(),
  /** Outcomes, convergence, repairs, loads and timeline show the first repeat; `statistics` and `tallies` cover all of them. */
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
  holds: z.array(held),
  loads: z.array(load),
  statistics: z.array(statistic),
  tallies: z.array(tally),
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
export type Spread = z.infer<typeof spread>;
export type Histogram = z.infer<typeof histogram>;
export type Failover = z.infer<typeof failover>;
export type Settlement = z.infer<typeof settlement>;
export type Sustained = z.infer<typeof sustained>;
export type Loss = z.infer<typeof loss>;
export type Stream = z.infer<typeof stream>;
export type Outcome = z.infer<typeof outcome>;
export type Convergence = z.infer<typeof convergence>;
export type Expectation = z.infer<typeof expectation>;
export type TargetInfo = z.infer<typeof target>;
export type HeldResult = z.infer<typeof held>;
export type RepairResult = z.infer<typeof repair>;
export type Statistic = z.infer<typeof statistic>;
export type RouterFigure = z.infer<typeof routerFigure>;
export type StreamFigure = z.infer<typeof streamFigure>;
export type Tally = z.infer<typeof tally>;
export type Report = z.infer<typeof report>;
