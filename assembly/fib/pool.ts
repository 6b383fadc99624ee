/**
 * Numbered records of one size in a pool. A record that was given back is taken again before a new one is begun;
 * while it is free, its first four bytes hold the number of the next free one, plus one.
 *
 * The pool does not check its end: whoever carves it shows that it never holds more than fits.
 */
@unmanaged
export class Pool {
  base: usize;
  stride: u32;
  /** Records in use. */
  used: u32;
  /** Records ever begun. */
  begun: u32;
  /** Number of the first free record, plus one. */
  free: u32;

  carve(base: usize, stride: u32): void {
    this.base = base;
    this.stride = stride;
    this.used = 0;
    this.begun = 0;
    this.free = 0;
  }

  at(number: u32): usize {
    return this.base + <usize>(number * this.stride);
  }

  numberOf(record: usize): u32 {
    return <u32>(record - this.base) / this.stride;
  }

  take(): u32 {
    this.used++;
    if (this.free == 0) return this.begun++;
    const number = this.free - 1;
    this.free = load<u32>(this.at(number));
    return number;
  }

  give(number: u32): void {
    this.used--;
    store<u32>(this.at(number), this.free);
    this.free = number + 1;
  }
}
