/**
 * The forwarding table as anyone would first write it: for each length a map from the prefix's bits to its set, asked from
 * the longest to the shortest.
 */
export class Reference {
  private readonly sets: Map<bigint, number>[];

  /** `bits` is 32 for IPv4, 128 for IPv6. Addresses are numbers of that many bits. */
  constructor(readonly bits: number) {
    this.sets = Array.from({ length: bits + 1 }, () => new Map());
  }

  insert(address: bigint, length: number, set: number): void {
    this.sets[length]!.set(this.upper(address, length), set);
  }

  remove(address: bigint, length: number): boolean {
    return this.sets[length]!.delete(this.upper(address, length));
  }

  get(address: bigint, length: number): number | null {
    return this.sets[length]!.get(this.upper(address, length)) ?? null;
  }

  /** Length of the longest prefix around the address, -1 for none. */
  match(address: bigint): number {
    let length = this.bits;
    while (length >= 0 && this.get(address, length) === null) length--;
    return length;
  }

  lookup(address: bigint): number | null {
    const length = this.match(address);
    return length < 0 ? null : this.get(address, length);
  }

  /** All that it holds, in no order that matters. */
  prefixes(): { address: bigint; length: number }[] {
    return this.sets.flatMap((sets, length) =>
      [...sets.keys()].map(upper => ({ address: upper << BigInt(this.bits - length), length })),
    );
  }

  /** The address with all but its upper `length` bits cleared. */
  mask(address: bigint, length: number): bigint {
    return this.upper(address, length) << BigInt(this.bits - length);
  }

  private upper(address: bigint, length: number): bigint {
    return address >> BigInt(this.bits - length);
  }
}
