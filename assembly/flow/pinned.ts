/**
 * The table of pinned flows: which neighbor a TCP flow began with.
 *
 * A flow gets its place with its SYN, as one that is opening, and is established by its next packet. From FIN or RST on it is
 * closing: it keeps its neighbor, as the last packets of both sides need, but not for long. Opening and closing flows
 * live `BRIEF` ticks without a packet, established ones as long as is set.
 *
 * The table is set-associative: a flow's digest says which set of `WAYS` places it may stand in. A newcomer takes a free place, else
 * that of the opening or closing flow that was idle longest. At least one place of a set is not an established flow's:
 * where a flow that is established would take the last one, the established flow of its set that was idle longest is given up
 * for it. So no number of SYNs drives an established flow out.
 *
 * A key is compared whole. That of an IPv4 flow is its addresses and ports; of an IPv6 flow it is a keyed digest of 64 bits of
 * both, and the ports: two given flows of equal ports have the same with probability 2^-64.
 */
import { align } from "../memory";
import { usable } from "../nexthop/neighbor";
import { NONE } from "../words";

const WAYS: u32 = 8;

@unmanaged
class Flow {
  first: u32;
  second: u32;
  ports: u32;
  /** State in bits 0-1, family in bit 2, neighbor in bits 3-10, tick of the last packet above; 0 where the place is free. */
  mark: u32;
}

const FLOW_BYTES: usize = 16;
const SET_BYTES: usize = <usize>WAYS * FLOW_BYTES;

const FREE: u32 = 0;
const OPENING: u32 = 1;
const ESTABLISHED: u32 = 2;
const CLOSING: u32 = 3;

/** Families, as they stand in a mark. */
export const IPV4: u32 = 0;
export const IPV6: u32 = 4;

const NEIGHBOR_SHIFT: u32 = 3;
const TICK_SHIFT: u32 = 11;
/** Ticks go round every 2^21, which is 25 days. */
const TICK_MASK: u32 = u32.MAX_VALUE >>> TICK_SHIFT;

/** A tick is 2^20 microseconds of device time, a little more than a second. */
const TICK: u64 = 20;
/** Longest time without a packet that can be set, in microseconds: half the round. */
export const IDLE_LIMIT: u64 = (<u64>(TICK_MASK >> 1)) << TICK;
/** Eight seconds: three retransmissions of a SYN (RFC 6298). */
const BRIEF: u32 = 8;

// TCP flags, RFC 9293 section 3.1.
const FIN: u32 = 0x01;
const SYN: u32 = 0x02;
const RST: u32 = 0x04;
const ACK: u32 = 0x10;

let table: usize = 0;
let setMask: u32 = 0;
/** Ticks without a packet that an established flow lives. */
let idle: u32 = 0;

/** Places that are taken. */
export let inUse: u32 = 0;
/** Established flows given up for others. */
export let evicted: u32 = 0;

// The key that is looked for, and its set.
let first: u32 = 0;
let second: u32 = 0;
let ports: u32 = 0;
let family: u32 = IPV4;
let set: usize = 0;
let now: u32 = 0;

/** The place for the flow that `meet` found to be a new one, which `open` completes; 0 if there is none. */
let place: usize = 0;

export function bytesFor(flows: u32): usize {
  return align(<usize>flows * FLOW_BYTES);
}

/** `flows` is 0 or a multiple of `WAYS` and a power of two. */
export function carve(base: usize, flows: u32): usize {
  table = flows == 0 ? 0 : base;
  setMask = flows / WAYS - 1;
  forget();
  return base + bytesFor(flows);
}

/** Whether `flows` can be carved. */
export function isCapacity(flows: u32): bool {
  return flows == 0 || (flows >= WAYS && (flows & (flows - 1)) == 0);
}

export function isPinning(): bool {
  return table != 0;
}

/** Gives up all flows. */
export function forget(): void {
  if (table != 0) memory.fill(table, 0, <usize>(setMask + 1) * SET_BYTES);
  inUse = 0;
  evicted = 0;
  place = 0;
}

/** How long an established flow lives without a packet, in microseconds; at most `IDLE_LIMIT`. */
export function setIdle(time: u64): void {
  idle = <u32>((time + (1 << TICK) - 1) >> TICK);
}

/** To be called first for each packet: nothing has begun a flow yet. */
export function beginPacket(): void {
  place = 0;
}

