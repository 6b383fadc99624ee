/** What is expected of the stretch after an event (or before the first), checked against what could come true. */

import { describe } from "../../host/yaml/problem.js";
import type { Path } from "../../host/yaml/source.js";
import type { Names } from "./names.js";
import { reachOf } from "./reach.js";
import type {
  BoundName,
  Bounds,
  Client,
  ClientExpectation,
  LoadName,
  SiteExpectation,
  Still,
  Stretch,
} from "./scenario.js";
import type { EventFile, ExpectationFile, SiteLoadFile } from "./schema.js";
import type { NetworkState } from "./state.js";

const LOADS = ["offered", "served", "share"] as const satisfies LoadName[];
const BOUNDS = ["gap", "lost", "sessions_broken", "sessions_lost"] as const satisfies BoundName[];

/** `state` is that of the stretch's end. */
export function expectationsOf(
  names: Names,
  path: Path,
  file: Record<string, ExpectationFile>,
  still: Still,
  state: NetworkState,
): ClientExpectation[] {
  return Object.entries(file).map(([name, expected]) => {
    const at = [...path, name];
    names.requireKey(name, ["client"], at);
    const client = still.clients.find(other => other.name === name)!;
    return {
      client: name,
      sites: sitesOf(names, at, expected, client, still, state),
      bounds: BOUNDS.flatMap(what => boundOf(names, at, what, expected, client)),
    };
  });
}

function sitesOf(
  names: Names,
  path: Path,
  { site, prefixes }: ExpectationFile,
  client: Client,
  still: Still,
  state: NetworkState,
): ClientExpectation["sites"] {
  const reach = reachOf(still, state);
  const one = (name: string, prefix: string, at: Path) => {
    if (name === "none") return { prefix, site: null, place: names.source.place(at) };
    names.require(name, ["site"], at);
    const reachable = reach(client.router, prefix);
    if (!reachable.includes(name)) {
      const choice = reachable.length > 0 ? `one of ${reachable.join(", ")}` : "none";
      names.source.fail(at, `a site that ${client.router} can reach then: ${choice}`, describe(name));
    }
    return { prefix, site: name, place: names.source.place(at) };
  };
  const said = Object.entries(prefixes ?? {}).map(([prefix, name]) => {
    const at = [...path, "prefixes", prefix];
    if (!client.prefixes.includes(prefix)) {
      names.source.failAtKey(at, `one of ${client.prefixes.join(", ")}`, describe(prefix));
    }
    return one(name, prefix, at);
  });
  if (site === undefined) return said;
  const others = client.prefixes.filter(prefix => prefixes?.[prefix] === undefined);
  return [...others.map(prefix => one(site, prefix, [...path, "site"])), ...said];
}

function boundOf(
  names: Names,
  path: Path,
  what: BoundName,
  expected: ExpectationFile,
  client: Client,
): ClientExpectation["bounds"] {
  const said = expected[what];
  if (said === undefined) return [];
  const at = [...path, what];
  if (what.startsWith("sessions") && client.sessions === null) {
    names.source.failAtKey(at, "a client with sessions", `${client.name}, which has none`);
  }
  return [{ what, bounds: boundsAt(names, at, said), place: names.source.place(at) }];
}

function boundsAt(
  names: Names,
  path: Path,
  { at_least: atLeast = 0, at_most: atMost = Number.POSITIVE_INFINITY }: BoundsFile,
): Bounds {
  if (atLeast > atMost) names.source.fail([...path, "at_least"], `at most ${atMost}`, `${atLeast}`);
  return { atLeast, atMost };
}

type BoundsFile = NonNullable<SiteLoadFile[LoadName]>;

/** Of `load`. */
export function expectedLoads(
  names: Names,
  path: Path,
  file: Record<string, SiteLoadFile>,
): SiteExpectation[] {
  return Object.entries(file).map(([site, expected]) => {
    const at = [...path, site];
    names.requireKey(site, ["site"], at);
    const bounds = LOADS.flatMap(what => {
      const said = expected[what];
      const place = [...at, what];
      return said ? [{ what, bounds: boundsAt(names, place, said), place: names.source.place(place) }] : [];
    });
    return { site, bounds };
  });
}

/** Of an event's `repair`. */
export function expectedRepair(names: Names, path: Path, { repair }: EventFile): Stretch["sameRepair"] {
  if (!repair) return null;
  const at = [...path, "repair", "same_on"];
  repair.same_on.forEach((router, index) => {
    names.require(router, ["router"], [...at, index]);
  });
  return { routers: repair.same_on, place: names.source.place(at) };
}
