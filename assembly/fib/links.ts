/**
 * What the sorted tables of both families keep beside their keys: for entry i, counted from 0, the word
 * {length u8, set u8, distance to the parent u16}. The parent of an entry is the longest prefix around it. It always
 * stands before the entry; distance 0 is none.
 *
 * All prefixes around an entry have a range that reaches over the entry, so that an entry without a parent ends the
 * ranges of all before it. That bounds the walks below.
 */

export const LINK_BYTES: u32 = 4;
const SET: usize = 1;
const DISTANCE: usize = 2;

export function lengthAt(links: usize, index: i32): u32 {
  return load<u8>(links + (index << 2));
}

export function setAt(links: usize, index: i32): u32 {
  return load<u8>(links + (index << 2), SET);
}

export function putSet(links: usize, index: i32, set: u32): void {
  store<u8>(links + (index << 2), set, SET);
}

/** -1 for none. */
export function parentOf(links: usize, index: i32): i32 {
  const distance: i32 = load<u16>(links + (index << 2), DISTANCE);
  return distance == 0 ? -1 : index - distance;
}

/**
 * Makes room at `index` among `count` entries for one with the given parent. Those that follow it up to `covered`,
 * exclusive and in the old numbering, are within it.
 */
export function openLink(links: usize, count: i32, index: i32, covered: i32, parent: i32, length: u32): void {
  const at = links + (index << 2);
  memory.copy(at + LINK_BYTES, at, (count - index) << 2);
  store<u8>(at, length);
  putDistance(links, index, parent < 0 ? 0 : index - parent);
  for (let old = index; old < count; old++) {
    const distance: i32 = load<u16>(links + ((old + 1) << 2), DISTANCE);
    if (distance == 0 && old >= covered) return;
    if (distance != 0 && old - distance >= index) continue;
    putDistance(links, old + 1, old < covered ? old + 1 - index : distance + 1);
  }
}

/** Removes the entry at `index` among `count`; those that it was the parent of fall to its own. */
export function closeLink(links: usize, count: i32, index: i32): void {
  const inherited: i32 = load<u16>(links + (index << 2), DISTANCE);
  for (let old = index + 1; old < count; old++) {
    const distance: i32 = load<u16>(links + (old << 2), DISTANCE);
    if (distance == 0) break;
    const parent = old - distance;
    if (parent > index) continue;
    // One entry fewer lies between; and none at all where the entry itself was the topmost.
    const further = parent == index ? inherited : 0;
    putDistance(links, old, parent == index && inherited == 0 ? 0 : distance + further - 1);
  }
  const at = links + (index << 2);
  memory.copy(at, at + LINK_BYTES, (count - index - 1) << 2);
}

function putDistance(links: usize, index: i32, distance: i32): void {
  store<u16>(links + (index << 2), distance, DISTANCE);
}
