import { expect } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { type Bare, differences, edges } from "./bare.js";
import { Reference } from "./reference.js";

/** A table, and the reference beside it: what is done to the one is done to the other. */
export class SideBySide {
  readonly reference: Reference;
  /** Addresses at the edges of every prefix that was ever there. */
  readonly asked = new Set<bigint>();

  /** The table has no prefixes yet. */
  constructor(readonly table: Bare) {
    this.reference = new Reference(table.bits);
    this.forget();
  }

  insert(address: bigint, length: number, set: number): void {
    expect(this.table.insert(address, length, set)).toBe(Status.OK);
    this.reference.insert(address, length, set);
    for (const edge of edges(address, length, this.table.bits)) this.asked.add(edge);
  }

  remove(address: bigint, length: number): void {
    expect(this.table.remove(address, length)).toBe(Status.OK);
    this.reference.remove(address, length);
  }

  expectSame(): void {
    expect(differences(this.table, this.reference, [...this.asked])).toEqual([]);
  }

  /** From now on asks for the edges of prefixes to come, and for those of all addresses. */
  forget(): void {
    const last = (1n << BigInt(this.table.bits)) - 1n;
    this.asked.clear();
    for (const address of [0n, 1n, last - 1n, last]) this.asked.add(address);
  }
}
