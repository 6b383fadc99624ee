/** Uses of this machine, with those that each builds on. */
const uses = {
  run: [],
  build: ["run"],
  emulate: ["build"],
  port: ["run"],
  board: ["port"],
  flash: ["build", "port"],
  test: ["emulate"],
} as const;

export type Use = keyof typeof uses;
export const USES = Object.keys(uses) as Use[];

/** Something that a use takes. */
export interface Check {
  what: string;
  use: Use;
  /** Missing: the use fails without it. Advice: it goes better with it. */
  state: "ok" | "missing" | "advice";
  /** What was found, or how to get it. */
  text: string;
}

/** Whether what `needed` takes is taken by `use`, too. */
export function isTakenBy(needed: Use, use: Use): boolean {
  return needed === use || uses[use].some(part => isTakenBy(needed, part));
}

/** A check of something that must be there: `found`, or null. */
export function required(what: string, use: Use, found: string | null, remedy: string): Check {
  return found === null
    ? { what, use, state: "missing", text: remedy }
    : { what, use, state: "ok", text: found };
}
