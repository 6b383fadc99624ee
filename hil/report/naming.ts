/** Short names for what a report shows again and again: streams, and one letter a site. */
import type { Loss, Outcome, RepairResult, Report, Stream } from "../measure/result.js";
import { count, figure, plural } from "./units.js";

export function familyOf(prefix: string): "v4" | "v6" {
  return prefix.includes(":") ? "v6" : "v4";
}

/** "v4 udp"; with the prefix where the client has several streams that would be called the same. */
export function streamName(report: Report, index: number): string {
  const stream = report.streams[index]!;
  const short = (one: Stream) => `${familyOf(one.prefix)} ${one.transport}`;
  const alike = report.streams.filter(
    one => one.client === stream.client && one.router === stream.router && short(one) === short(stream),
  );
  if (alike.length === 1) return short(stream);
  const samePrefix = alike.filter(({ prefix }) => prefix === stream.prefix);
  const number = samePrefix.length > 1 ? ` #${samePrefix.indexOf(stream) + 1}` : "";
  return `${stream.prefix} ${stream.transport}${number}`;
}

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
export function moveName({ before, after }: Outcome): string {
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

export function repairName(repair: RepairResult): string {
  const groups = plural(repair.groups, "group");
  const sets = plural(repair.sets, "route set");
  const prefixes = `${count(repair.prefixes)} ${repair.prefixes === 1 ? "prefix" : "prefixes"}`;
  return repair.timed
    ? `repaired ${groups} in ${figure(repair.repair)}, re-selected ${sets} in ${figure(repair.reselect)}, with ${prefixes}`
    : `repaired ${groups}, re-selected ${sets}, with ${prefixes} (its clock stands still meanwhile)`;
}

/** "1 moved, 2 died with their site"; empty where nothing broke. */
export function sessionsName({ moved, homeDied, neverBegan }: Outcome["sessions"]): string {
  return [
    moved > 0 ? `${count(moved)} moved` : "",
    homeDied > 0 ? `${count(homeDied)} died` : "",
    neverBegan > 0 ? `${count(neverBegan)} refused` : "",
  ]
    .filter(part => part !== "")
    .join(", ");
}
