import { Part } from "../protocol/words.js";
import type { Family } from "../tables/address.js";
import type { Router } from "./router.js";

/** What a part of a forwarding table takes. */
export interface PartBytes {
  readonly name: string;
  readonly bytes: number;
  /** Whether lookups use it; the rest is kept for updates. */
  readonly lookup: boolean;
}

/** The parts of a family's table, of any profile; those that take nothing are left out. */
export function partsOf({ exports }: Router, family: Family): PartBytes[] {
  const bytesOf = family === 4 ? exports.partBytes4 : exports.partBytes6;
  return Object.entries(Part)
    .map(([name, part]) => ({
      name: name.toLowerCase().replaceAll("_", " "),
      bytes: bytesOf(part),
      lookup: part < Part.PREFIXES,
    }))
    .filter(({ bytes }) => bytes > 0);
}

export function totalBytes(parts: readonly PartBytes[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}
