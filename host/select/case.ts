/** A decision case: settings, candidate paths of one prefix in their order of arrival, and perhaps a withdrawal. */
import { z } from "zod";
import { type Address, AddressError, parseAddress } from "../tables/address.js";
import { PATH_TAIL_LIMIT } from "../tables/to-path.js";

/** As many candidates as a route set takes (`assembly/configure.ts`). */
export const CANDIDATE_LIMIT = 64;

/** A leaf of the schema: its only message is what was expected. */
function leaf<T>(expected: string, isValid: (value: unknown) => value is T) {
  return z.custom<T>(isValid, expected);
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
}

function addressOf(value: unknown): Address | null {
  if (typeof value !== "string") return null;
  try {
    return parseAddress(value);
  } catch (error) {
    if (error instanceof AddressError) return null;
    throw error;
  }
}

const isNull = (value: unknown): value is null => value === null;
const u32 = leaf("a whole number below 2^32", isWhole);
const u32OrNull = leaf(
  "a whole number below 2^32, or null",
  (value): value is number | null => isNull(value) || isWhole(value),
);
const isIPv4 = (value: unknown): value is string => addressOf(value)?.family === 4;
const routerId = leaf("a router id, as 192.0.2.1", isIPv4);
const routerIdOrNull = leaf(
  "a router id, as 192.0.2.1, or null",
  (value): value is string | null => isNull(value) || isIPv4(value),
);
const address = leaf("an IPv4 or IPv6 address", (value): value is string => addressOf(value) !== null);
const flag = z.boolean({ error: "true or false" });

function word<const T extends [string, ...string[]]>(...words: T) {
  return z.enum(words, { error: `one of ${words.map(text => JSON.stringify(text)).join(", ")}` });
}

function list<T extends z.ZodType>(item: T, what: string) {
  return z.array(item, { error: `a list of ${what}` });
}

function object<T extends z.ZodRawShape>(shape: T) {
  return z.object(shape, { error: "an object" });
}

/** What a PATH message has to hold behind its fields. */
function tailBytes(clusters: unknown[], segments: { asns: unknown[] }[]): number {
  return segments.reduce((sum, { asns }) => sum + 2 + 4 * asns.length, 4 * clusters.length);
}

const segment = object({
  type: word("seq", "set"),
  asns: list(u32, "AS numbers").min(1, "at least one AS number").max(255, "at most 255 AS numbers"),
});

const candidate = object({
  peer: address,
  peer_as: u32,
  type: word("ebgp", "ibgp"),
  router_id: routerId,
  /** Null: 100. */
  local_pref: u32OrNull,
  as_path: list(segment, "AS_PATH segments"),
  origin: word("igp", "egp", "incomplete"),
  /** Null: absent. */
  med: u32OrNull,
  /** Null: the next hop does not resolve. */
  igp_metric: u32OrNull,
  originator_id: routerIdOrNull,
  cluster_list: list(routerId, "cluster ids"),
  communities: list(z.unknown(), "communities"),
  gshut: flag,
  llgr_stale: flag,
  arrival: u32,
}).refine(({ cluster_list, as_path }) => tailBytes(cluster_list, as_path) <= PATH_TAIL_LIMIT, {
  error: `at most ${PATH_TAIL_LIMIT} bytes of cluster list and AS path`,
});
export type Candidate = z.infer<typeof candidate>;

/** Keys that it does not name, such as the answers of other routers, may stand in a case and are left alone. */
export const decisionCase = object({
  id: z.string({ error: "a text" }),
  settings: object({
    local_as: u32,
    router_id: routerId,
    always_compare_med: flag,
    deterministic_med: flag,
    compare_router_id: flag,
    ignore_as_path_len: flag,
    med_missing_as_worst: flag,
  }),
  candidates: list(candidate, "candidates").max(CANDIDATE_LIMIT, `at most ${CANDIDATE_LIMIT} candidates`),
  withdraw_peer: address.optional(),
}).superRefine(({ candidates, withdraw_peer }, context) => {
  const peers = new Set<string>();
  const arrivals = new Set<number>();
  candidates.forEach(({ peer, arrival }, index) => {
    if (peers.has(peer)) {
      const message = "a peer address that no other candidate has";
      context.addIssue({ code: "custom", path: ["candidates", index, "peer"], message });
    }
    if (arrivals.has(arrival)) {
      const message = "an arrival that no other candidate has";
      context.addIssue({ code: "custom", path: ["candidates", index, "arrival"], message });
    }
    peers.add(peer);
    arrivals.add(arrival);
  });
  if (withdraw_peer !== undefined && !peers.has(withdraw_peer)) {
    const message = "the peer address of a candidate";
    context.addIssue({ code: "custom", path: ["withdraw_peer"], message });
  }
});
export type DecisionCase = z.infer<typeof decisionCase>;
