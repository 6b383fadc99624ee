/** BGP attributes as the router's PATH message takes them. */
import { BODY_LIMIT, messages, type Request } from "../protocol/messages.js";
import { Origin, PathFlag, Protocol, Segment } from "../protocol/words.js";
import type { AsSegment, PathAttributes } from "./bgp/attributes.js";

/** RFC 8326 and RFC 9494. */
const GRACEFUL_SHUTDOWN = 0xffff_0000;
const LLGR_STALE = 0xffff_0006;

const DEFAULT_LOCAL_PREF = 100;

/** Room behind the fields of a PATH message: about 50 AS numbers. */
export const PATH_TAIL_LIMIT = BODY_LIMIT - messages.PATH.request.size;

/** A path does not fit into a PATH message. */
export class PathTooLong extends RangeError {
  override name = "PathTooLong";
}

/**
 * The tail of a PATH message. Confederation segments are left out: they do not count in the decision process. Throws
 * `PathTooLong` where it exceeds `PATH_TAIL_LIMIT`.
 */
export function encodePathTail(clusterList: readonly number[], asPath: readonly AsSegment[]): Uint8Array {
  const segments = asPath.filter(({ type }) => type === Segment.SET || type === Segment.SEQUENCE);
  const size = segments.reduce((sum, { asns }) => sum + 2 + 4 * asns.length, 4 * clusterList.length);
  if (size > PATH_TAIL_LIMIT) {
    throw new PathTooLong(
      `expected at most ${PATH_TAIL_LIMIT} bytes of cluster list and AS path, found ${size}`,
    );
  }
  const tail = new Uint8Array(size);
  const view = new DataView(tail.buffer);
  let at = 0;
  for (const cluster of clusterList) {
    view.setUint32(at, cluster, true);
    at += 4;
  }
  for (const { type, asns } of segments) {
    tail[at++] = type;
    tail[at++] = asns.length;
    for (const asn of asns) {
      view.setUint32(at, asn, true);
      at += 4;
    }
  }
  return tail;
}

/** What a PATH message says beside the attributes. */
export interface PathContext {
  readonly slot: number;
  readonly neighbor: number;
  /** EBGP or IBGP. */
  readonly protocol: Protocol;
  /** IGP metric to the next hop. */
  readonly cost?: number;
}

/**
 * Values and tail of the PATH message for a route with these attributes. From an external peer LOCAL_PREF does not count
 * (RFC 4271 section 5.1.5) and the graceful shutdown community lowers the preference to 0; within the AS the value that
 * came along already says so. Throws `PathTooLong`.
 */
export function toPath(
  attributes: PathAttributes,
  { slot, neighbor, protocol, cost = 0 }: PathContext,
): { values: Request<"PATH">; tail: Uint8Array } {
  const { origin, asPath, med, localPref, communities, originatorId, clusterList } = attributes;
  const external = protocol === Protocol.EBGP;
  let flags = 0;
  if (med !== null) flags |= PathFlag.MED;
  if (external && communities.includes(GRACEFUL_SHUTDOWN)) flags |= PathFlag.GRACEFUL_SHUTDOWN;
  if (communities.includes(LLGR_STALE)) flags |= PathFlag.LLGR_STALE;
  if (originatorId !== null) flags |= PathFlag.ORIGINATOR;
  const values = {
    slot,
    neighbor,
    protocol,
    flags,
    origin: origin ?? Origin.INCOMPLETE,
    weight: 1,
    localPref: external ? DEFAULT_LOCAL_PREF : (localPref ?? DEFAULT_LOCAL_PREF),
    med: med ?? 0,
    hops: 0,
    cost,
    latency: 0,
    originatorId: originatorId ?? 0,
    clusters: clusterList.length,
  };
  return { values, tail: encodePathTail(clusterList, asPath) };
}
