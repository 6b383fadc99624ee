/**
 * Scripts of what may happen to a forwarding table, for fast-check: each step says all that it does, so that a shorter
 * script still means the same and a failure reads by itself.
 */
import fc from "fast-check";
import {
  type Address,
  type Family,
  formatAddress,
  fromHalves,
  fromNumber,
} from "../../../host/tables/address.js";
import { edges } from "./bare.js";

const HALF = 0xffff_ffff_ffff_ffffn;

export interface Prefix {
  readonly address: bigint;
  readonly length: number;
}

export type Step =
  | { readonly kind: "insert"; readonly prefix: Prefix; readonly set: number }
  | { readonly kind: "remove"; readonly prefix: Prefix }
  | { readonly kind: "lookup" | "match"; readonly address: bigint }
  | { readonly kind: "batch"; readonly addresses: readonly bigint[] };

/** A step before it is known what is in the table: `pick` chooses from that. */
interface Draft {
  readonly kind: "insert" | "replace" | "remove" | "remove any" | "lookup" | "match" | "batch";
  readonly prefix: Prefix;
  readonly set: number;
  readonly pick: number;
  /** Addresses of a batch. */
  readonly count: number;
}

/** Scripts of up to `most` steps, for sets below `setLimit`. */
export function scripts(family: Family, setLimit: number, most: number): fc.Arbitrary<Step[]> {
  const draft = fc.record<Draft>({
    kind: weighted({ insert: 6, replace: 2, remove: 3, "remove any": 1, lookup: 2, match: 1, batch: 1 }),
    prefix: prefixes(family),
    set: sets(setLimit),
    pick: fc.nat(9999),
    // More than any group that a batch is looked up in.
    count: fc.nat(80),
  });
  return fc.array(draft, { maxLength: most, size: "max" }).map(drafts => {
    const steps = decide(drafts, family);
    return Object.assign(steps, { [fc.toStringMethod]: () => text(steps, family) });
  });
}

/** Few sets, so that pages come to be alike, and now and then one on either side of where leaves become wider. */
function sets(limit: number): fc.Arbitrary<number> {
  return fc.oneof(
    { arbitrary: fc.nat(3), weight: 40 },
    { arbitrary: fc.constantFrom(252, 253), weight: 5 },
    { arbitrary: fc.constantFrom(254, Math.min(255, limit - 1), limit - 1), weight: 1 },
    { arbitrary: fc.nat(limit - 1), weight: 1 },
  );
}

/** Prefixes that lie in one another and, as they differ in few bytes, are alike in different places. */
function prefixes(family: Family): fc.Arbitrary<Prefix> {
  const bits = family === 4 ? 32 : 128;
  const all = (1n << BigInt(bits)) - 1n;
  const stem = fc.constantFrom(0n, family === 4 ? 0xc633_6400n : 0x2001_0db8n << 96n, all);
  const change = fc.record({
    // The first bytes of an IPv6 address matter more often.
    byte: fc.oneof(fc.nat(bits / 8 - 1), fc.nat(Math.min(7, bits / 8 - 1))),
    value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff), fc.nat(255)),
  });
  const landmarks = [8, 16, 24, 32, 40, 48, 64, 128].filter(length => length <= bits);
  const length = fc.oneof(
    fc.nat(bits),
    fc.tuple(fc.constantFrom(...landmarks), fc.integer({ min: -1, max: 1 })).map(([near, by]) => near + by),
  );
  return fc.tuple(stem, fc.array(change, { maxLength: 2 }), length).map(([start, changes, wanted]) => {
    let address = start;
    for (const { byte, value } of changes) {
      const shift = BigInt(bits - 8 - 8 * byte);
      address = (address & ~(0xffn << shift)) | (BigInt(value) << shift);
    }
    const bounded = Math.min(wanted, bits);
    const host = BigInt(bits - bounded);
    return { address: (address >> host) << host, length: bounded };
  });
}

/** Replaces and removes what the script itself put there, and asks where that begins and ends. */
function decide(drafts: readonly Draft[], family: Family): Step[] {
  const bits = family === 4 ? 32 : 128;
  const known: Prefix[] = [];
  const find = ({ address, length }: Prefix) =>
    known.findIndex(other => other.address === address && other.length === length);
  const near = ({ prefix, pick }: Draft, index: number) => {
    const { address, length } = known[(pick + index) % (known.length + 1)] ?? prefix;
    const around = [...edges(address, length, bits), prefix.address];
    return around[(pick + index) % around.length]!;
  };

  return drafts.map((draft): Step => {
    const { kind, prefix, set, pick, count } = draft;
    const picked = known[pick % Math.max(known.length, 1)] ?? prefix;
    switch (kind) {
      case "insert":
      case "replace": {
        const chosen = kind === "replace" ? picked : prefix;
        if (find(chosen) < 0) known.push(chosen);
        return { kind: "insert", prefix: chosen, set };
      }
      case "remove":
      case "remove any": {
        const chosen = kind === "remove" ? picked : prefix;
        const at = find(chosen);
        if (at >= 0) known.splice(at, 1);
        return { kind: "remove", prefix: chosen };
      }
      case "batch":
        return { kind, addresses: Array.from({ length: count }, (_, index) => near(draft, index)) };
      default:
        return { kind, address: near(draft, 0) };
    }
  });
}

function text(steps: readonly Step[], family: Family): string {
  const printed = (address: bigint) => formatAddress(toAddress(address, family));
  const line = (step: Step) => {
    if (step.kind === "insert") return `${printed(step.prefix.address)}/${step.prefix.length} ${step.set}`;
    if (step.kind === "remove") return `${printed(step.prefix.address)}/${step.prefix.length}`;
    if (step.kind === "batch") return step.addresses.map(printed).join(" ");
    return printed(step.address);
  };
  return steps.map(step => `\n  ${step.kind} ${line(step)}`).join("");
}

function toAddress(value: bigint, family: Family): Address {
  return family === 4 ? fromNumber(Number(value)) : fromHalves(value >> 64n, value & HALF);
}

function weighted<T extends string>(weights: Record<T, number>): fc.Arbitrary<T> {
  const choices = Object.entries<number>(weights).map(([value, weight]) => ({
    arbitrary: fc.constant(value as T),
    weight,
  }));
  return fc.oneof(...choices);
}
