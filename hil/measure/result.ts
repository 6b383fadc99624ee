/**
 * The result of a scenario: what every face of the report shows, and the JSON that `--json` writes.
 * Times are microseconds. A change of meaning or shape changes `REPORT_SCHEMA`.
 */
import { z } from "zod";

export const REPORT_SCHEMA = "nearhop-report/1";

/** A measured time and the interval in which the truth lies, given the sampling (RFC 6412 section 6.2.1: packet sampling interval). */
export const figure = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** Over the repeats of a scenario. `rsd` is the relative standard deviation, 0.1 for 10 %. */
export const summary = z.object({
  repeats: z.number().int(),
  min: z.number(),
  median: z.number(),
  p99: z.number(),
  max: z.number(),
  rsd: z.number(),
});

/** Convergence figures, adapted from RFC 6412 section 3 and RFC 6413. Null where the event did not disturb the client. */
export const convergence = z.object({
  firstRoute: figure.nullable(),
  full: figure.nullable(),
  routeSpecific: figure.nullable(),
  lossDerived: figure.nullable(),
  lossOfConnectivity: figure.nullable(),
  lossDerivedLossOfConnectivity: figure.nullable(),
  /** Whether delivery then held for `window` without another loss or move, as far as it was watched. */
  sustained: z.object({ window: z.number(), watched: z.number(), held: z.boolean() }).nullable(),
});

/** One event as one client met it on one prefix. */
export const outcome = z.object({
  event: z.string(),
  client: z.string(),
  router: z.string(),
  prefix: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  roundTripBefore: z.number().nullable(),
  roundTripAfter: z.number().nullable(),
  convergence,
  queries: z.object({ sent: z.number(), lost: z.number(), duplicated: z.number(), reordered: z.number() }),
  /** Conversations open when the event came. */
  sessions: z.object({ open: z.number(), kept: z.number(), moved: z.number(), homeDied: z.number() }),
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

export const report = z.object({
  schema: z.literal(REPORT_SCHEMA),
  generator: z.string(),
  scenario: z.object({ name: z.string(), title: z.string(), description: z.string() }),
  targets: z.array(
    z.object({
      router: z.string(),
      target: z.string(),
      board: z.string(),
      buildHash: z.string(),
      clock: z.enum(["virtual", "device"]),
      tickRate: z.number(),
    }),
  ),
  seed: z.number().int(),
  repeats: z.number().int(),
  verdict: z.enum(["pass", "fail"]),
  duration: z.number(),
  /** The finest time that this run can claim, microseconds, and why. */
  resolution: z.object({ value: z.number(), reason: z.string() }),
  expectations: z.array(expectation),
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
  events: z.array(
    z.object({
      id: z.string(),
      time: z.number(),
      kind: z.string(),
      text: z.string(),
      seenBy: z.array(z.object({ router: z.string(), time: z.number() })),
    }),
  ),
  outcomes: z.array(outcome),
  repairs: z.array(
    z.object({
      router: z.string(),
      event: z.string(),
      time: z.number(),
      groups: z.number(),
      repair: figure,
      sets: z.number(),
      reselect: figure,
      prefixes: z.number(),
    }),
  ),
  loads: z.array(
    z.object({
      site: z.string(),
      from: z.number(),
      to: z.number(),
      offered: z.number(),
      served: z.number(),
      capacity: z.number().nullable(),
    }),
  ),
  /** Per event, client, prefix and figure, over all repeats. */
  statistics: z.array(
    z.object({
      event: z.string(),
      client: z.string(),
      prefix: z.string(),
      figure: z.string(),
      summary,
    }),
  ),
  /** What the timeline picture is drawn from. */
  timeline: z.array(
    z.object({
      client: z.string(),
      router: z.string(),
      prefix: z.string(),
      transport: z.enum(["udp", "tcp"]),
      spans: z.array(
        z.object({
          from: z.number(),
          to: z.number(),
          packets: z.number(),
          site: z.string().nullable(),
          loss: z.string().nullable(),
          roundTrip: z.number().nullable(),
        }),
      ),
    }),
  ),
  lateness: z.number(),
});

export type Figure = z.infer<typeof figure>;
export type Summary = z.infer<typeof summary>;
export type Convergence = z.infer<typeof convergence>;
export type Outcome = z.infer<typeof outcome>;
export type Expectation = z.infer<typeof expectation>;
export type Report = z.infer<typeof report>;
