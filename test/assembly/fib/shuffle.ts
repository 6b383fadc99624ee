import type { Random } from "../../../host/tables/random.js";

/** Puts a list in random order, in place (Fisher and Yates). */
export function shuffle<T>(list: T[], random: Random): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [list[i], list[other]] = [list[other]!, list[i]!];
  }
  return list;
}
