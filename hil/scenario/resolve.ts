/**
 * From the file's form to a scenario: fills defaults in and checks that everything named exists and that everyone can reach
 * what they ask for. Complains at the first mistake, with its place.
 */
import { basename } from "node:path";
import { AddressError, type Prefix, parsePrefix } from "../../host/tables/address.js";
import { describe } from "../../host/yaml/problem.js";
import type { Path, Source } from "../../host/yaml/source.js";
import { targetIn } from "../world/addresses.js";
import { checkCounts } from "./counts.js";
import { keepAlive, LOCAL_PREF, linkCost, routerAs, routerId, siteAs, transitAs } from "./defaults.js";
import { resolveEvents } from "./events.js";
import { knownPrefixes, oneWayLatency } from "./lookup.js";
import { Names } from "./names.js";
import { printTime } from "./quantity.js";
import { type Reach, reachOf } from "./reach.js";
import type { Bfd, Client, Damping, Link, NamedPrefix, Scenario, Site, TestedRouter } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";
import { initialState, linkKey } from "./state.js";

/** A router has as many paths to a prefix as links, and no room for more. */
const MOST_LINKS = 64;

export function resolve(source: Source, file: ScenarioFile): Scenario {
  const names = new Names(source);
  defineNames(names, file);
  const prefixes = resolvePrefixes(source, file);
  const network = {
    sites: Object.entries(file.sites).map(entry => resolveSite(source, entry, prefixes)),
    routers: Object.entries(file.routers).map((entry, index) => resolveRouter(source, file, entry, index)),
    transit: Object.entries(file.transit).map(([name, { as }], index) => ({
      name,
      asn: as ?? transitAs(index),
    })),
    links: resolveLinks(names, file),
  };
  checkAnnounced(source, prefixes, network.sites);
  checkPorts(source, network.routers, network.links);
  const clients = Object.entries(file.clients).map(entry => resolveClient(names, entry, prefixes));
  checkConnected(source, clients, reachOf(network, initialState(network)));

  const name = basename(source.file).replace(/\.ya?ml$/, "");
  const title = file.title ?? name;
  const routing = {
    protocol: file.routing.protocol,
    metric: file.routing.metric,
    holdTime: file.routing.bfd ? detectionTime(file.routing.bfd) : file.routing.hold_time,
  };
  const { description, duration } = file;
  const still = {
    file: source.file,
    name,
    title,
    description,
    duration,
    prefixes,
    routing,
    ...network,
    clients,
  };
  const scenario = { ...still, ...resolveEvents(names, file, still), leftOut: [] };
  checkCounts(source, file, scenario);
  return scenario;
}

function defineNames(names: Names, file: ScenarioFile): void {
  for (const name of Object.keys(file.sites)) names.define(name, "site", ["sites", name]);
  for (const name of Object.keys(file.routers)) names.define(name, "router", ["routers", name]);
  for (const name of Object.keys(file.transit)) names.define(name, "transit node", ["transit", name]);
  for (const name of Object.keys(file.clients)) names.define(name, "client", ["clients", name]);
}

function resolvePrefixes(source: Source, { prefixes, routers, links }: ScenarioFile): NamedPrefix[] {
  const ofRouters = Object.keys(routers).map(name => links.filter(({ between }) => between.includes(name)));
  const ports = 1 + Math.max(0, ...ofRouters.map(({ length }) => length));
  const seen = new Set<string>();
  return prefixes.map((text, index) => {
    const prefix = prefixAt(source, ["prefixes", index], text);
    const target = targetIn(prefix, ports);
    if (!target) {
      const expected = "a prefix with an address that is forwarded, and is none of the rig's own";
      source.fail(["prefixes", index], expected, describe(text));
    }
    const key = `${prefix.bytes.join(".")}/${prefix.length}`;
    if (seen.has(key)) source.fail(["prefixes", index], "a prefix that is not listed yet", describe(text));
    seen.add(key);
    return { ...prefix, text, target };
  });
}

function prefixAt(source: Source, path: Path, text: string): Prefix {
  try {
    return parsePrefix(text);
  } catch (error) {
    throw error instanceof AddressError ? error.at(source.place(path)) : error;
  }
}

function resolveSite(
  source: Source,
  [name, site]: [string, ScenarioFile["sites"][string]],
  prefixes: NamedPrefix[],
): Site {
  const known = prefixes.map(({ text }) => text);
  return {
    name,
    asn: site.as ?? siteAs(),
    announces: knownPrefixes(source, ["sites", name, "announces"], site.announces, known),
    capacity: site.capacity ?? null,
    transit: site.transit,
    prepend: site.prepend ?? 0,
    localPref: site.local_pref ?? LOCAL_PREF,
    med: site.med ?? null,
    weight: site.weight ?? 1,
    gracefulShutdown: false,
  };
}

