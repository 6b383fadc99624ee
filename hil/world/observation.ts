/**
 * What one run of a scenario showed, in the network's words: the router's records (which neighbor each packet left by,
 * or why it was dropped) joined with what lies beyond each neighbor (links, sites, who holds which session).
 * Times are microseconds of device time from the start of the run.
 *
 * Each router's clock sees an event when the first packet that leaves the router then could meet it (news.ts). So no packet is lost,
 * or answered elsewhere, for an event that is later than its sending. What an overload sends shows in `loads` alone, not in `streams`.
 */

/** Why a packet did not reach a site. */
export type Loss =
  /** The router under test dropped it; `detail` is the reason of `Drop`. */
  | { at: "router"; detail: string }
  /** It left the router towards a site, link or transit that was dead. */
  | { at: "network"; detail: string }
  /** The random loss of a link took it. */
  | { at: "link"; detail: string }
  /** It reached a site over its capacity. */
  | { at: "site"; detail: string };

/** A run of consecutive packets of one stream that met the same fate. */
export interface Span {
  /** Number of the first packet, counted from 0. */
  first: number;
  packets: number;
  /** The site that answered, or null where the packets were lost. */
  site: string | null;
  /** The neighbor by which they left the router, or null where the router dropped them. */
  neighbor: string | null;
  loss: Loss | null;
  /** Round trip from the client to the site and back, or null where lost. */
  roundTrip: number | null;
}

/** One TCP-like session: its state lives at the site that answered its first packet. */
export interface Session {
  first: number;
  packets: number;
  /** The site where it began; null where its first packet was lost, so that it never began. */
  site: string | null;
  /** The packet at which it reached another site (broken by a move), or null. */
  brokenAt: number | null;
  /** Its home site died while it was open. */
  homeDied: boolean;
  /** The one instant at which it broke, by whichever of the two came first; null where it lasted. */
  broken: { time: number; cause: "moved" | "homeDied" } | null;
}

/** A client's stream: packet n is sent at `start + n * interval`. */
export interface StreamObservation {
  client: string;
  router: string;
  prefix: string;
  transport: "udp" | "tcp";
  start: number;
  interval: number;
  packets: number;
  /** In packet order, without gaps, covering every packet. */
  spans: Span[];
  /** Of a TCP stream; empty for UDP. */
  sessions: Session[];
}

/** An event as it was played. */
export interface ObservedEvent {
  id: string;
  /** Id of the first event of its flap that does the same; its own where it does not come again and again. */
  like: string;
  time: number;
  kind: string;
  /** A sentence for people: "London withdraws". */
  text: string;
  /** The routers that saw it, and when each did, after propagation. */
  seenBy: { router: string; time: number }[];
}

/** What the router itself timed: local repair and re-selection after an event. */
export interface Repair {
  router: string;
  event: string;
  /** Device time at which the router acted, e.g. when its hold timer expired. */
  time: number;
  groups: number;
  repairTicks: number;
  sets: number;
  reselectTicks: number;
  /** Prefixes in the router's table. */
  prefixes: number;
}

/** A neighbor of a router, or its route to `prefix`, was a last resort for a while after it had come back. */
export interface HeldBack {
  router: string;
  event: string;
  neighbor: string;
  /** Null for the neighbor itself, with all its routes. */
  prefix: string | null;
  reason: "waiting" | "suppressed";
  from: number;
  /** Null where it lasted to the end. */
  to: number | null;
}

/** Load that a site was offered and served between two events. */
export interface SiteLoad {
  site: string;
  from: number;
  to: number;
  /** Queries a second. */
  offered: number;
  served: number;
  capacity: number | null;
}

export interface Observation {
  duration: number;
  streams: StreamObservation[];
  events: ObservedEvent[];
  repairs: Repair[];
  holds: HeldBack[];
  loads: SiteLoad[];
  /** How far the router was behind its schedule at most, microseconds. 0 on a virtual clock. */
  lateness: number;
}
