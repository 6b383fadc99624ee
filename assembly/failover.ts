/**
 * What happens to the traffic when a port, a neighbor or a metric changes.
 *
 * 1. Local repair: groups that use a neighbor that is lost move to their other members or to their backup. Only groups
 *    are touched, by stores alone.
 * 2. Re-selection: route sets that have a path of a neighbor concerned are decided anew.
 *
 * A neighbor that comes back may be held back for a while (`reversion`): the route sets then rank it last, groups follow.
 *
 * Prefixes are never touched: a FIB leaf is a route-set number, and sets do not change.
 */
import { learnOwn } from "./forward/local";
import { repair } from "./nexthop/group";
import { isNeighbor, neighbor, neighborCount, usable } from "./nexthop/neighbor";
import { isPort, port } from "./nexthop/port";
import { ticks } from "./platform";
import { endHold, fall, rise } from "./reversion/neighbors";
import { areKept, storeDistance } from "./rib/distances";
import { dismissVia, reselectBehind, reselectVia } from "./rib/reselection";
import { now } from "./schedule";
import { Status } from "./status";

/** Of the last change: groups and sets touched, and platform ticks from its start until each part was done. */
export let repairedGroups: u32 = 0;
export let repairTicks: u32 = 0;
export let reselectedSets: u32 = 0;
export let reselectTicks: u32 = 0;

let start: u32 = 0;

export function setPort(
  number: u32,
  up: bool,
  mtu: u32,
  address4: u32,
  address6High: u64,
  address6Low: u64,
): Status {
  const status = portState(number, up);
  if (status != Status.OK) return status;
  const it = port(number);
  it.mtu = <u16>mtu;
  it.address4 = address4;
  it.address6High = address6High;
  it.address6Low = address6Low;
  learnOwn();
  return Status.OK;
}

/** Defines a neighbor or changes what is known of it. */
export function setNeighbor(
  number: u32,
  portNumber: u32,
  up: bool,
  asn: u32,
  routerId: u32,
  addressHigh: u64,
  addressLow: u64,
  cost: u32,
  latency: u32,
  holdTime: u32,
): Status {
  if (number >= neighborCount()) return Status.UNKNOWN_NEIGHBOR;
  if (!isPort(portNumber)) return Status.UNKNOWN_PORT;
  begin();
  const wasUsable = usable(number);
  const it = neighbor(number);
  const ranksOtherwise =
    it.routerId != routerId ||
    it.addressHigh != addressHigh ||
    it.addressLow != addressLow ||
    it.cost != cost ||
    it.latency != latency;
  it.defined = 1;
  it.port = <u8>portNumber;
  it.up = up ? 1 : 0;
  it.asn = asn;
  it.routerId = routerId;
  it.addressHigh = addressHigh;
  it.addressLow = addressLow;
  it.cost = cost;
  it.latency = latency;
  it.holdTime = holdTime;
  if (ranksOtherwise) dismissVia(number);
  react(number, wasUsable);
  return Status.OK;
}

export function portState(number: u32, up: bool): Status {
  if (!isPort(number)) return Status.UNKNOWN_PORT;
  begin();
  const it = port(number);
  if ((it.up != 0) == up) return Status.OK;
  it.up = up ? 1 : 0;
  for (let n: u32 = 0; n < neighborCount(); n++) {
    if (neighbor(n).port == <u8>number && !usable(n)) repairedGroups += repair(n);
  }
  repairTicks = ticks() - start;
  for (let n: u32 = 0; n < neighborCount(); n++) {
    if (neighbor(n).port == <u8>number && neighbor(n).up != 0) remember(n, !up);
  }
  reselectedSets = reselectBehind(number);
  reselectTicks = ticks() - start;
  return Status.OK;
}

export function neighborState(number: u32, up: bool): Status {
  if (!isNeighbor(number)) return Status.UNKNOWN_NEIGHBOR;
  begin();
  const it = neighbor(number);
  if ((it.up != 0) == up) return Status.OK;
  const wasUsable = usable(number);
  it.up = up ? 1 : 0;
  react(number, wasUsable);
  return Status.OK;
}

/** Changes the cost of the link to a neighbor. */
export function setCost(number: u32, cost: u32): Status {
  if (!isNeighbor(number)) return Status.UNKNOWN_NEIGHBOR;
  begin();
  neighbor(number).cost = cost;
  dismissVia(number);
  react(number, usable(number));
  return Status.OK;
}

/** Changes the latency of the link to a neighbor, in microseconds. */
export function setLatency(number: u32, latency: u32): Status {
  if (!isNeighbor(number)) return Status.UNKNOWN_NEIGHBOR;
  begin();
  neighbor(number).latency = latency;
  dismissVia(number);
  react(number, usable(number));
  return Status.OK;
}

/** A neighbor that was held back is so no more. */
export function restoreNeighbor(number: u32): void {
  begin();
  endHold(number, now());
  react(number, usable(number));
}

/** Tells how far it is from one neighbor to another, or with `to` the same back here: which way the first would send packets. */
export function setDistance(from: u32, to: u32, distance: u32): Status {
  if (!isNeighbor(from) || !isNeighbor(to)) return Status.UNKNOWN_NEIGHBOR;
  if (!areKept()) return Status.CAPACITY;
  begin();
  storeDistance(from, to, distance);
  react(from, usable(from));
  return Status.OK;
}

function begin(): void {
  repairedGroups = 0;
  repairTicks = 0;
  reselectedSets = 0;
  reselectTicks = 0;
  start = ticks();
}

/** Repairs and re-selects after something about a neighbor has changed. */
function react(number: u32, wasUsable: bool): void {
  if (!usable(number)) repairedGroups = repair(number);
  repairTicks = ticks() - start;
  remember(number, wasUsable);
  reselectedSets = reselectVia(number);
  reselectTicks = ticks() - start;
}

/** A neighbor that could be used before, or could not, may have come or gone. */
function remember(number: u32, wasUsable: bool): void {
  if (usable(number) == wasUsable) return;
  if (wasUsable) fall(number, now());
  else rise(number, now());
}
