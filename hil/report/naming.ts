/** Short phrases for what a report says again and again, and one letter a site. */
import type { Figure, HeldResult, Loss, Outcome, RepairResult, Report } from "../measure/result.js";
import { addUp, type RouteOutcome } from "./routes.js";
import { count, figure, offset, plural, time } from "./units.js";

/** The first letter or digit of each site's name that no earlier site took; then any that is free. */
export function siteLetters(sites: string[]): Map<string, string> {
  const letters = new Map<string, string>();
  const taken = new Set(["X"]);
  for (const site of sites) {
    const wished = [...site.toUpperCase(), ..."ABCDEFGHIJKLMNOPQRSTUVWYZ0123456789"];
    const letter = wished.find(one => /^[A-Z0-9]$/.test(one) && !taken.has(one)) ?? "?";
    taken.add(letter);
    letters.set(site, letter);
  }
  return letters;
}

export function siteName(site: string | null): string {
  return site ?? "no site";
}

/** "London → New York", "stays with Tokyo". */
export function moveName({ before, after }: Pick<Outcome, "before" | "after">): string {
  return before === after ? `stays with ${siteName(after)}` : `${siteName(before)} → ${siteName(after)}`;
}

export function lossName({ at, detail, packets }: Loss): string {
  const where = {
    router: "dropped by the router",
    network: "lost",
    link: "lost on the link",
    site: "refused",
  };
  return `${count(packets)} ${where[at]}: ${detail}`;
}

/** The routes that an event left alone: "Osaka office: undisturbed at Tokyo; 1 lost on the link: Osaka - Tokyo". */
export function quietNames(met: RouteOutcome[]): string[] {
  const quiet = met.filter(({ disturbed }) => !disturbed);
  const clients = [...new Set(quiet.map(({ route }) => route.client))];
  return clients.map(client => {
    const own = quiet.filter(({ route }) => route.client === client);
    const where = [...new Set(own.map(({ main }) => siteName(main.after)))].join(", ");
    const losses = addUp(own.flatMap(({ losses }) => losses)).map(lossName);
    return [`${client}: undisturbed at ${where}`, ...losses].join("; ");
  });
}

/** "+31.7 ms repaired 1 group, re-selected 1 route set (2 prefixes)", counted from the event. */
export function repairName(repair: RepairResult, event: number): string {
  const { groups, sets, prefixes, timed } = repair;
  const work = (done: string, number: number, noun: string, took: Figure) =>
    number > 0 ? [`${done} ${plural(number, noun)}${timed ? ` in ${figure(took)}` : ""}`] : [];
  const done = [
    ...work("repaired", groups, "group", repair.repair),
    ...work("re-selected", sets, "route set", repair.reselect),
  ];
  const when = repair.time === event ? "at once" : offset(repair.time - event);
  const table = `${count(prefixes)} ${prefixes === 1 ? "prefix" : "prefixes"}`;
  return `${when} ${done.length > 0 ? done.join(", ") : "found nothing to repair"} (${table})`;
}

/** "London waits to be restored for 10 s"; of a route, with its prefix. */
export function heldName({ neighbor, prefix, reason, from, to }: HeldResult): string {
  const what = prefix === null ? neighbor : `${neighbor}'s route to ${prefix}`;
  return `${what} ${HELD[reason]} ${to === null ? "to the end" : `for ${time(to - from)}`}`;
}

const HELD = { waiting: "waits to be restored", suppressed: "is suppressed" } as const;

/** What each router held back, and how often: "Paris: London is suppressed 4 times, for 24.3 s at most". */
export function heldNames({ holds, duration }: Report): string[] {
  const keys = [
    ...new Set(holds.map(({ router, neighbor, reason }) => JSON.stringify([router, neighbor, reason]))),
  ];
  return keys.map(key => {
    const alike = holds.filter(one => JSON.stringify([one.router, one.neighbor, one.reason]) === key);
    const { router, neighbor, reason } = alike[0]!;
    // Several routes at one time are one hold.
    const times = new Set(alike.map(({ from }) => from)).size;
    const longest = Math.max(...alike.map(({ from, to }) => (to ?? duration) - from));
    return `${router}: ${neighbor} ${HELD[reason]} ${plural(times, "time")}, for ${time(longest)} at most`;
  });
}

export function reachName(propagation: number | null): string {
  if (propagation === null) return "not reached";
  return propagation === 0 ? "reached at once" : `reached after ${time(propagation)}`;
}

/** What the times of repairs are worth; empty where they are measured on silicon. */
export function clockNote(report: Report): string {
  if (report.targets.some(({ clock }) => clock === "emulated")) {
    return "An emulated clock is not silicon's: QEMU counts each instruction as 1 ns, rp2040js the cycles of a CPU whose memory never waits.";
  }
  return report.repairs.some(({ timed }) => !timed)
    ? "The virtual clock stands still while a router computes, so repair and re-selection take no time on it."
    : "";
}

/** What became of conversations: "3 moved, 1 kept"; empty where there were none. */
export function sessionsName({ kept, moved, homeDied, neverBegan }: Outcome["sessions"]): string {
  const parts: [number, string][] = [
    [moved, "moved"],
    [homeDied, "died"],
    [neverBegan, "refused"],
    [kept, "kept"],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, fate]) => `${count(number)} ${fate}`)
    .join(", ");
}

export function isBroken({ moved, homeDied, neverBegan }: Outcome["sessions"]): boolean {
  return moved + homeDied + neverBegan > 0;
}
