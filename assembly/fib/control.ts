/**
 * What the updates of a page need and lookups do not: the tree of the prefixes that end within the page's 8 bits
 * (depth 1 to 8), and a bitmap of the slots that lead deeper, to another page or to an escape. A page with an empty
 * control holds one leaf throughout, that of the prefix around it, and need not exist.
 */
import { within } from "./tree";

export const CONTROL_BYTES: u32 = 96;
const DEEPER: usize = 64;

export function clearControl(control: usize): void {
  memory.fill(control, 0, CONTROL_BYTES);
}

export function isEmpty(control: usize): bool {
  let any: u64 = 0;
  for (let at: usize = 0; at < CONTROL_BYTES; at += 8) any |= load<u64>(control + at);
  return any == 0;
}

export function setDeeper(control: usize, slot: u32, deeper: bool): void {
  const at = control + DEEPER + ((slot >> 6) << 3);
  const bit = (<u64>1) << slot;
  store<u64>(at, deeper ? load<u64>(at) | bit : load<u64>(at) & ~bit);
}

/**
 * The slots in word `word` of `size` from `first` that lead deeper and are bare in `mask`: what is around them must
 * be handed down. Covers every slot of the word that leads deeper, so that it keeps its leaf.
 */
export function handDown(control: usize, mask: usize, word: u32, first: u32, size: u32): u64 {
  const at = mask + (word << 3);
  const covered = load<u64>(at);
  const deeper = load<u64>(control + DEEPER + (word << 3));
  store<u64>(at, covered | deeper);
  return deeper & ~covered & within(word, first, size);
}
