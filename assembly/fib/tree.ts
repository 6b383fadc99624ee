/**
 * Which prefixes exist, as a binary tree of bits in heap order: the prefix of `depth` bits with value `position`
 * is bit `2^depth + position`. A tree of height h takes `2^(h+1)` bits and answers "is there a longer one in here?"
 * and "which is the longest around here?" without a look into the prefix store.
 *
 * A mask has one bit for each of the `2^height` slots at the bottom of the tree.
 */

export function treeBytes(height: u32): usize {
  return (<usize>2) << (height - 3);
}

export function plant(tree: usize, depth: u32, position: u32): void {
  const bit: u32 = (1 << depth) + position;
  const at = tree + ((bit >> 6) << 3);
  store<u64>(at, load<u64>(at) | ((<u64>1) << bit));
}

export function fell(tree: usize, depth: u32, position: u32): void {
  const bit: u32 = (1 << depth) + position;
  const at = tree + ((bit >> 6) << 3);
  store<u64>(at, load<u64>(at) & ~((<u64>1) << bit));
}

/** Depth of the longest prefix that exists at `position` of `depth` or above it, -1 for none. */
export function longest(tree: usize, depth: i32, position: u32): i32 {
  for (; depth >= 0; depth--, position >>= 1) {
    const bit: u32 = (1 << depth) + position;
    if ((load<u64>(tree + ((bit >> 6) << 3)) >> bit) & 1) return depth;
  }
  return -1;
}

/** The bits of word `word` of a mask that lie in `size` slots from `first`; `size` is a power of two, `first` its multiple. */
export function within(word: u32, first: u32, size: u32): u64 {
  if (size < 64) return word == first >> 6 ? (((<u64>1) << size) - 1) << first : 0;
  return word >= first >> 6 && word < (first + size) >> 6 ? ~(<u64>0) : 0;
}

/** Puts into `mask`, among the slots below `position` of `depth`, those that a longer prefix covers. */
export function cover(tree: usize, height: u32, depth: u32, position: u32, mask: usize): void {
  const slots: u32 = 1 << (height - depth);
  const first = position << (height - depth);
  erase(mask, first, slots);
  for (let below = depth + 1; below <= height; below++) {
    const size: u32 = 1 << (below - depth);
    const start: u32 = (1 << below) + (position << (below - depth));
    const last = (start + size - 1) >> 6;
    for (let word = start >> 6; word <= last; word++) {
      let bits = load<u64>(tree + (word << 3)) & within(word, start, size);
      for (; bits != 0; bits &= bits - 1) {
        const found: u32 = (word << 6) + <u32>ctz(bits) - (1 << below);
        fill(mask, found << (height - below), 1 << (height - below));
      }
    }
  }
}

function erase(mask: usize, first: u32, size: u32): void {
  const at = mask + ((first >> 6) << 3);
  if (size < 64) store<u64>(at, load<u64>(at) & ~within(first >> 6, first, size));
  else memory.fill(at, 0, size >> 3);
}

function fill(mask: usize, first: u32, size: u32): void {
  const at = mask + ((first >> 6) << 3);
  if (size < 64) store<u64>(at, load<u64>(at) | within(first >> 6, first, size));
  else memory.fill(at, 0xff, size >> 3);
}
