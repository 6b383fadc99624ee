import * as failover from "../../failover";
import { resetHold } from "../../liveness/hold";
import { setReversion } from "../../reversion/configure";
import { definePath, draftPath, setSettings } from "../../rib/index";
import { now } from "../../schedule";
import { Status } from "../../status";
import { requestBody } from "../frame";
import * as m from "../messages";
import { done, refuse } from "../refusal";
import { read16, read32, readAddress32, readAddress64 } from "../wire";

export function settings(): i32 {
  const body = requestBody();
  return done(
    setSettings(
      read32(body + m.SETTINGS_REQUEST_LOCAL_AS),
      read32(body + m.SETTINGS_REQUEST_ROUTER_ID),
      read32(body + m.SETTINGS_REQUEST_CLUSTER_ID),
      load<u8>(body, m.SETTINGS_REQUEST_FLAGS),
      load<u8>(body, m.SETTINGS_REQUEST_MAX_PATHS),
      load<u8>(body, m.SETTINGS_REQUEST_METRIC),
      body + m.SETTINGS_REQUEST_PREFERENCES,
    ),
  );
}

export function port(): i32 {
  const body = requestBody();
  return done(
    failover.setPort(
      load<u8>(body, m.PORT_REQUEST_PORT),
      load<u8>(body, m.PORT_REQUEST_UP) != 0,
      read16(body + m.PORT_REQUEST_MTU),
      readAddress32(body + m.PORT_REQUEST_ADDRESS4),
      readAddress64(body + m.PORT_REQUEST_ADDRESS6),
      readAddress64(body + m.PORT_REQUEST_ADDRESS6 + 8),
    ),
  );
}

export function neighbor(): i32 {
  const body = requestBody();
  const number = load<u8>(body, m.NEIGHBOR_REQUEST_NEIGHBOR);
  const status = failover.setNeighbor(
    number,
    load<u8>(body, m.NEIGHBOR_REQUEST_PORT),
    load<u8>(body, m.NEIGHBOR_REQUEST_UP) != 0,
    read32(body + m.NEIGHBOR_REQUEST_ASN),
    read32(body + m.NEIGHBOR_REQUEST_ROUTER_ID),
    readAddress64(body + m.NEIGHBOR_REQUEST_ADDRESS),
    readAddress64(body + m.NEIGHBOR_REQUEST_ADDRESS + 8),
    read32(body + m.NEIGHBOR_REQUEST_COST),
    read32(body + m.NEIGHBOR_REQUEST_LATENCY),
    read32(body + m.NEIGHBOR_REQUEST_HOLD_TIME),
  );
  if (status == Status.OK) resetHold(number);
  return done(status);
}

export function reversion(): i32 {
  const body = requestBody();
  return done(
    setReversion(
      load<u8>(body, m.REVERSION_REQUEST_NEIGHBOR),
      load<u8>(body, m.REVERSION_REQUEST_FLAGS),
      read32(body + m.REVERSION_REQUEST_WAIT_TO_RESTORE),
      read32(body + m.REVERSION_REQUEST_HALF_LIFE),
      read32(body + m.REVERSION_REQUEST_MAX_SUPPRESS),
      read16(body + m.REVERSION_REQUEST_PENALTY),
      read16(body + m.REVERSION_REQUEST_SUPPRESS),
      read16(body + m.REVERSION_REQUEST_REUSE),
    ),
  );
}

export function distance(): i32 {
  const body = requestBody();
  return done(
    failover.setDistance(
      load<u8>(body, m.DISTANCE_REQUEST_FROM),
      load<u8>(body, m.DISTANCE_REQUEST_TO),
      read32(body + m.DISTANCE_REQUEST_DISTANCE),
    ),
  );
}

export function path(length: u32): i32 {
  const body = requestBody();
  const clusters = body + m.PATH_REQUEST_SIZE;
  const clusterCount = <u32>load<u8>(body, m.PATH_REQUEST_CLUSTERS);
  const fixed = m.PATH_REQUEST_SIZE + 4 * clusterCount;
  if (length < fixed) return refuse(Status.BAD_LENGTH);
  const draft = draftPath();
  draft.neighbor = load<u8>(body, m.PATH_REQUEST_NEIGHBOR);
  draft.protocol = load<u8>(body, m.PATH_REQUEST_PROTOCOL);
  draft.flags = load<u8>(body, m.PATH_REQUEST_FLAGS);
  draft.origin = load<u8>(body, m.PATH_REQUEST_ORIGIN);
  draft.weight = load<u8>(body, m.PATH_REQUEST_WEIGHT);
  draft.localPref = read32(body + m.PATH_REQUEST_LOCAL_PREF);
  draft.med = read32(body + m.PATH_REQUEST_MED);
  draft.hops = read32(body + m.PATH_REQUEST_HOPS);
  draft.cost = read32(body + m.PATH_REQUEST_COST);
  draft.latency = read32(body + m.PATH_REQUEST_LATENCY);
  draft.originatorId = read32(body + m.PATH_REQUEST_ORIGINATOR_ID);
  const slot = read16(body + m.PATH_REQUEST_SLOT);
  return done(definePath(slot, clusters, clusterCount, body + fixed, length - fixed));
}
