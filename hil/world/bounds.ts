/** Whether what the repeats showed lies within bounds, in words. */
import type { Expectation } from "../measure/result.js";
import type { Bounds } from "../scenario/scenario.js";

export interface Words {
  print: (value: number) => string;
  expected: string;
  /** Why the packets cannot tell whether the bounds hold; null where they can. */
  blind: string | null;
}

/** One value a repeat, null where no packet was sent that could tell. Shows the worst, or the spread of all. */
export function judge(
  values: readonly (number | null)[],
  bounds: Bounds,
  { print, blind }: Words,
): Pick<Expectation, "found" | "pass"> {
  const seen = values.filter(value => value !== null);
  if (seen.length < values.length) return { found: "no packet", pass: false };
  if (blind !== null) return { found: blind, pass: false };
  const excess = (value: number) => Math.max(bounds.atLeast - value, value - bounds.atMost);
  const wrong = seen.filter(value => excess(value) > 0).sort((a, b) => excess(b) - excess(a));
  if (wrong.length > 0) {
    return { found: print(wrong[0]!) + inRepeats(wrong.length, values.length), pass: false };
  }
  const [least, most] = [print(Math.min(...seen)), print(Math.max(...seen))];
  return { found: least === most ? least : `${least} to ${most}`, pass: true };
}

/** In how many of the repeats an expectation failed; nothing where there is one repeat. */
export function inRepeats(failed: number, repeats: number): string {
  return repeats > 1 ? ` (${failed} of ${repeats} repeats)` : "";
}

export function printBounds({ atLeast, atMost }: Bounds, print: (value: number) => string): string {
  if (atLeast === atMost) return `exactly ${print(atLeast)}`;
  if (atLeast === 0) return `at most ${print(atMost)}`;
  return atMost === Number.POSITIVE_INFINITY
    ? `at least ${print(atLeast)}`
    : `${print(atLeast)} to ${print(atMost)}`;
}
