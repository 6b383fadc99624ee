/** Counts the records that a reader has no use for, by type and subtype. */
export class Skipped {
  readonly #counts = new Map<string, number>();

  add({ type, subtype }: { type: number; subtype: number }): void {
    const key = `type ${type} subtype ${subtype}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** "12 of type 16 subtype 2, ..."; empty if there were none. */
  toString(): string {
    return [...this.#counts].map(([kind, count]) => `${count} of ${kind}`).join(", ");
  }
}
