/**
 * Ten minutes of three sites, made by hand so that every figure can be checked by hand.
 *
 *     time                    60 s            180 s            300 s            420 s
 *     event                   London          London           London dies      London
 *                             withdraws       announces        silently         returns
 *     Paris learns of it      + 2 ms          + 2 ms           + 30.5 ms        + 2 ms
 *     Paris moves             at once         + 10 s held      at once          + 10 s held
 *     Paris is served by      New York        London           New York         London
 *
 * Osaka stays with Tokyo. A withdrawn London still answers what reaches it; a dead one does not, so that only its death
 * costs packets: those that Paris sent in [300 s, 300.0305 s).
 */

import type { Measurement } from "../../../hil/measure/measure.js";
import type { TargetInfo } from "../../../hil/measure/result.js";
import type {
  Loss,
  Observation,
  ObservedEvent,
  Session,
  Span,
  StreamObservation,
} from "../../../hil/world/observation.js";

export const SECOND = 1_000_000;
export const DURATION = 600 * SECOND;
export const EVENT = {
  withdraws: 60 * SECOND,
  announces: 180 * SECOND,
  dies: 300 * SECOND,
  returns: 420 * SECOND,
};

export interface Fate {
  site: string | null;
  neighbor: string | null;
  loss: Loss | null;
  roundTrip: number | null;
}

export function answeredBy(site: string, roundTrip: number): Fate {
  return { site, neighbor: `${site}-link`, loss: null, roundTrip };
}

export function lost(at: Loss["at"], detail: string): Fate {
  return { site: null, neighbor: null, loss: { at, detail }, roundTrip: null };
}

/** The stream whose every packet meets the fate of its instant. */
export function streamOf(
  about: Pick<
    StreamObservation,
    "client" | "router" | "prefix" | "transport" | "start" | "interval" | "packets"
  >,
  fateAt: (time: number) => Fate,
  sessionPackets = 0,
): StreamObservation {
  const spans: Span[] = [];
  for (let packet = 0; packet < about.packets; packet++) {
    const fate = fateAt(about.start + packet * about.interval);
    const last = spans.at(-1);
    if (last !== undefined && sameFate(last, fate)) last.packets++;
    else spans.push({ first: packet, packets: 1, ...fate });
  }
  return {
    ...about,
    spans,
    sessions: sessionPackets > 0 ? sessionsOf(about, sessionPackets, spans) : [],
  };
}

function sameFate(a: Fate, b: Fate): boolean {
  return a.site === b.site && a.roundTrip === b.roundTrip && a.loss?.detail === b.loss?.detail;
}

/** Sessions of so many packets each, one after the other. In the example only a death loses packets. */
function sessionsOf(
  { start, interval, packets }: Pick<StreamObservation, "start" | "interval" | "packets">,
  each: number,
  spans: Span[],
): Session[] {
  const siteOf = (packet: number) => spans.find(span => packet < span.first + span.packets)!.site;
  return Array.from({ length: Math.ceil(packets / each) }, (_, index) => {
    const first = index * each;
    const numbers = Array.from({ length: Math.min(each, packets - first) }, (_, k) => first + k);
    const site = siteOf(first);
    const brokenAt =
      site === null ? null : (numbers.find(n => siteOf(n) !== null && siteOf(n) !== site) ?? null);
    const lostAt = site === null ? undefined : numbers.find(n => siteOf(n) === null);
    const at = Math.min(lostAt ?? Infinity, brokenAt ?? Infinity);
    const broken =
      at === Infinity
        ? null
        : {
            time: start + at * interval,
            cause: at === brokenAt ? ("moved" as const) : ("homeDied" as const),
          };
    return { first, packets: numbers.length, site, brokenAt, homeDied: lostAt !== undefined, broken };
  });
}

