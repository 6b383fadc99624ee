/** Failover. */
import { Status } from "./status";

export let repairedGroups: u32 = 0;
export let repairTicks: u32 = 0;
export let reselectedSets: u32 = 0;
export let reselectTicks: u32 = 0;

export function setPort(
  number: u32,
  up: bool,
  mtu: u32,
  address4: u32,
  address6High: u64,
  address6Low: u64,
): Status {
  return Status.OK;
}

export function setNeighbor(
  number: u32,
  port: u32,
  up: bool,
  asn: u32,
  routerId: u32,
  addressHigh: u64,
  addressLow: u64,
  cost: u32,
  latency: u32,
  holdTime: u32,
): Status {
  return Status.OK;
}

export function portState(number: u32, up: bool): Status {
  return Status.OK;
}

export function neighborState(number: u32, up: bool): Status {
  return Status.OK;
}

export function setCost(number: u32, cost: u32): Status {
  return Status.OK;
}

export function setLatency(number: u32, latency: u32): Status {
  return Status.OK;
}
