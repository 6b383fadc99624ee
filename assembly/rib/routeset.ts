/** Route sets. */
export function groupOf(set: u32): u32 {
  return 0;
}