/** `detection`: how long Paris takes to notice that London is dead. */
export function observe(detection = 30_500): Observation {
  const paris = (time: number): Fate => {
    const london = answeredBy("London", 4_000);
    const newYork = answeredBy("New York", 79_000);
    if (time < EVENT.withdraws + 2_000) return london;
    if (time < EVENT.announces + 10 * SECOND) return newYork;
    if (time < EVENT.dies) return london;
    if (time < EVENT.dies + detection) return lost("network", "London is dead");
    return time < EVENT.returns + 10 * SECOND ? newYork : london;
  };
  const osaka = (): Fate => answeredBy("Tokyo", 8_000);
  const osakaWithOneLinkLoss = (time: number): Fate =>
    time === 200 * SECOND + 4_500 ? lost("link", "Osaka-Tokyo") : osaka();

  const v4 = "198.51.100.0/24";
  const v6 = "2001:db8:53::/48";
  const office = { client: "paris-office", router: "paris" };
  const cafe = { client: "osaka-cafe", router: "osaka" };
  const queries = { transport: "udp" as const, interval: 10_000, packets: 60_000 };
  const session = { transport: "tcp" as const, interval: 20_000, packets: 30_000 };
  return {
    duration: DURATION,
    streams: [
      streamOf({ ...office, prefix: v4, ...queries, start: 1_000 }, paris),
      streamOf({ ...office, prefix: v6, ...queries, start: 3_500 }, paris),
      streamOf({ ...office, prefix: v4, ...session, start: 2_000 }, paris, 70),
      streamOf({ ...cafe, prefix: v4, ...queries, start: 1_500 }, osaka),
      streamOf({ ...cafe, prefix: v6, ...queries, start: 4_500 }, osakaWithOneLinkLoss),
      streamOf({ ...cafe, prefix: v4, ...session, start: 2_500 }, osaka, 70),
    ],
    events: [
      eventOf("london-withdraws", EVENT.withdraws, "withdraw", "London withdraws", 2_000, 110_000),
      eventOf("london-announces", EVENT.announces, "announce", "London announces again", 2_000, 110_000),
      eventOf("london-dies", EVENT.dies, "silent-death", "London dies silently", detection, null),
      eventOf("london-returns", EVENT.returns, "return", "London returns", 2_000, 110_000),
    ],
    repairs: [
      repairOf("london-withdraws", EVENT.withdraws + 2_000, 405, 1_310),
      repairOf("london-announces", EVENT.announces + 10 * SECOND, 398, 1_296),
      repairOf("london-dies", EVENT.dies + detection, 412, 1_288),
      repairOf("london-returns", EVENT.returns + 10 * SECOND, 398, 1_296),
    ],
    holds: [
      {
        router: "paris",
        event: "london-announces",
        neighbor: "London",
        prefix: v4,
        reason: "waiting",
        from: EVENT.announces + 2_000,
        to: EVENT.announces + 10 * SECOND,
      },
    ],
    loads: loadsOf(),
    lateness: 0,
  };
}

function eventOf(
  id: string,
  time: number,
  kind: string,
  text: string,
  toParis: number,
  toOsaka: number | null,
): ObservedEvent {
  const seenBy = [{ router: "paris", time: time + toParis }];
  if (toOsaka !== null) seenBy.push({ router: "osaka", time: time + toOsaka });
  return { id, like: id, time, kind, text, seenBy };
}

function repairOf(event: string, time: number, repairTicks: number, reselectTicks: number) {
  return { router: "paris", event, time, groups: 2, repairTicks, sets: 2, reselectTicks, prefixes: 2 };
}

/** Paris offers 250 packets a second to the site that serves it, Osaka as many to Tokyo; London can take 200. */
function loadsOf(): Observation["loads"] {
  const starts = [0, ...Object.values(EVENT)];
  return starts.flatMap((from, index) => {
    const to = starts[index + 1] ?? DURATION;
    const withdrawn = index % 2 === 1;
    return [
      { site: "London", from, to, offered: withdrawn ? 0 : 250, served: withdrawn ? 0 : 200, capacity: 200 },
      {
        site: "New York",
        from,
        to,
        offered: withdrawn ? 250 : 0,
        served: withdrawn ? 250 : 0,
        capacity: null,
      },
      { site: "Tokyo", from, to, offered: 250, served: 250, capacity: 1_000 },
    ];
  });
}

const pico: TargetInfo = {
  router: "paris",
  target: "pico",
  board: "rp2040",
  buildHash: "5f0c2a9b",
  clock: "virtual",
  tickRate: 125_000_000,
};

export function example(): Measurement {
  return {
    generator: "nearhop 0.1.0",
    scenario: {
      name: "three-sites",
      title: "Three sites, one prefix",
      description:
        "New York, London and Tokyo announce the same prefixes. London withdraws, dies silently and returns.",
    },
    targets: [pico, { ...pico, router: "osaka" }],
    seed: 7,
    observations: [observe(30_500), observe(24_800), observe(20_200)],
    expectations: [
      {
        text: "paris-office reaches London",
        expected: "London",
        found: "London",
        pass: true,
        line: 31,
      },
      {
        text: "after London dies silently, paris-office is without an answer for at most 31 ms",
        expected: "at most 31 ms",
        found: "30 ms (20 ms to 31 ms)",
        pass: true,
        line: 44,
      },
      {
        text: "after London dies silently, paris-office keeps its sessions",
        expected: "0 broken",
        found: "1 broken",
        pass: false,
        line: 45,
      },
    ],
  };
}
