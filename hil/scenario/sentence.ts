/** Events in words. */

import type { Change, Element, Still } from "./scenario.js";

export function sentence(change: Change, { sites, clients, duration }: Still): string {
  switch (change.kind) {
    case "withdraw":
      return `${change.site} withdraws${which(change, sites)}`;
    case "announce":
      return `${change.site} announces${which(change, sites)}${how(change, sites)}`;
    case "graceful_shutdown":
      return `${change.site} announces its shutdown${which(change, sites)}`;
    case "silent_death":
      return `${nameOf(change.element)} dies silently`;
    case "return":
      return `${nameOf(change.element)} returns`;
    case "port_down":
      return `${change.of} goes down`;
    case "port_up":
      return `${change.of} comes up`;
    case "metric":
      return `${nameOf(change)} costs ${change.cost}`;
    case "latency":
      return `${nameOf(change)} takes ${(change.latency * 2) / 1000} ms there and back`;
    case "overload":
      return more(change, clients, duration);
  }
}

function more(
  { clients: names, queries, until }: Extract<Change, { kind: "overload" }>,
  clients: Still["clients"],
  duration: number,
): string {
  const scales = names.map(name => clients.find(client => client.name === name)!.scale);
  const total = Math.round(scales.reduce((sum, scale) => sum + scale * queries, 0));
  const who = names.length > 1 ? `${list(names)} together send` : `${names[0]} sends`;
  const end = until < duration ? ` until ${until / 1e6} s` : "";
  return `${who} ${total.toLocaleString("en-US")} more queries/s${end}`;
}

function nameOf(element: Element): string {
  return "node" in element ? element.node : `the link ${element.link.join(" - ")}`;
}

type AboutSite = Extract<Change, { prefixes: string[] }>;

/** The prefixes, unless it is all of them. */
function which({ site, prefixes }: AboutSite, sites: Still["sites"]): string {
  const all = sites.find(({ name }) => name === site)!.announces.length === prefixes.length;
  return all ? "" : ` ${list(prefixes)}`;
}

/** The attributes that differ from the site's own. */
function how({ site, attributes }: Extract<Change, { kind: "announce" }>, sites: Still["sites"]): string {
  const own = sites.find(({ name }) => name === site)!;
  const said = [
    attributes.prepend !== own.prepend ? `prepending ${attributes.prepend}` : "",
    attributes.localPref !== own.localPref ? `local preference ${attributes.localPref}` : "",
    attributes.med !== own.med ? `MED ${attributes.med}` : "",
    attributes.weight !== own.weight ? `weight ${attributes.weight}` : "",
  ].filter(Boolean);
  return said.length > 0 ? ` with ${list(said)}` : "";
}

function list(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");
}
