/**
 * What queries and conversations lose when something happens to one of the sites that share a router's traffic, by how the router
 * shares it out:
 *
 * - plain: a flow's hash names one of 64 buckets, and a bucket belongs to a site. Only the buckets of a site that leaves move; of
 *   one that joins, as many as it gets, at once. (Modulo hashing, which moves nearly all, the router does not have.)
 * - resilient: the same, but a bucket moves to a site that joins only once it has been idle.
 * - pinned: plain, and established conversations stay with their site in a table of flows.
 */
import type { Target } from "../../../host/target/target.js";
import { exactly, greatest } from "../../measure/figure.js";
import type { Figure, Outcome, Spread } from "../../measure/result.js";
import { spreadOf } from "../../measure/spread.js";
import { type NamedEvent, namedEvents, routing, SITE } from "./events.js";
import {
  type HappeningOptions,
  happen,
  type Network,
  outcomesOf,
  resolutionOf,
  type Seen,
} from "./happenings.js";
import { scenarioOf } from "./scenario-of.js";

export const modes = ["plain", "resilient", "pinned"] as const;
export type Mode = (typeof modes)[number];

const BUCKETS = 64;

/** Conversations have a packet every 30 ms, so that a bucket is idle only between them. */
const FLOWS: Record<Mode, object> = {
  plain: {},
  resilient: { bucket_idle: "100ms" },
  pinned: { pinned: 256 },
};

const ROUTER = "Paris";
const SITES = [SITE, "Amsterdam", "Madrid", "Milan"];

/** All are as near as London, until its link costs less. */
const COST = 20;
const events = namedEvents(ROUTER, [COST, COST / 2]);

/** What happened until the next event, over all times. */
export interface Toll {
  /** UDP queries. */
  sent: number;
  lost: number;
  /** TCP conversations: open, those that broke as their packets reached another site, and those whose site died. */
  open: number;
  moved: number;
  died: number;
}

export interface Cell {
  event: string;
  mode: Mode;
  /** Upon the event, and upon what brings the traffic back. */
  there: Toll;
  back: Toll;
  /** Of each time, the longest that a query's flow was without an answer, upon the event; and the shortest that would be seen. */
  gap: Spread;
  resolution: number;
}

export async function matrix(target: Target, { onProgress, ...options }: HappeningOptions): Promise<Cell[]> {
  const cells: Cell[] = [];
  const total = events.length * modes.length;
  for (const event of events) {
    for (const mode of modes) {
      const part = (share: number) => onProgress((cells.length + share) / total);
      const seen = await happen(target, networkOf(event, mode), event, { ...options, onProgress: part });
      cells.push(cellOf(event.name, mode, seen));
    }
  }
  return cells;
}

function networkOf({ byBfd }: NamedEvent, mode: Mode): Network {
  const sites = Object.fromEntries(SITES.map(name => [name, {}]));
  return run =>
    scenarioOf("matrix", {
      ...run,
      routing: routing(byBfd),
      sites,
      routers: { [ROUTER]: { max_paths: SITES.length, buckets: BUCKETS, flows: FLOWS[mode] } },
      clients: {
        office: {
          router: ROUTER,
          queries: 1000,
          flows: 4,
          sessions: { concurrent: 16, length: "300ms", packet_every: "30ms" },
        },
      },
      links: SITES.map(site => ({ between: [ROUTER, site], rtt: "4ms", cost: COST })),
    });
}

function cellOf(event: string, mode: Mode, seen: readonly Seen[]): Cell {
  const of = (which: "there" | "back") => seen.map(one => outcomesOf(one.report, one[which]));
  const there = of("there");
  return {
    event,
    mode,
    there: tollOf(there.flat()),
    back: tollOf(of("back").flat()),
    gap: spreadOf(there.map(longestGap)),
    resolution: resolutionOf(seen),
  };
}

function tollOf(outcomes: readonly Outcome[]): Toll {
  const toll = { sent: 0, lost: 0, open: 0, moved: 0, died: 0 };
  for (const { transport, queries, sessions } of outcomes) {
    if (transport === "udp") {
      toll.sent += queries.sent;
      toll.lost += queries.lost;
    } else {
      toll.open += sessions.open;
      toll.moved += sessions.moved;
      toll.died += sessions.homeDied;
    }
  }
  return toll;
}

function longestGap(outcomes: readonly Outcome[]): Figure {
  const gaps = outcomes.filter(({ transport }) => transport === "udp").map(one => one.lossOfConnectivity);
  return greatest(gaps.filter(gap => gap !== null)) ?? exactly(0);
}
