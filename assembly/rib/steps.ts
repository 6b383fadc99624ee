/**
 * The steps of the decision process, each one a number by which a path stands: the lower wins. Two steps are
 * no numbers: MED, which only paths of the same neighbor AS share (RFC 4271 section 9.1.2.2 c), and the peer address.
 */
import { isHeldBack, neighbor, usable } from "../nexthop/neighbor";
import { Metric, PathFlag, Protocol, Step } from "../words";
import { isHeldBackPath, Path } from "./path";
import { alwaysCompareMed, ignoreAsPathLength, medMissingAsWorst, metric, preferenceOf } from "./settings";

/** How a path stands at a step; the lower wins. */
export function standing(step: Step, path: Path): u32 {
  switch (step) {
    case Step.RESOLVABLE:
      return isResolvable(path) ? 0 : 1;
    case Step.HELD_BACK:
      return isHeldBackPath(path) || isHeldBack(path.neighbor) ? 1 : 0;
    case Step.LLGR:
      return path.flags & PathFlag.LLGR_STALE;
    case Step.PREFERENCE:
      return preferenceOf(path.protocol);
    case Step.METRIC:
      return interiorMetric(path);
    case Step.LOCAL_PREF:
      return ~path.localPref;
    case Step.AS_PATH:
      return ignoreAsPathLength ? 0 : path.asPathLength;
    case Step.ORIGIN:
      return path.origin;
    case Step.MED:
      return med(path);
    case Step.EBGP:
      return path.protocol == Protocol.EBGP ? 0 : 1;
    case Step.IGP:
      return add(neighbor(path.neighbor).cost, path.cost);
    case Step.ROUTER_ID:
      return rankingRouterId(path);
    default:
      return path.clusterListLength;
  }
}

export function isResolvable(path: Path): bool {
  return (path.flags & PathFlag.UNRESOLVED) == 0 && usable(path.neighbor);
}

/** Whether the MED of two paths may be compared. */
export function shareMed(a: Path, b: Path): bool {
  return alwaysCompareMed || a.neighborAs == b.neighborAs;
}

/** RFC 4456 section 9: ORIGINATOR_ID, where there is one, stands for the neighbor's router id. */
export function rankingRouterId(path: Path): u32 {
  return (path.flags & PathFlag.ORIGINATOR) != 0 ? path.originatorId : neighbor(path.neighbor).routerId;
}

/** RFC 4271 section 9.1.2.2 g). Should two neighbors have one address, the lower number wins. */
export function hasLowerAddress(a: Path, b: Path): bool {
  const one = neighbor(a.neighbor);
  const other = neighbor(b.neighbor);
  if (one.addressHigh != other.addressHigh) return one.addressHigh < other.addressHigh;
  if (one.addressLow != other.addressLow) return one.addressLow < other.addressLow;
  return a.neighbor < b.neighbor;
}

function med(path: Path): u32 {
  return medMissingAsWorst && (path.flags & PathFlag.MED) == 0 ? u32.MAX_VALUE : path.med;
}

/** The chosen metric from here to the destination. */
export function interiorMetric(path: Path): u32 {
  return add(metricOfLink(path), metricBeyond(path));
}

/** The chosen metric of the link to the path's neighbor. */
export function metricOfLink(path: Path): u32 {
  if (metric == Metric.HOPS) return 1;
  const it = neighbor(path.neighbor);
  return metric == Metric.COST ? it.cost : it.latency;
}

/** The chosen metric from the path's neighbor to the destination. */
export function metricBeyond(path: Path): u32 {
  if (metric == Metric.HOPS) return path.hops;
  return metric == Metric.COST ? path.cost : path.latency;
}

/** A sum that stays at the top of 32 bits. */
export function add(a: u32, b: u32): u32 {
  const sum = a + b;
  return sum < a ? u32.MAX_VALUE : sum;
}