/** Sets the key that the next call is about, and the device time at which it is. */
export function setKey(one: u32, other: u32, bothPorts: u32, ofFamily: u32, hash: u32, time: u64): void {
  first = one;
  second = other;
  ports = bothPorts;
  family = ofFamily;
  set = table + <usize>(hash & setMask) * SET_BYTES;
  now = <u32>(time >> TICK) & TICK_MASK;
}

/** The neighbor of the key's flow, or NONE; nothing changes but that a flow that is over is given up. */
export function glance(): u32 {
  const at = find();
  return at == 0 ? NONE : neighborOf(markAt(at));
}

/** A packet of the key's flow with these TCP flags has come: gives the flow's neighbor, or NONE. */
export function meet(flags: u32): u32 {
  const at = find();
  const isFirst = (flags & (FIN | SYN | RST | ACK)) == SYN;
  if (at == 0) {
    if (isFirst) place = placeForNewcomer();
    return NONE;
  }
  const mark = markAt(at);
  let state = stateOf(mark);
  if (isFirst) {
    // Whoever forges one shall not move an established flow, or keep it alive.
    if (state == ESTABLISHED) return neighborOf(mark);
    place = at;
    return NONE;
  }
  if ((flags & (FIN | RST)) != 0) {
    state = CLOSING;
  } else if (state == OPENING && (flags & SYN) == 0) {
    state = ESTABLISHED;
    yieldTo(at);
  }
  setMark(at, state, neighborOf(mark));
  return neighborOf(mark);
}

/** Where the last packet met was the first of a flow, the flow begins, with this neighbor. */
export function open(neighbor: u32): void {
  if (place == 0) return;
  const flow = changetype<Flow>(place);
  if (stateOf(flow.mark) == FREE) inUse++;
  flow.first = first;
  flow.second = second;
  flow.ports = ports;
  setMark(place, OPENING, neighbor);
  place = 0;
}

/** The place of the key's flow, or 0. A flow that is over, or whose neighbor is down, is given up. */
function find(): usize {
  for (let at = set, end = set + SET_BYTES; at < end; at += FLOW_BYTES) {
    const flow = changetype<Flow>(at);
    if (flow.ports != ports || flow.first != first || flow.second != second) continue;
    const mark = flow.mark;
    if (stateOf(mark) == FREE || (mark & IPV6) != family) continue;
    if (!isOver(mark) && usable(neighborOf(mark))) return at;
    giveUp(at);
    return 0;
  }
  return 0;
}

/** There is one: not all places of a set are established flows'. */
function placeForNewcomer(): usize {
  let oldest: usize = 0;
  for (let at = set, end = set + SET_BYTES; at < end; at += FLOW_BYTES) {
    const mark = markAt(at);
    if (stateOf(mark) == FREE || isOver(mark)) return at;
    if (stateOf(mark) == ESTABLISHED) continue;
    if (oldest == 0 || age(mark) > age(markAt(oldest))) oldest = at;
  }
  return oldest;
}

/** Makes sure that a place is left to newcomers when the flow at `joining` is established. */
function yieldTo(joining: usize): void {
  let oldest: usize = 0;
  for (let at = set, end = set + SET_BYTES; at < end; at += FLOW_BYTES) {
    if (at == joining) continue;
    if (stateOf(markAt(at)) != ESTABLISHED) return;
    if (oldest == 0 || age(markAt(at)) > age(markAt(oldest))) oldest = at;
  }
  if (!isOver(markAt(oldest))) evicted++;
  giveUp(oldest);
}

function giveUp(at: usize): void {
  changetype<Flow>(at).mark = FREE;
  inUse--;
}

function markAt(at: usize): u32 {
  return changetype<Flow>(at).mark;
}

function setMark(at: usize, state: u32, neighbor: u32): void {
  changetype<Flow>(at).mark = (now << TICK_SHIFT) | (neighbor << NEIGHBOR_SHIFT) | family | state;
}

function stateOf(mark: u32): u32 {
  return mark & 3;
}

function neighborOf(mark: u32): u32 {
  return (mark >> NEIGHBOR_SHIFT) & 0xff;
}

/** Ticks since the last packet. */
function age(mark: u32): u32 {
  return (now - (mark >> TICK_SHIFT)) & TICK_MASK;
}

/** Whether the flow of a mark has been idle for longer than it lives. */
function isOver(mark: u32): bool {
  return age(mark) > (stateOf(mark) == ESTABLISHED ? idle : min(idle, BRIEF));
}
