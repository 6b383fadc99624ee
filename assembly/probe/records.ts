/** What the probe saw, in order. A record that finds no room is counted, so that a verdict is never built on a gap. */
import { RECORD_COUNT, RECORD_KIND, RECORD_SIZE, RECORD_SUBJECT, RECORD_VALUE } from "../console/messages";
import { align } from "../memory";
import { RecordKind } from "../words";

@unmanaged
class Record {
  time: u64;
  kind: u8;
  value: u8;
  subject: u16;
  count: u32;
}

const SIZE: usize = offsetof<Record>();

// The pool is sent as it stands.
if (
  SIZE != RECORD_SIZE ||
  offsetof<Record>("kind") != RECORD_KIND ||
  offsetof<Record>("value") != RECORD_VALUE ||
  offsetof<Record>("subject") != RECORD_SUBJECT ||
  offsetof<Record>("count") != RECORD_COUNT
) {
  ERROR("a record in memory is not laid out as on the line");
}

let pool: usize = 0;
let capacity: u32 = 0;
let used: u32 = 0;
let lost: u32 = 0;

export function bytesFor(records: u32): usize {
  return align(<usize>records * SIZE);
}

export function carve(base: usize, records: u32): usize {
  pool = base;
  capacity = records;
  clearRecords();
  return base + bytesFor(records);
}

export function clearRecords(): void {
  used = 0;
  lost = 0;
}

export function recordCount(): u32 {
  return used;
}

export function lostRecords(): u32 {
  return lost;
}

/** Where record `n` stands, laid out as on the line. */
export function recordAt(n: u32): usize {
  return pool + <usize>n * SIZE;
}

export function addRecord(time: u64, kind: RecordKind, value: u32, subject: u32, count: u32): void {
  if (used == capacity) {
    lost++;
    return;
  }
  const record = changetype<Record>(recordAt(used++));
  record.time = time;
  record.kind = <u8>kind;
  record.value = <u8>min<u32>(value, 0xff);
  record.subject = <u16>min<u32>(subject, 0xffff);
  record.count = count;
}
