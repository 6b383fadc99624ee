import type { Routes } from "../../../host/tables/routes.js";

/** What a package's memory is told by: a buffer's length, or how much the heap grew. */
export type MemoryKind = "buffer" | "heap";

/** Another way to look addresses up, behind what it takes to compare it. */
export interface Contender {
  readonly name: string;
  readonly version: string;
  readonly memory: MemoryKind;
  /** Makes what the package reads; not its own work, so that its time does not count. */
  prepare(routes: Routes): Prepared;
}

export interface Prepared {
  /** Bytes where they are known beforehand; 0 where the heap tells them. */
  readonly bytes: number;
  /** The package's own loading. */
  load(): Loaded;
}

export interface Loaded {
  /** How an address is to be written to be asked for. */
  query(address: string): string;
  /** The number of the next hop of the longest prefix around the address, null for none. */
  lookup(query: string): number | null;
}
