/**
 * Holds what sites are expected to be offered and to serve against what they were: on the mean of the time from the beginning of a
 * stretch until load or network change the next time.
 */
import type { Expectation } from "../measure/result.js";
import type { LoadName, Stretch } from "../scenario/scenario.js";
import { judge, printBounds } from "./bounds.js";
import type { Observation, SiteLoad } from "./observation.js";

const QUANTITIES: Record<LoadName, { subject: (site: string) => string; print: (value: number) => string }> =
  {
    offered: { subject: site => `the queries offered to ${site}`, print: printRate },
    served: { subject: site => `the queries served by ${site}`, print: printRate },
    share: {
      subject: site => `the share of ${site} in the load`,
      print: value => `${+(value * 100).toFixed(1)} %`,
    },
  };

export function checkLoads(stretch: Stretch, observations: readonly Observation[]): Expectation[] {
  return stretch.sites.flatMap(({ site, bounds }) =>
    bounds.map(({ what, bounds, place }) => {
      const { subject, print } = QUANTITIES[what];
      const expected = printBounds(bounds, print);
      const values = observations.map(({ loads }) => measured(what, site, duringStretch(loads, stretch)));
      return {
        text: `${stretch.text}, ${subject(site)}: ${expected}`,
        expected,
        ...judge(values, bounds, { print, expected, blind: null }),
        line: place.line,
      };
    }),
  );
}

function printRate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString("en-US")}/s`;
}

/** Loads change with every event and at the end of every overload, so each lies within or without. */
function duringStretch(loads: readonly SiteLoad[], { from, loadedUntil }: Stretch): SiteLoad[] {
  return loads.filter(load => load.from >= from && load.to <= loadedUntil);
}

/** Null for the share of nothing. */
function measured(what: LoadName, site: string, loads: readonly SiteLoad[]): number | null {
  const own = loads.filter(load => load.site === site);
  if (what !== "share") return queries(own, what) / seconds(own);
  const all = queries(loads, "offered");
  return all === 0 ? null : queries(own, "offered") / all;
}

function queries(loads: readonly SiteLoad[], what: "offered" | "served"): number {
  return loads.reduce((sum, load) => sum + load[what] * seconds([load]), 0);
}

function seconds(loads: readonly SiteLoad[]): number {
  return loads.reduce((sum, { from, to }) => sum + (to - from) / 1e6, 0);
}
