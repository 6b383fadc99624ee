/** What an event of the file changes, with every name looked up. */

import type { Path } from "../../host/yaml/source.js";
import { knownPrefixes, oneWayLatency } from "./lookup.js";
import type { Names } from "./names.js";
import { printTime } from "./quantity.js";
import type { Attributes, Change, Element, Still } from "./scenario.js";
import { CHANGE_KEYS, type EventFile } from "./schema.js";
import { linkKey } from "./state.js";

/** The change of an event that is no flap. */
export function changeOf(names: Names, path: Path, event: EventFile, still: Still): Change {
  const kind = CHANGE_KEYS.find(key => event[key] !== undefined)!;
  const at = [...path, kind];
  if (event.withdraw) return { kind: "withdraw", ...siteChange(names, at, event.withdraw, still) };
  if (event.announce) {
    const change = siteChange(names, at, event.announce, still);
    return { kind: "announce", ...change, attributes: attributesOf(event.announce, change.site, still) };
  }
  if (event.graceful_shutdown) {
    if (still.routing.protocol !== "ebgp") names.source.failAtKey(at, "an event of routing by ebgp", "igp");
    return { kind: "graceful_shutdown", ...siteChange(names, at, event.graceful_shutdown, still) };
  }
  if (event.silent_death)
    return { kind: "silent_death", element: elementAt(names, at, event.silent_death, still) };
  if (event.return) return { kind: "return", element: elementAt(names, at, event.return, still) };
  if (event.port_down) return { kind: "port_down", ...linksAt(names, at, event.port_down, still) };
  if (event.port_up) return { kind: "port_up", ...linksAt(names, at, event.port_up, still) };
  if (event.metric) {
    const { link, cost } = event.metric;
    return { kind: "metric", link: linkAt(names, [...at, "link"], link, still), cost };
  }
  if (event.latency) {
    const link = linkAt(names, [...at, "link"], event.latency.link, still);
    return { kind: "latency", link, latency: oneWayLatency(names.source, at, event.latency) };
  }
  return overload(names, at, event, still);
}

/** A flap: `times` times down and up again. */
export function unroll(
  names: Names,
  path: Path,
  start: number,
  flap: NonNullable<EventFile["flap"]>,
  still: Still,
): { time: number; change: Change }[] {
  const [down, up] = flapChanges(names, path, flap, still);
  return Array.from({ length: flap.times }, (_, turn) => start + turn * (flap.down + flap.up)).flatMap(
    time => [
      { time, change: down },
      { time: time + flap.down, change: up },
    ],
  );
}

function flapChanges(
  names: Names,
  path: Path,
  { withdraw, silent_death, port_down }: NonNullable<EventFile["flap"]>,
  still: Still,
): [Change, Change] {
  if (withdraw) {
    const change = siteChange(names, [...path, "withdraw"], withdraw, still);
    const attributes = attributesOf({}, change.site, still);
    return [
      { kind: "withdraw", ...change },
      { kind: "announce", ...change, attributes },
    ];
  }
  if (silent_death) {
    const element = elementAt(names, [...path, "silent_death"], silent_death, still);
    return [
      { kind: "silent_death", element },
      { kind: "return", element },
    ];
  }
  const links = linksAt(names, [...path, "port_down"], port_down!, still);
  return [
    { kind: "port_down", ...links },
    { kind: "port_up", ...links },
  ];
}

function siteChange(
  names: Names,
  path: Path,
  { site, prefixes }: { site: string; prefixes?: string[] | undefined },
  still: Still,
): { site: string; prefixes: string[] } {
  names.require(site, ["site"], [...path, "site"]);
  const { announces } = still.sites.find(({ name }) => name === site)!;
  return { site, prefixes: knownPrefixes(names.source, [...path, "prefixes"], prefixes, announces) };
}

/** What the site has of old, where nothing else is said. */
function attributesOf(
  said: Pick<NonNullable<EventFile["announce"]>, "prepend" | "local_pref" | "med" | "weight">,
  site: string,
  still: Still,
): Attributes {
  const own = still.sites.find(({ name }) => name === site)!;
  return {
    prepend: said.prepend ?? own.prepend,
    localPref: said.local_pref ?? own.localPref,
    med: said.med ?? own.med,
    weight: said.weight ?? own.weight,
    gracefulShutdown: false,
  };
}

function elementAt(names: Names, path: Path, element: string | [string, string], still: Still): Element {
  if (typeof element !== "string") return { link: linkAt(names, path, element, still) };
  names.require(element, ["site", "transit node"], path);
  return { node: element };
}

/** One link, or all of a node. */
function linksAt(
  names: Names,
  path: Path,
  which: string | [string, string],
  still: Still,
): { of: string; links: [string, string][] } {
  if (typeof which !== "string") {
    const link = linkAt(names, path, which, still);
    return { of: `the link ${link.join(" - ")}`, links: [link] };
  }
  names.require(which, ["site", "transit node", "router"], path);
  const links = still.links.filter(({ ends }) => ends.includes(which)).map(({ ends }) => ends);
  if (links.length === 0) names.source.fail(path, "a node with links", which);
  return { of: `every link of ${which}`, links };
}

function linkAt(names: Names, path: Path, ends: [string, string], still: Still): [string, string] {
  const link = still.links.find(other => linkKey(other.ends) === linkKey(ends));
  if (link) return link.ends;
  const known = still.links.map(({ ends: [a, b] }) => `[${a}, ${b}]`).join(", ");
  return names.source.fail(path, `one of the links ${known}`, `[${ends.join(", ")}]`);
}

function overload(names: Names, path: Path, { at, overload }: EventFile, still: Still): Change {
  const { clients, queries, for: span } = overload!;
  clients.forEach((client, index) => {
    names.require(client, ["client"], [...path, "clients", index]);
  });
  const until = at + (span ?? still.duration - at);
  if (until > still.duration) {
    names.source.fail(
      [...path, "for"],
      `at most ${printTime(still.duration - at)}, until the end`,
      printTime(span!),
    );
  }
  return { kind: "overload", clients, queries, until };
}
