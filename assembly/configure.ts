/**
 * Carving linear memory into pools, once. All sizes are known before anything is touched, so a
 * configuration that does not fit is refused with the number of bytes missing, and the old one lives on.
 */
import {
  CONFIGURE_REQUEST_BFD_SESSIONS,
  CONFIGURE_REQUEST_BUCKET_AGES,
  CONFIGURE_REQUEST_BUCKETS,
  CONFIGURE_REQUEST_DISTANCES,
  CONFIGURE_REQUEST_EVENTS,
  CONFIGURE_REQUEST_FLOWS,
  CONFIGURE_REQUEST_HISTORIES,
  CONFIGURE_REQUEST_NEIGHBORS,
  CONFIGURE_REQUEST_PATHS,
  CONFIGURE_REQUEST_PATHS_PER_SET,
  CONFIGURE_REQUEST_PORTS,
  CONFIGURE_REQUEST_PREFIXES4,
  CONFIGURE_REQUEST_PREFIXES6,
  CONFIGURE_REQUEST_RECORDS,
  CONFIGURE_REQUEST_REVERSION,
  CONFIGURE_REQUEST_SETS,
  CONFIGURE_REQUEST_SIZE,
  CONFIGURE_REQUEST_STREAMS,
} from "./console/messages";
import { read16, read32 } from "./console/wire";
import * as fib from "./fib/index";
import * as flow from "./flow/index";
import * as forward from "./forward/index";
import { realMemory } from "./identity";
import * as bfd from "./liveness/bfd/index";
import { updateHold } from "./liveness/hold";
import { poolsBase, poolsLimit, reserve } from "./memory";
import * as nexthop from "./nexthop/index";
import * as probe from "./probe/index";
import * as record from "./probe/records";
import * as speaker from "./probe/speakers";
import * as stream from "./probe/streams";
import * as timeline from "./probe/timeline";
import { MCU, SET_LIMIT } from "./profile";
import * as reversion from "./reversion/index";
import * as rib from "./rib/index";
import { Status } from "./status";
import { NONE } from "./words";

/** Largest capacities that are carved; more is a slip of the host's, and would overflow a 32-bit size. */
const PREFIX_LIMIT: u32 = 1 << 22;
const RECORD_LIMIT: u32 = 1 << 26;
const FLOW_LIMIT: u32 = 1 << 24;
/** The index of a packed table counts its words, and itself, in two bytes. */
const INDEX_LIMIT: u32 = MCU ? 63_000 : PREFIX_LIMIT;
const BUCKET_LIMIT: u32 = 256;
const PATHS_PER_SET_LIMIT: u32 = 64;

/** Most paths that can be interned; a path number and "no path" must fit two bytes. */
const PATH_LIMIT: u32 = 0xfffe;

/** A history's number and "no history" must fit two bytes. */
const HISTORY_LIMIT: u32 = 0xfffe;

/** The capacities in force, as CONFIGURE carried them; zeros before the first. */
const capacities = memory.data(<i32>CONFIGURE_REQUEST_SIZE, 8);

let configured = false;
let used: usize = 0;
let missing: u32 = 0;

// Until the first CONFIGURE the forwarding tables are empty ones, so that lookups find nothing.
if (reserve(poolsBase() + fib.bytesFor(0, 0))) fib.carve(poolsBase(), 0, 0);

export function isConfigured(): bool {
  return configured;
}

/** Whether the router is a forwarding table without RIB. */
export function isBareTable(): bool {
  return configured && read16(capacities + CONFIGURE_REQUEST_SETS) == 0;
}

export function capacityRecord(): usize {
  return capacities;
}

/** Bytes that the last refused configuration lacked; 0 after any other refusal. */
export function missingBytes(): u32 {
  return missing;
}

export function poolsUsed(): u32 {
  return <u32>used;
}

export function poolsFree(): u32 {
  return <u32>(poolsLimit(realMemory()) - used);
}

function isPowerOfTwo(n: u32): bool {
  return n != 0 && (n & (n - 1)) == 0;
}

