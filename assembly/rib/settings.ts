/** Settings of the decision process. */
import { Status } from "../status";
import { METRIC_COUNT, Metric, PROTOCOL_COUNT, SETTING_FLAG_COUNT, SettingFlag } from "../words";

export let localAs: u32 = 0;
export let routerId: u32 = 0;
export let clusterId: u32 = 0;

/** Most paths that share the traffic of a route set. */
export let maxPaths: u32 = 1;

/** Which metric ranks routes that did not come from BGP. */
export let metric: u32 = Metric.COST;

export let alwaysCompareMed: bool = false;
export let compareRouterId: bool = true;
export let ignoreAsPathLength: bool = false;
export let medMissingAsWorst: bool = false;

/** Whether the best path is found by elimination, as RFC 4271 has it, rather than by comparing pairs in a row. */
export let byElimination: bool = true;

/** Whether the order in which routes arrived can influence selection. */
export let orderMatters: bool = false;

/** The administrative distances that are usual, in the order of `Protocol`. */
const usualPreferences = memory.data<u8>([0, 1, 20, 110, 200]);

const preferences = memory.data(<i32>PROTOCOL_COUNT, 1);

/** Preference of a protocol; lower wins. */
export function preferenceOf(protocol: u32): u32 {
  return load<u8>(preferences + <usize>protocol);
}

/** What holds until SETTINGS says otherwise: the settings with which arrival order does not count. */
export function resetSettings(): void {
  const flags = SettingFlag.DETERMINISTIC_MED | SettingFlag.COMPARE_ROUTER_ID;
  changeSettings(0, 0, 0, flags, 1, Metric.COST, usualPreferences);
}

/** Where the cluster id is 0 the router id is also that, as RFC 4456 section 8 has it by default. */
export function changeSettings(
  newLocalAs: u32,
  newRouterId: u32,
  newClusterId: u32,
  flags: u32,
  newMaxPaths: u32,
  newMetric: u32,
  newPreferences: usize,
): Status {
  if (flags >> SETTING_FLAG_COUNT != 0 || newMaxPaths == 0 || newMetric >= METRIC_COUNT)
    return Status.BAD_VALUE;
  localAs = newLocalAs;
  routerId = newRouterId;
  clusterId = newClusterId != 0 ? newClusterId : newRouterId;
  maxPaths = newMaxPaths;
  metric = newMetric;
  alwaysCompareMed = (flags & SettingFlag.ALWAYS_COMPARE_MED) != 0;
  compareRouterId = (flags & SettingFlag.COMPARE_ROUTER_ID) != 0;
  ignoreAsPathLength = (flags & SettingFlag.IGNORE_AS_PATH_LENGTH) != 0;
  medMissingAsWorst = (flags & SettingFlag.MED_MISSING_AS_WORST) != 0;
  byElimination = alwaysCompareMed || (flags & SettingFlag.DETERMINISTIC_MED) != 0;
  orderMatters = !byElimination || !compareRouterId;
  memory.copy(preferences, newPreferences, PROTOCOL_COUNT);
  return Status.OK;
}
