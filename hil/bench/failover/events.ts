/** The events that every way to share traffic out, and the router's convergence, are measured by. All of them concern London. */
import type { Happening } from "./happenings.js";

export const SITE = "London";

export interface NamedEvent extends Happening {
  name: string;
  /** BFD finds it. */
  byBfd: boolean;
}

const withdraw = { withdraw: SITE };
const announce = { announce: SITE };

const usual = { away: 300_000, home: 500_000, byBfd: false };

/** `costs` of the link from the router to the site: before the event, and from it on. */
export function namedEvents(router: string, costs: readonly [number, number]): NamedEvent[] {
  const [before, after] = costs.map(cost => ({ metric: { link: [router, SITE], cost } }));
  return [
    { name: "site joins", before: withdraw, there: announce, back: withdraw, ...usual },
    { name: "metric change", there: after!, back: before!, ...usual },
    { name: "withdrawal", there: withdraw, back: announce, ...usual },
    {
      name: "silent death",
      there: { silent_death: SITE },
      back: { return: SITE },
      ...usual,
      byBfd: true,
      // A session of BFD that is down speaks once a second.
      home: 1_500_000,
    },
    { name: "flap", there: withdraw, back: announce, ...usual, away: 100_000 },
  ];
}

/** How a site's death is found, in a scenario. */
export function routing(byBfd: boolean): object {
  return { protocol: "ebgp", hold_time: "none", ...(byBfd && { bfd: { interval: "10ms", multiplier: 3 } }) };
}
