/**
 * All chance in a run: phases of streams and keep-alives, random loss. Every draw is a pure function of the seed and of what it is
 * for, so that it does not depend on the order of computation, and the same seed gives the same run.
 */
import { mix } from "../../host/tables/random.js";

const GOLDEN = 0x9e3779b9;

/** A generator's key from what it is for: `keyOf(seed, repeat, "phase", client)`. */
export function keyOf(...parts: readonly (string | number)[]): number {
  let key = 0;
  const add = (value: number) => {
    key = mix((key + GOLDEN + value) >>> 0);
  };
  for (const part of parts) {
    if (typeof part === "number") add(part);
    else for (const character of `${part}\n`) add(character.codePointAt(0)!);
  }
  return key;
}

/** Draw `index` of the generator `key`, from 0 up to but not including 1: SplitMix with random access. */
export function draw(key: number, index = 0): number {
  return mix((key + Math.imul(index, GOLDEN)) >>> 0) / 2 ** 32;
}