function resolveRouter(
  source: Source,
  { routing }: ScenarioFile,
  [name, router]: [string, ScenarioFile["routers"][string]],
  index: number,
): TestedRouter {
  const holdTime = router.hold_time ?? routing.hold_time;
  const spoken = router.keep_alive ?? routing.keep_alive ?? keepAlive(holdTime || 90_000_000);
  if (holdTime > 0 && spoken >= holdTime) {
    const path = router.keep_alive ? ["routers", name, "keep_alive"] : ["routing", "keep_alive"];
    source.fail(path, `a time below the hold time of ${printTime(holdTime)}`, printTime(spoken));
  }
  const { flows } = router;
  if (flows.bucket_deadline > 0 && flows.bucket_idle === 0) {
    const path = ["routers", name, "flows", "bucket_deadline"];
    source.fail(path, "none where there is no bucket_idle", printTime(flows.bucket_deadline));
  }
  return {
    name,
    target: router.target ?? null,
    asn: router.as ?? routerAs(index),
    routerId: router.router_id ?? routerId(index),
    maxPaths: router.max_paths,
    buckets: router.buckets,
    holdTime,
    keepAlive: spoken,
    decision: {
      alwaysCompareMed: router.decision.always_compare_med ?? false,
      deterministicMed: router.decision.deterministic_med ?? false,
      compareRouterId: router.decision.compare_router_id ?? false,
      ignoreAsPathLength: router.decision.ignore_as_path_len ?? false,
      medMissingAsWorst: router.decision.med_missing_as_worst ?? false,
    },
    flows: {
      pinned: flows.pinned,
      pinnedIdle: flows.pinned_idle,
      bucketIdle: flows.bucket_idle,
      bucketDeadline: flows.bucket_deadline,
      byFlowLabel: flows.flow_label,
    },
    background: router.background_prefixes,
    backgroundPlace: source.keyPlace(["routers", name, "background_prefixes"]),
  };
}

function detectionTime({ interval, multiplier }: Bfd): number {
  return multiplier * interval;
}

/** What a router would refuse, or what could never suppress anything, is a mistake. */
function resolveDamping(
  source: Source,
  path: Path,
  said: ScenarioFile["routing"]["damping"],
): Damping | null {
  if (said === null) return null;
  const { half_life, max_suppress, penalty, suppress, reuse } = said;
  if (suppress < penalty)
    source.fail([...path, "suppress"], `${penalty} or more: one flap alone does not suppress`, `${suppress}`);
  if (reuse >= suppress) source.fail([...path, "reuse"], `a number below ${suppress}`, `${reuse}`);
  const longest = half_life * Math.log2(suppress / reuse);
  if (max_suppress <= longest) {
    const least = printTime(Math.ceil(longest / 1000) * 1000);
    const path_ = [...path, "max_suppress"];
    source.fail(path_, `a time above ${least}, or nothing is ever suppressed`, printTime(max_suppress));
  }
  return { halfLife: half_life, maxSuppress: max_suppress, penalty, suppress, reuse };
}

function resolveLinks(names: Names, { links, routing }: ScenarioFile): Link[] {
  const { source } = names;
  const seen = new Set<string>();
  const common = resolveDamping(source, ["routing", "damping"], routing.damping);
  return links.map((link, index) => {
    const { between, rtt, latency, cost, loss, mtu, bfd = routing.bfd ?? null } = link;
    const path = ["links", index];
    between.forEach((name, end) => {
      names.require(name, ["site", "router", "transit node"], [...path, "between", end]);
    });
    if (between[0] === between[1]) source.fail([...path, "between", 1], "another node", describe(between[1]));
    const key = linkKey(between);
    if (seen.has(key))
      source.fail([...path, "between"], "two nodes without a link yet", between.join(" and "));
    seen.add(key);
    const oneWay = oneWayLatency(source, path, { rtt, latency });
    const reversion = {
      waitToRestore: link.wait_to_restore ?? routing.wait_to_restore,
      damping:
        link.damping === undefined ? common : resolveDamping(source, [...path, "damping"], link.damping),
      gracefulShutdown: link.graceful_shutdown ?? routing.graceful_shutdown,
    };
    return { ends: between, latency: oneWay, cost: cost ?? linkCost(oneWay), loss, mtu, bfd, reversion };
  });
}

function resolveClient(
  names: Names,
  [name, client]: [string, ScenarioFile["clients"][string]],
  prefixes: NamedPrefix[],
): Client {
  const path = ["clients", name];
  names.require(client.router, ["router"], [...path, "router"]);
  const known = prefixes.map(({ text }) => text);
  if (client.queries === 0 && client.sessions === undefined) {
    names.source.failAtKey(path, "queries or sessions", "a client without either");
  }
  const { sessions } = client;
  if (sessions && sessions.length > 0 && sessions.length < 2 * sessions.packet_every) {
    names.source.fail([...path, "sessions", "length"], "time for two packets", "a shorter one");
  }
  return {
    name,
    router: client.router,
    prefixes: knownPrefixes(names.source, [...path, "prefixes"], client.prefixes, known),
    queries: client.queries,
    flows: client.flows,
    sessions: sessions
      ? { concurrent: sessions.concurrent, length: sessions.length, packetEvery: sessions.packet_every }
      : null,
    latency: Math.round(client.rtt / 2),
    loss: client.loss,
    scale: client.scale,
  };
}

function checkAnnounced(source: Source, prefixes: NamedPrefix[], sites: Site[]): void {
  prefixes.forEach(({ text }, index) => {
    if (sites.some(({ announces }) => announces.includes(text))) return;
    source.fail(["prefixes", index], "a prefix that a site announces", `${text}, which none does`);
  });
}

function checkPorts(source: Source, routers: TestedRouter[], links: Link[]): void {
  for (const { name } of routers) {
    const ports = links.filter(({ ends }) => ends.includes(name)).length;
    if (ports === 0) source.failAtKey(["routers", name], "a router with a link", `${name}, which has none`);
    if (ports > MOST_LINKS) source.failAtKey(["routers", name], `at most ${MOST_LINKS} links`, `${ports}`);
  }
}

function checkConnected(source: Source, clients: Client[], reach: Reach): void {
  for (const { name, router, prefixes } of clients) {
    const lost = prefixes.find(prefix => reach(router, prefix).length === 0);
    if (lost) {
      source.failAtKey(
        ["clients", name],
        "a client that can reach a site",
        `no way from ${router} to a site that announces ${lost}`,
      );
    }
  }
}
