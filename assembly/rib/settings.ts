/** Settings of the decision process. */
import { Status } from "../status";

export function setSettings(
  localAs: u32,
  routerId: u32,
  clusterId: u32,
  flags: u32,
  maxPaths: u32,
  metric: u32,
  preferences: usize,
): Status {
  return Status.OK;
}
