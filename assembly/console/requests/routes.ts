import { count4, count6, get4, get6, match4, match6 } from "../../fib/index";
import * as pinned from "../../flow/pinned";
import {
  groupsInUse,
  memberCount,
  memberNeighbor,
  memberWeight,
  protectionOf,
  resolve,
} from "../../nexthop/group";
import { neighbor } from "../../nexthop/neighbor";
import { NO_SET } from "../../profile";
import { heldNeighbors } from "../../reversion/neighbors";
import { heldRoutes, undamped } from "../../reversion/routes";
import * as rib from "../../rib/index";
import { announce, groupOf, offender, removed, withdraw } from "../../rib/index";
import { setCapacity } from "../../rib/routeset";
import { usableLength, usableSet4, usableSet6 } from "../../rib/wider";
import { Status } from "../../status";
import { NONE } from "../../words";
import { requestBody, responseBody } from "../frame";
import * as m from "../messages";
import { refuse } from "../refusal";
import { read16, readAddress32, readAddress64, write16, write32 } from "../wire";

export function announceRoutes(length: u32): i32 {
  const body = requestBody();
  const status = announce(
    read16(body + m.ANNOUNCE_REQUEST_SLOT),
    load<u8>(body, m.ANNOUNCE_REQUEST_FAMILY),
    body + m.ANNOUNCE_REQUEST_SIZE,
    length - m.ANNOUNCE_REQUEST_SIZE,
  );
  return status == Status.OK ? 0 : refuse(status, offender());
}

export function withdrawRoutes(length: u32): i32 {
  const body = requestBody();
  const status = withdraw(
    load<u8>(body, m.WITHDRAW_REQUEST_NEIGHBOR),
    load<u8>(body, m.WITHDRAW_REQUEST_FAMILY),
    body + m.WITHDRAW_REQUEST_SIZE,
    length - m.WITHDRAW_REQUEST_SIZE,
  );
  if (status != Status.OK) return refuse(status, offender());
  store<u8>(responseBody(), <u8>removed(), m.WITHDRAW_RESPONSE_REMOVED);
  return m.WITHDRAW_RESPONSE_SIZE;
}

/** The way of a packet without flow (hash 0), by the longest match that leads anywhere; else what the longest match is. */
export function lookup(): i32 {
  const family = <u32>load<u8>(requestBody(), m.LOOKUP_REQUEST_FAMILY);
  if (family != 4 && family != 6) return refuse(Status.BAD_FAMILY);
  const address = requestBody() + m.LOOKUP_REQUEST_ADDRESS;
  return family == 4
    ? lookupAnswer4(readAddress32(address))
    : lookupAnswer6(readAddress64(address), readAddress64(address + 8));
}

function lookupAnswer4(address: u32): i32 {
  // The sets of a bare forwarding table are its host's numbers and lead nowhere.
  const set = setCapacity() != 0 ? usableSet4(address) : NO_SET;
  return lookupAnswer(set == NO_SET ? match4(address) : usableLength, set);
}

function lookupAnswer6(high: u64, low: u64): i32 {
  const set = setCapacity() != 0 ? usableSet6(high, low) : NO_SET;
  return lookupAnswer(set == NO_SET ? match6(high, low) : usableLength, set);
}

function lookupAnswer(length: i32, set: u32): i32 {
  const egress = set == NO_SET ? NONE : resolve(groupOf(set), 0);
  const body = responseBody();
  store<u8>(body, <u8>(length < 0 ? NONE : length), m.LOOKUP_RESPONSE_LENGTH);
  store<u8>(body, <u8>egress, m.LOOKUP_RESPONSE_NEIGHBOR);
  store<u8>(body, egress == NONE ? <u8>NONE : neighbor(egress).port, m.LOOKUP_RESPONSE_PORT);
  return m.LOOKUP_RESPONSE_SIZE;
}

export function route(): i32 {
  const family = <u32>load<u8>(requestBody(), m.ROUTE_REQUEST_FAMILY);
  if (family != 4 && family != 6) return refuse(Status.BAD_FAMILY);
  const length = <u32>load<u8>(requestBody(), m.ROUTE_REQUEST_LENGTH);
  const address = requestBody() + m.ROUTE_REQUEST_ADDRESS;
  const set =
    family == 4
      ? get4(readAddress32(address), length)
      : get6(readAddress64(address), readAddress64(address + 8), length);
  if (set >= setCapacity()) return refuse(Status.NOT_FOUND);
  rib.explain(set);
  const group = groupOf(set);
  const body = responseBody();
  store<u8>(body, <u8>rib.step, m.ROUTE_RESPONSE_STEP);
  store<u8>(body, <u8>rib.best, m.ROUTE_RESPONSE_BEST);
  store<u8>(body, <u8>rib.backup, m.ROUTE_RESPONSE_BACKUP);
  store<u8>(body, <u8>protectionOf(group), m.ROUTE_RESPONSE_PROTECTION);
  store<u8>(body, <u8>rib.paths, m.ROUTE_RESPONSE_PATHS);
  const members = memberCount(group);
  store<u8>(body, <u8>members, m.ROUTE_RESPONSE_MEMBERS);
  const tail = body + m.ROUTE_RESPONSE_SIZE;
  for (let i: u32 = 0; i < members; i++) {
    store<u8>(tail + 2 * i, <u8>memberNeighbor(group, i));
    store<u8>(tail + 2 * i + 1, <u8>memberWeight(group, i));
  }
  return m.ROUTE_RESPONSE_SIZE + 2 * members;
}

export function state(): i32 {
  const body = responseBody();
  write16(body + m.STATE_RESPONSE_PATHS, rib.pathsInUse());
  write16(body + m.STATE_RESPONSE_SETS, rib.setsInUse());
  write16(body + m.STATE_RESPONSE_GROUPS, groupsInUse());
  write32(body + m.STATE_RESPONSE_PREFIXES4, count4());
  write32(body + m.STATE_RESPONSE_PREFIXES6, count6());
  write32(body + m.STATE_RESPONSE_FLOWS, pinned.inUse);
  store<u8>(body, <u8>heldNeighbors, m.STATE_RESPONSE_HELD_NEIGHBORS);
  write16(body + m.STATE_RESPONSE_HELD_ROUTES, heldRoutes);
  write32(body + m.STATE_RESPONSE_UNDAMPED, undamped);
  return m.STATE_RESPONSE_SIZE;
}
