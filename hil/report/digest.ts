/** An event in one line: the worst that it did to any route, and the packets and conversations that it cost on all of them. */
import { greatest } from "../measure/figure.js";
import type { Figure, Outcome, Report } from "../measure/result.js";
import { metBy } from "./routes.js";

/** With more events than this a report tells them in one table, and in full only to those who ask. */
export const MANY_EVENTS = 12;

export interface Digest {
  routes: number;
  disturbed: number;
  gap: Figure | null;
  /** Null where nothing was disturbed, or something had not settled. */
  settled: Figure | null;
  unfinished: boolean;
  lost: number;
  sessions: Outcome["sessions"];
}

export function digestOf(report: Report, event: string): Digest {
  const met = metBy(report, event);
  const disturbed = met.filter(one => one.disturbed).map(({ main }) => main);
  const figures = (of: (outcome: Outcome) => Figure | null) =>
    greatest(disturbed.map(of).filter(figure => figure !== null));
  const unfinished = disturbed.some(({ state }) => state === "unfinished");
  const sum = (value: (sessions: Outcome["sessions"]) => number) =>
    met.reduce((total, { sessions }) => total + value(sessions), 0);
  return {
    routes: met.length,
    disturbed: disturbed.length,
    gap: figures(({ lossOfConnectivity }) => lossOfConnectivity),
    settled: unfinished ? null : figures(({ routeSpecific }) => routeSpecific),
    unfinished,
    lost: met.reduce((total, { lost }) => total + lost, 0),
    sessions: {
      open: sum(({ open }) => open),
      kept: sum(({ kept }) => kept),
      moved: sum(({ moved }) => moved),
      homeDied: sum(({ homeDied }) => homeDied),
      neverBegan: sum(({ neverBegan }) => neverBegan),
    },
  };
}
