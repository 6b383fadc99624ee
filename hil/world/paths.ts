/** A neighbor's way as it announces it to a router under test: the attributes of a PATH message. */
import { Protocol } from "../../host/protocol/words.js";
import type { Routing, TestedRouter } from "../scenario/scenario.js";
import type { Adjacency, Topology } from "./topology.js";
import type { Way } from "./ways.js";

export interface PlannedPath {
  neighbor: number;
  protocol: Protocol;
  /** Empty for an interior protocol. */
  asPath: number[];
  localPref: number;
  med: number | null;
  weight: number;
  /** Whether it has the community of RFC 8326. */
  gracefulShutdown: boolean;
  /** Beyond the neighbor: without the link to it. */
  hops: number;
  cost: number;
  latency: number;
}

/** Null for no way, and for one with the router's own AS in its path, which no eBGP router would accept (RFC 4271 section 9). */
export function announcement(
  { protocol }: Routing,
  topology: Topology,
  router: TestedRouter,
  number: number,
  { node }: Adjacency,
  way: Way | null,
): PlannedPath | null {
  if (!way) return null;
  const { attributes, nodes } = way;
  const { weight } = attributes;
  if (protocol === "igp") {
    const { hops, cost, latency } = way;
    const none = { asPath: [], localPref: 0, med: null, gracefulShutdown: false };
    return { neighbor: number, protocol: Protocol.IGP, ...none, weight, hops, cost, latency };
  }
  const internal = topology.asn(node) === router.asn;
  const asPath = asPathOf(topology, way);
  // Within an AS its own number is not in the path (RFC 4271 section 5.1.2).
  while (internal && asPath[0] === router.asn) asPath.shift();
  if (asPath.includes(router.asn)) return null;
  return {
    neighbor: number,
    protocol: internal ? Protocol.IBGP : Protocol.EBGP,
    asPath,
    // Within an AS the preference counts that the router at the edge has lowered (RFC 8326 section 4.2).
    localPref: internal && attributes.gracefulShutdown ? 0 : attributes.localPref,
    // MULTI_EXIT_DISC is not passed on to a third AS (RFC 4271 section 5.1.4).
    med: nodes.length === 1 ? attributes.med : null,
    weight,
    gracefulShutdown: attributes.gracefulShutdown,
    hops: 0,
    cost: 0,
    latency: 0,
  };
}

/** Each AS once, but for the site's, which repeats its own as it prepends. */
function asPathOf(topology: Topology, { nodes, attributes }: Way): number[] {
  const all = nodes.map(node => topology.asn(node));
  const path = all.filter((asn, index) => asn !== all[index - 1]);
  return [...path, ...new Array<number>(attributes.prepend).fill(all.at(-1)!)];
}
