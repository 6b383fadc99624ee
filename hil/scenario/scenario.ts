/**
 * A scenario as the rig works with it: every default filled in, every name checked, every flap unrolled.
 * Times are microseconds, latencies one way.
 */
import type { Place } from "../../host/input-error.js";
import type { Address, Prefix } from "../../host/tables/address.js";

export type MetricName = "hop-count" | "link-cost" | "latency";

export interface Routing {
  protocol: "ebgp" | "igp";
  /** What ranks paths (igp), or the way to the next hop (ebgp). */
  metric: MetricName;
  /** After how long the ideal routers around the routers under test notice a silent death; 0 for never. */
  holdTime: number;
}

/** BFD, with the same settings at both ends. */
export interface Bfd {
  interval: number;
  multiplier: number;
}

/** RFC 2439: what flaps too much is suppressed. */
export interface Damping {
  halfLife: number;
  maxSuppress: number;
  penalty: number;
  suppress: number;
  reuse: number;
}

/** How a router lets back what it hears by a link, and lets it go. */
export interface Reversion {
  /** 0 for none. */
  waitToRestore: number;
  damping: Damping | null;
  /** Whether the community of RFC 8326 is heeded. */
  gracefulShutdown: boolean;
}

export interface NamedPrefix extends Prefix {
  /** As the report shows it. */
  text: string;
  /** Where queries to it are sent. */
  target: Address;
}

/** How a site announces a prefix. */
export interface Attributes {
  /** How often the site repeats its AS number. */
  prepend: number;
  localPref: number;
  med: number | null;
  weight: number;
  /** With the community of RFC 8326: whoever can uses another. */
  gracefulShutdown: boolean;
}

export interface Site extends Attributes {
  name: string;
  asn: number;
  /** Texts of prefixes. */
  announces: string[];
  /** Queries a second. */
  capacity: number | null;
  /** Whether it forwards what is meant for other sites. */
  transit: boolean;
}

/** A router under test. */
export interface TestedRouter {
  name: string;
  /** As `--target` has it; null for the run's own. */
  target: string | null;
  asn: number;
  routerId: number;
  maxPaths: number;
  buckets: number;
  /** 0 for none. */
  holdTime: number;
  keepAlive: number;
  decision: {
    alwaysCompareMed: boolean;
    deterministicMed: boolean;
    compareRouterId: boolean;
    ignoreAsPathLength: boolean;
    medMissingAsWorst: boolean;
  };
  flows: {
    /** Places for pinned flows; 0 for none. */
    pinned: number;
    pinnedIdle: number;
    /** 0 for none. */
    bucketIdle: number;
    bucketDeadline: number;
    byFlowLabel: boolean;
  };
  /** Prefixes in its table besides those of the scenario: so many, or those of the table that the run is given. */
  background: number | "table";
  /** Where the file says so, or names the router. */
  backgroundPlace: Place;
}

export interface TransitNode {
  name: string;
  asn: number;
}

export interface Client {
  name: string;
  router: string;
  /** Texts of the prefixes that it asks. */
  prefixes: string[];
  /** UDP queries a second to each prefix. */
  queries: number;
  /** The flows that its queries to a prefix make, each with a source port of its own. */
  flows: number;
  /** TCP sessions to each prefix. `length` 0: one session throughout. */
  sessions: { concurrent: number; length: number; packetEvery: number } | null;
  /** Its access link. */
  latency: number;
  loss: number;
  /** How many queries one packet stands for in the load of a site. */
  scale: number;
}

export interface Link {
  ends: [string, string];
  latency: number;
  cost: number;
  loss: number;
  mtu: number;
  /** What finds the death of a neighbor behind it, in place of the hold time; null for none. */
  bfd: Bfd | null;
  reversion: Reversion;
}

/** A node, or the two ends of a link. */
export type Element = { node: string } | { link: [string, string] };

/** `of` says in words which links go down or up. */
export type Change =
  | { kind: "withdraw"; site: string; prefixes: string[] }
  | { kind: "announce"; site: string; prefixes: string[]; attributes: Attributes }
  | { kind: "graceful_shutdown"; site: string; prefixes: string[] }
  | { kind: "silent_death"; element: Element }
  | { kind: "return"; element: Element }
  | { kind: "port_down"; of: string; links: [string, string][] }
  | { kind: "port_up"; of: string; links: [string, string][] }
  | { kind: "metric"; link: [string, string]; cost: number }
  | { kind: "latency"; link: [string, string]; latency: number }
  | { kind: "overload"; clients: string[]; queries: number; until: number };

export interface ScenarioEvent {
  id: string;
  /** Id of the first event of its flap that does the same; its own where it does not come again and again. */
  like: string;
  time: number;
  text: string;
  change: Change;
}

export interface Bounds {
  atLeast: number;
  atMost: number;
}

/** What one client must see in one stretch of time. */
export interface ClientExpectation {
  client: string;
  /** At the end of the stretch, for each prefix that anything is expected of: the site's name, or null for none. */
  sites: { prefix: string; site: string | null; place: Place }[];
  bounds: { what: BoundName; bounds: Bounds; place: Place }[];
}

/** Gap (loss of connectivity) in microseconds, queries lost, sessions broken by a move, sessions whose site died. */
export type BoundName = "gap" | "lost" | "sessions_broken" | "sessions_lost";

/** What one site must be offered and serve, from the beginning of a stretch until load or network change the next time. */
export interface SiteExpectation {
  site: string;
  bounds: { what: LoadName; bounds: Bounds; place: Place }[];
}

/** Queries a second that reach the site, those that it answers, and the share of those that reach any site that reach this one. */
export type LoadName = "offered" | "served" | "share";

/** The stretch from an event of the file (or the start) to the next one (or the end). */
export interface Stretch {
  /** "before any event", "after London withdraws". */
  text: string;
  /** Ids of the events in it: several for a flap, none before the first event. */
  events: string[];
  from: number;
  to: number;
  clients: ClientExpectation[];
  sites: SiteExpectation[];
  /** Until when what sites are offered and serve is judged: `to`, or the end of an overload before it. */
  loadedUntil: number;
  /** Routers whose repair of these events must touch the same number of groups and route sets. */
  sameRepair: { routers: string[]; place: Place } | null;
}

export interface Scenario {
  file: string;
  name: string;
  title: string;
  description: string;
  duration: number;
  prefixes: NamedPrefix[];
  routing: Routing;
  sites: Site[];
  routers: TestedRouter[];
  transit: TransitNode[];
  clients: Client[];
  links: Link[];
  events: ScenarioEvent[];
  stretches: Stretch[];
  /** Names of the routers that are missing because the run is given no prefix table. */
  leftOut: string[];
}

/** All of a scenario but what happens in it, before anything is left out. */
export type Still = Omit<Scenario, "events" | "stretches" | "leftOut">;
