import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Family } from "../../../host/tables/address.js";
import { Random } from "../../../host/tables/random.js";
import { type Unit, unit } from "../unit.js";
import { edges } from "./bare.js";
import { Reference } from "./reference.js";

const HALF = 0xffff_ffff_ffff_ffffn;
const BASE = 1 << 16;
const CAPACITY = 400;
const STEPS = 4_000;

interface Exports {
  bytesFor(prefixes4: number, prefixes6: number): number;
  carve(base: number, prefixes4: number, prefixes6: number): number;
  insert4(address: number, length: number, set: number): number;
  remove4(address: number, length: number): number;
  lookup4(address: number): number;
  lookupBatch4(addresses: number, sets: number, count: number): void;
  insert6(high: bigint, low: bigint, length: number, set: number): number;
  remove6(high: bigint, low: bigint, length: number): number;
  lookup6(high: bigint, low: bigint): number;
  lookupBatch6(addresses: number, sets: number, count: number): void;
  /** Takes place behind the last page away, so that the next change of a page lets all slide together, or gives it back. */
  crowd(pages: number): void;
  relieve(pages: number): void;
  /** Makes the pool end where the bytes of the fullest pages for so many prefixes, and of two pages more, end. */
  tighten(pages: number, prefixes: number): void;
  /** Whether all pages lie in their pool, and take no more than the fullest would. */
  isInBounds(pages: number): number;
  /** Address behind the last page. */
  top(pages: number): number;
  /** Most IPv4 pages that a search for an equal page compares hashes with. */
  longestChain(): number;
}

/** The pages of IPv4, and the inner and outer ones of IPv6. */
const source = `
  export { bytesFor, carve, insert4, remove4, lookup4, lookupBatch4 } from "./fib/index";
  export { insert6, remove6, lookup6, lookupBatch6 } from "./fib/index";
  import { pageBytesFor, pages, shared } from "./fib/paged4";
  import { inner, innerBytesFor, outer, outerBytesFor } from "./fib/paged6";
  import { Share } from "./fib/shared-pages";
  import { mostBytes } from "./fib/page";
  import { Pages } from "./fib/pages";
  let end: usize = 0;
  function pagesOf(which: u32): Pages { return which == 0 ? pages : which == 1 ? inner : outer; }
  export function top(which: u32): usize { return pagesOf(which).top; }
  export function crowd(which: u32): void {
    const pages = pagesOf(which);
    end = pages.end;
    pages.end = pages.top + 2 * mostBytes(pages.shift) - 4;
  }
  let bound: usize = 0;
  export function tighten(which: u32, prefixes: u32): void {
    const pages = pagesOf(which);
    bound = which == 0 ? pageBytesFor(prefixes) : which == 1 ? innerBytesFor(prefixes) : outerBytesFor(prefixes);
    pages.end = pages.base + bound + 2 * mostBytes(which == 1 ? 2 : 1);
  }
  export function isInBounds(which: u32): bool {
    const pages = pagesOf(which);
    return pages.used <= bound && pages.top <= pages.end;
  }
  export function longestChain(): u32 {
    let most: u32 = 0;
    for (let bucket: u32 = 0; bucket <= shared.mask; bucket++) {
      let length: u32 = 0;
      let link = load<u32>(shared.buckets + (bucket << 2));
      for (; link != 0; length++) link = changetype<Share>(pages.records.at(link - 1)).next;
      most = max(most, length);
    }
    return most;
  }
  export function relieve(which: u32): void { pagesOf(which).end = end; }
`;

let core: Unit<Exports> & { memory: { grow(pages: number): number } };

beforeAll(async () => {
  core = (await unit<Exports>("host", source)) as typeof core;
});

beforeEach(() => {
  const missing = BASE + core.bytesFor(CAPACITY, CAPACITY) - core.memory.buffer.byteLength;
  if (missing > 0) core.memory.grow(Math.ceil(missing / 65536));
  core.carve(BASE, CAPACITY, CAPACITY);
});

function insert(family: Family, address: bigint, length: number, set: number): number {
  if (family === 4) return core.insert4(Number(address), length, set);
  return core.insert6(address >> 64n, address & HALF, length, set);
}

function remove(family: Family, address: bigint, length: number): number {
  if (family === 4) return core.remove4(Number(address), length);
  return core.remove6(address >> 64n, address & HALF, length);
}

function lookup(family: Family, address: bigint): number | null {
  const set = family === 4 ? core.lookup4(Number(address)) : core.lookup6(address >> 64n, address & HALF);
  return set === 0xffff ? null : set;
}

