/** Paths. */
import { Status } from "../status";

@unmanaged
export class Path {
  localPref: u32;
  med: u32;
  neighborAs: u32;
  originatorId: u32;
  hops: u32;
  cost: u32;
  latency: u32;
  asPathLength: u16;
  clusterListLength: u8;
  neighbor: u8;
  protocol: u8;
  origin: u8;
  flags: u8;
  weight: u8;
}

const draft = changetype<Path>(memory.data(offsetof<Path>(), 8));

/** The scratch path whose fields `definePath` takes. */
export function draftPath(): Path {
  return draft;
}

export function definePath(
  slot: u32,
  clusters: usize,
  clusterCount: u32,
  segments: usize,
  segmentBytes: u32,
): Status {
  return Status.OK;
}
