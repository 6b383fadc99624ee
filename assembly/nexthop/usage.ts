/**
 * Which numbered things (groups, route sets) use which neighbor: a row of bits for each neighbor. What a neighbor's
 * death concerns is found by reading its row, 32 numbers a load, and never by asking every group or set.
 */
import { align } from "../memory";

@unmanaged
export class Usage {
  /** 32-bit words in a row. */
  words: u32;
  private rows: usize;

  static bytesFor(neighbors: u32, numbers: u32): usize {
    return align(<usize>neighbors * <usize>wordsFor(numbers) * 4);
  }

  carve(base: usize, neighbors: u32, numbers: u32): usize {
    const bytes = Usage.bytesFor(neighbors, numbers);
    this.words = wordsFor(numbers);
    this.rows = base;
    memory.fill(base, 0, bytes);
    return base + bytes;
  }

  mark(neighbor: u32, number: u32): void {
    const at = this.wordAt(neighbor, number >> 5);
    store<u32>(at, load<u32>(at) | (1 << (number & 31)));
  }

  unmark(neighbor: u32, number: u32): void {
    const at = this.wordAt(neighbor, number >> 5);
    store<u32>(at, load<u32>(at) & ~(1 << (number & 31)));
  }

  /** Bits of the numbers `32 * index` to `32 * index + 31`. */
  word(neighbor: u32, index: u32): u32 {
    return load<u32>(this.wordAt(neighbor, index));
  }

  private wordAt(neighbor: u32, index: u32): usize {
    return this.rows + ((<usize>(neighbor * this.words + index)) << 2);
  }
}

function wordsFor(numbers: u32): u32 {
  return (numbers + 31) >> 5;
}