/** The same with one call. */
function lookupAll(family: Family, addresses: bigint[]): (number | null)[] {
  const width = family === 4 ? 4 : 16;
  const at = core.memory.buffer.byteLength;
  core.memory.grow(1);
  const view = new DataView(core.memory.buffer, at);
  addresses.forEach((address, i) => {
    if (family === 4) view.setUint32(i * 4, Number(address), true);
    else view.setBigUint64(i * 16, address >> 64n, true);
  });
  const sets = addresses.length * width;
  if (family === 4) core.lookupBatch4(at, at + sets, addresses.length);
  else core.lookupBatch6(at, at + sets, addresses.length);
  return addresses.map((_, i) => {
    const set = view.getUint16(sets + i * 2, true);
    return set === 0xffff ? null : set;
  });
}

/** Prefixes of these lengths end in the pages that shall slide, or behind their escapes. */
describe.each([
  { name: "IPv4 pages", family: 4, pages: 0, shortest: 17, longest: 26 },
  { name: "IPv6 inner pages", family: 6, pages: 1, shortest: 25, longest: 40 },
  { name: "IPv6 outer pages", family: 6, pages: 2, shortest: 41, longest: 50 },
] as const)("$name", ({ family, pages, shortest, longest }) => {
  test("slide together where there is no room, and every lookup is as before", () => {
    const bits = family === 4 ? 32 : 128;
    const reference = new Reference(bits);
    const random = new Random(pages);
    const known: { address: bigint; length: number }[] = [];
    let slides = 0;
    for (let step = 0; step < STEPS; step++) {
      // The second half begins with leaves that become wider, for which there is room.
      const isCrowded = step % 5 === 4;
      const set = step === STEPS / 2 ? 1000 : random.below(step < STEPS / 2 ? 250 : 2000);
      const before = core.top(pages);
      if (isCrowded) core.crowd(pages);
      const isGrowing = Math.floor(step / 300) % 2 === 0;
      if (known.length < CAPACITY && (step === STEPS / 2 || random.below(10) < (isGrowing ? 8 : 3))) {
        const length = shortest + random.below(longest - shortest + 1);
        const stem = BigInt(random.below(6)) << BigInt(bits - 16);
        const address = reference.mask(
          stem | (BigInt(random.below(1 << 12)) << BigInt(bits - longest)),
          length,
        );
        if (reference.get(address, length) === null) known.push({ address, length });
        expect(insert(family, address, length, set)).toBe(0);
        reference.insert(address, length, set);
      } else if (known.length > 0) {
        const [gone] = known.splice(random.below(known.length), 1);
        expect(remove(family, gone!.address, gone!.length)).toBe(0);
        reference.remove(gone!.address, gone!.length);
      }
      if (!isCrowded) continue;
      core.relieve(pages);
      if (core.top(pages) >= before) continue;
      slides++;
      const asked = known.flatMap(({ address, length }) => edges(address, length, bits));
      const expected = asked.map(address => reference.lookup(address));
      expect(asked.map(address => lookup(family, address))).toEqual(expected);
      expect(lookupAll(family, asked)).toEqual(expected);
    }
    expect(slides).toBeGreaterThan(100);
  });
});

/** Pages that differ in the bits before `first`, with prefixes of length `last` that differ in those from there on. */
describe.each([
  { name: "IPv4 pages", family: 4, pages: 0, first: 16, last: 24 },
  { name: "IPv6 inner pages", family: 6, pages: 1, first: 24, last: 32 },
  { name: "IPv6 outer pages", family: 6, pages: 2, first: 40, last: 48 },
] as const)("$name", ({ family, pages, first, last }) => {
  const bits = family === 4 ? 32 : 128;

  test("of ever other lengths need no more room than all pages together and two", () => {
    core.tighten(pages, CAPACITY);
    for (let perPage = 1; perPage <= 128; perPage += 3) {
      // Every other slot, and more sets than fit one byte, all of them other ones in each page.
      const entries = Array.from({ length: CAPACITY }, (_, i) => {
        const page = BigInt(Math.floor(i / perPage)) << BigInt(bits - first);
        const slot = BigInt((i % perPage) * 2 + 1) << BigInt(bits - last);
        return { address: page | slot, set: 600 + i };
      });
      for (const { address, set } of entries) {
        expect(insert(family, address, last, set)).toBe(0);
        expect(core.isInBounds(pages)).toBe(1);
      }
      expect(entries.map(({ address }) => lookup(family, address))).toEqual(entries.map(({ set }) => set));
      for (const { address } of entries) {
        expect(remove(family, address, last)).toBe(0);
        expect(core.isInBounds(pages)).toBe(1);
      }
    }
  });
});

test("a prefix finds its page among 60,000 alike but for one leaf without asking many", () => {
  const count = 60_000;
  const missing = BASE + core.bytesFor(count, 0) - core.memory.buffer.byteLength;
  if (missing > 0) core.memory.grow(Math.ceil(missing / 65536));
  core.carve(BASE, count, 0);
  for (let i = 0; i < count; i++) insert(4, (BigInt(i) << 16n) | 0x8000n, 17, i);
  expect(core.longestChain()).toBeLessThan(16);
});