/** Configures from the body of CONFIGURE at `body`. */
export function configure(body: usize): Status {
  const ports = <u32>load<u8>(body, CONFIGURE_REQUEST_PORTS);
  const neighbors = <u32>load<u8>(body, CONFIGURE_REQUEST_NEIGHBORS);
  const paths = read16(body + CONFIGURE_REQUEST_PATHS);
  const sets = read16(body + CONFIGURE_REQUEST_SETS);
  const pathsPerSet = <u32>load<u8>(body, CONFIGURE_REQUEST_PATHS_PER_SET);
  const buckets = read16(body + CONFIGURE_REQUEST_BUCKETS);
  const bucketAges = load<u8>(body, CONFIGURE_REQUEST_BUCKET_AGES) != 0;
  const distances = load<u8>(body, CONFIGURE_REQUEST_DISTANCES) != 0;
  const flows = read32(body + CONFIGURE_REQUEST_FLOWS);
  const prefixes4 = read32(body + CONFIGURE_REQUEST_PREFIXES4);
  const prefixes6 = read32(body + CONFIGURE_REQUEST_PREFIXES6);
  const streams = read16(body + CONFIGURE_REQUEST_STREAMS);
  const events = read16(body + CONFIGURE_REQUEST_EVENTS);
  const records = read32(body + CONFIGURE_REQUEST_RECORDS);
  const sessions = <u32>load<u8>(body, CONFIGURE_REQUEST_BFD_SESSIONS);
  const returners: u32 = load<u8>(body, CONFIGURE_REQUEST_REVERSION) != 0 ? neighbors : 0;
  const histories = read16(body + CONFIGURE_REQUEST_HISTORIES);
  missing = 0;
  if (sessions >= NONE || histories > HISTORY_LIMIT) return Status.BAD_VALUE;
  if (ports >= NONE || neighbors >= NONE || paths > PATH_LIMIT || sets > SET_LIMIT) return Status.BAD_VALUE;
  if (prefixes4 > PREFIX_LIMIT || prefixes6 > PREFIX_LIMIT || records > RECORD_LIMIT) return Status.BAD_VALUE;
  if (!isPowerOfTwo(buckets) || buckets > BUCKET_LIMIT) return Status.BAD_VALUE;
  if (!flow.isCapacity(flows) || flows > FLOW_LIMIT) return Status.BAD_VALUE;
  if (pathsPerSet == 0 || pathsPerSet > PATHS_PER_SET_LIMIT) return Status.BAD_VALUE;

  // 64 bits: each pool fits 32, their sum need not.
  const needed =
    <u64>nexthop.bytesFor(ports, neighbors, sets, pathsPerSet, buckets, bucketAges) +
    <u64>flow.bytesFor(flows) +
    <u64>rib.bytesFor(neighbors, paths, sets, pathsPerSet, distances) +
    <u64>fib.bytesFor(prefixes4, prefixes6) +
    <u64>speaker.bytesFor(neighbors) +
    <u64>stream.bytesFor(streams) +
    <u64>timeline.bytesFor(events) +
    <u64>record.bytesFor(records) +
    <u64>bfd.bytesFor(sessions) +
    <u64>reversion.bytesFor(returners, histories);
  const limit = <u64>poolsLimit(realMemory());
  if (needed > limit) {
    missing = <u32>min<u64>(needed - limit, u32.MAX_VALUE);
    return Status.CAPACITY;
  }
  // Last, as a router without the memory for so many shall say what is missing.
  if (prefixes4 > INDEX_LIMIT) return Status.BAD_VALUE;
  if (!reserve(poolsBase() + <usize>needed)) return Status.CAPACITY;

  let at = nexthop.carve(poolsBase(), ports, neighbors, sets, pathsPerSet, buckets, bucketAges);
  at = flow.carve(at, flows);
  at = rib.carve(at, neighbors, paths, sets, pathsPerSet, distances);
  at = fib.carve(at, prefixes4, prefixes6);
  at = speaker.carve(at, neighbors);
  at = stream.carve(at, streams);
  at = timeline.carve(at, events);
  at = record.carve(at, records);
  at = bfd.carve(at, sessions);
  at = reversion.carve(at, returners, histories);
  forward.reset();
  probe.resetProbe();
  updateHold();
  used = at - poolsBase();
  memory.copy(capacities, body, CONFIGURE_REQUEST_SIZE);
  configured = true;
  return Status.OK;
}
