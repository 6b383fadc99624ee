import type { Bfd, Scenario } from "../scenario/scenario.js";

/** How the router finds a dead neighbor, where it does by BFD: it has one such link at most. */
export function bfdOf({ links }: Scenario, router: string): Bfd | null {
  return links.find(({ ends, bfd }) => ends.includes(router) && bfd !== null)?.bfd ?? null;
}

/** "3 × 10 ms". */
export function bfdName({ multiplier, interval }: Bfd): string {
  return `${multiplier} × ${interval / 1000} ms`;
}
