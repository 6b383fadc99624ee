/** The forwarding table as anyone would first write it: a map for each length, asked from the longest to the shortest. */
export class Reference {
  private readonly sets: Map<bigint, number>[];

  /** `bits` is 32 for IPv4, 128 for IPv6. Addresses are numbers of that many bits. */
  constructor(readonly bits: number) {
    this.sets = Array.from({ length: bits + 1 }, () => new Map());
  }

  insert(address: bigint, length: number, set: number): void {
    this.sets[length]!.set(address, set);
  }

  remove(address: bigint, length: number): boolean {
    return this.sets[length]!.delete(address);
  }

  get(address: bigint, length: number): number | null {
    return this.sets[length]!.get(address) ?? null;
  }

  /** Length of the longest prefix around the address, -1 for none. */
  match(address: bigint): number {
    for (let length = this.bits; length >= 0; length--) {
      if (this.sets[length]!.has(this.mask(address, length))) return length;
    }
    return -1;
  }

  lookup(address: bigint): number | null {
    const length = this.match(address);
    return length < 0 ? null : this.get(this.mask(address, length), length);
  }

  /** The address with all but its upper `length` bits cleared. */
  mask(address: bigint, length: number): bigint {
    const host = BigInt(this.bits - length);
    return (address >> host) << host;
  }

  get size(): number {
    return this.sets.reduce((sum, sets) => sum + sets.size, 0);
  }
}
