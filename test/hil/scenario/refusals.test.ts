import { describe, expect, it } from "vitest";
import { parseScenario } from "../../../hil/scenario/load.js";
import { InputError } from "../../../host/input-error.js";
import { edited } from "../small-scenario.js";

function refusal(text: string): string {
  try {
    parseScenario("small.yaml", text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "accepted";
}

const EVENT = "  - at: 10s\n    withdraw: London\n    expect: { office: New York }\n";

describe("a scenario is refused, with its place, that has", () => {
  const refused = (what: string, edits: [string, string][], message: string) =>
    it(what, () => {
      expect(refusal(edited(...edits))).toBe(`small.yaml:${message}`);
    });

  // YAML
  refused(
    "a list that is not closed",
    [["[Paris, London]", "[Paris, London"]],
    "13:41: expected well-formed YAML, found flow sequence in block collection must be sufficiently indented and end with a ]",
  );
  refused(
    "a key twice",
    [["  New York:", "  London:"]],
    "6:10: expected well-formed YAML, found map keys must be unique",
  );

  // Form
  refused(
    "an unknown key",
    [["duration: 60s", "duration: 60s\nlenght: 3"]],
    '2:1: expected one of title, description, duration, prefixes, routing, sites, routers, transit, clients, links, expect, load, events, found "lenght"',
  );
  refused(
    "an unknown key of a site",
    [["  London:", "  London: { capcity: 3 }"]],
    '6:13: expected one of announces, capacity, as, transit, prepend, local_pref, med, weight, found "capcity"',
  );
  refused(
    "no duration",
    [["duration: 60s\n", ""]],
    "1:1: expected duration: a time such as 10s, 250ms or 1m30s, more than 0, found no such key",
  );
  refused(
    "a time without a unit",
    [["duration: 60s", "duration: 60"]],
    "1:11: expected a time such as 10s, 250ms or 1m30s, more than 0, found 60",
  );
  refused(
    "a duration of 0",
    [["duration: 60s", "duration: 0s"]],
    '1:11: expected a time such as 10s, 250ms or 1m30s, more than 0, found "0s"',
  );
  refused(
    "part of a microsecond",
    [["rtt: 4ms", "rtt: 0.5us"]],
    '13:38: expected a time such as 10s or 250ms, up to 1h, found "0.5us"',
  );
  refused(
    "a round trip for which a router has no room",
    [["rtt: 4ms", "rtt: 61m"]],
    '13:38: expected a time such as 10s or 250ms, up to 1h, found "61m"',
  );
  refused(
    "a loss of 1",
    [["rtt: 4ms", "rtt: 4ms, loss: 100%"]],
    '13:49: expected a share such as 0.02 or 2%, from 0 to less than 1, found "100%"',
  );
  refused(
    "a mapping for a list",
    [["[Paris, London]", "{ a: Paris }"]],
    "13:16: expected a link as [A, B], found a mapping",
  );
  refused(
    "an unknown protocol",
    [["hold_time: 30ms", "protocol: rip"]],
    '4:22: expected one of ebgp, igp, found "rip"',
  );
  refused(
    "a name with a slash",
    [["  London:", "  Lon/don:"]],
    '6:3: expected a name: letters, digits, spaces, and any of . _ -, found "Lon/don"',
  );
  refused(
    "an event without a change",
    [["    withdraw: London\n", ""]],
    "17:5: expected exactly one of withdraw, announce, graceful_shutdown, silent_death, return, port_down, port_up, metric, latency, overload, flap, found none of them",
  );
  refused(
    "an event with two changes",
    [["withdraw: London", "withdraw: London\n    announce: London"]],
    "19:15: expected exactly one of withdraw, announce, graceful_shutdown, silent_death, return, port_down, port_up, metric, latency, overload, flap, found withdraw and announce",
  );
  refused(
    "a bound that is no number",
    [["office: New York", "office: { lost: few }"]],
    '19:31: expected a whole number from 0 to 1000000000000, found "few"',
  );
  refused(
    "a cost of 0",
    [["rtt: 4ms", "rtt: 4ms, cost: 0"]],
    "13:49: expected a whole number from 1 to 16777215, found 0",
  );
  refused(
    "three flow buckets",
    [["  Paris:", "  Paris: { buckets: 3 }"]],
    "9:21: expected a power of two up to 256, found 3",
  );
  refused(
    "a router id that is a number",
    [["  Paris:", "  Paris: { router_id: 7 }"]],
    "9:23: expected a router id such as 192.0.2.1, found 7",
  );

  // Prefixes
  refused(
    "a prefix with host bits",
    [["198.51.100.0/24", "198.51.100.1/24"]],
    '3:5: expected 198.51.100.0/24 (no host bits set), found "198.51.100.1/24"',
  );
  refused(
    "a prefix that is too long",
    [["198.51.100.0/24", "198.51.100.0/33"]],
    '3:18: expected a prefix length from 0 to 32, found "33"',
  );
  refused(
    "a prefix twice",
    [["  - 198.51.100.0/24", "  - 198.51.100.0/24\n  - 198.51.100.0/24"]],
    '4:5: expected a prefix that is not listed yet, found "198.51.100.0/24"',
  );
  refused(
    "a prefix that nobody announces",
    [
      ["  - 198.51.100.0/24", "  - 198.51.100.0/24\n  - 192.0.2.0/24"],
      ["  London:", "  London: { announces: [198.51.100.0/24] }"],
      ["  New York:", "  New York: { announces: [198.51.100.0/24] }"],
    ],
    "4:5: expected a prefix that a site announces, found 192.0.2.0/24, which none does",
  );
  refused(
    "a site with an unknown prefix",
    [["  London:", "  London: { announces: [192.0.2.0/24] }"]],
    '6:25: expected one of 198.51.100.0/24, found "192.0.2.0/24"',
  );

  // Names
  refused(
    "one name for two nodes",
    [["  Paris:", "  Paris:\n  London:"]],
    '10:3: expected a name that is not taken, found "London", which is a site',
  );
  refused(
    "a node called none",
    [["  New York:", "  New York:\n  none:"]],
    '8:3: expected a name that is not taken, found "none", which means no site',
  );
  refused(
    "a link to nowhere",
    [["[Paris, London]", "[Paris, Londn]"]],
    '13:24: expected the name of a site or router or transit node (London, New York, Paris), found "Londn"',
  );
  refused(
    "a link to a client",
    [["[Paris, London]", "[Paris, office]"]],
    '13:24: expected the name of a site or router or transit node (London, New York, Paris), found "office", which is a client',
  );
  refused(
    "a link from a node to itself",
    [["[Paris, London]", "[Paris, Paris]"]],
    '13:24: expected another node, found "Paris"',
  );
  refused(
    "two links between the same nodes",
    [["[Paris, New York]", "[London, Paris]"]],
    "14:16: expected two nodes without a link yet, found London and Paris",
  );
  refused(
    "a link with rtt and latency",
    [["rtt: 4ms", "rtt: 4ms, latency: 2ms"]],
    "13:52: expected rtt or latency, found both",
  );
  refused("a link with neither", [[", rtt: 4ms", ""]], "13:5: expected rtt or latency, found neither");
  refused(
    "a client whose router is a site",
    [["router: Paris", "router: London"]],
    '11:21: expected the name of a router (Paris), found "London", which is a site',
  );
  refused(
    "a client that sends nothing",
    [[", queries: 100, sessions: { concurrent: 2, length: 2s }", ""]],
    "11:3: expected queries or sessions, found a client without either",
  );
  refused(
    "queries beyond number",
    [
      ["duration: 60s", "duration: 2000h"],
      ["queries: 100,", "queries: 1000000,"],
    ],
    "11:28: expected at most 4294967295 packets in a stream, found 7200000000000",
  );
  refused(
    "an overload beyond number",
    [
      ["duration: 60s", "duration: 2h"],
      ["withdraw: London", "overload: { clients: office, queries: 1000000 }"],
      ["{ office: New York }", "{ office: London }"],
    ],
    "18:34: expected at most 4294967295 packets in a stream, found 7190000000",
  );
  refused(
    "session packets beyond number",
    [
      ["duration: 60s", "duration: 2h"],
      ["length: 2s", "length: 2s, packet_every: 1us"],
    ],
    "11:81: expected at most 4294967295 packets in a stream, found 7200000000",
  );
  refused(
    "sessions of one packet",
    [["length: 2s", "length: 150ms"]],
    "11:77: expected time for two packets, found a shorter one",
  );
  refused(
    "a disconnected client",
    [
      ["routers:", "transit: { Kyoto: }\nrouters:"],
      ["  Paris:", "  Paris:\n  Osaka:"],
      ["router: Paris", "router: Osaka"],
      ["links:", "links:\n  - { between: [Osaka, Kyoto], rtt: 1ms }"],
    ],
    "13:3: expected a client that can reach a site, found no way from Osaka to a site that announces 198.51.100.0/24",
  );
  refused(
    "a router without a link",
    [["  Paris:", "  Paris:\n  Osaka:"]],
    "10:3: expected a router with a link, found Osaka, which has none",
  );
  refused(
    "keep-alives as rare as the hold time",
    [["hold_time: 30ms", "hold_time: 30ms, keep_alive: 30ms"]],
    "4:41: expected a time below the hold time of 30ms, found 30ms",
  );
  refused(
    "keep-alives of one router as rare as the hold time",
    [["  Paris:", "  Paris: { keep_alive: 40ms }"]],
    "9:24: expected a time below the hold time of 30ms, found 40ms",
  );
  refused(
    "BFD faster than a router can",
    [["hold_time: 30ms", "bfd: { interval: 3ms }"]],
    '4:29: expected a time from 3300us to 1h, found "3ms"',
  );

  refused(
    "a wait that is no time",
    [["hold_time: 30ms", "wait_to_restore: 5"]],
    "4:29: expected a time such as 10s or 250ms, up to 1h, or none, found 5",
  );
  refused(
    "damping that is neither none nor a mapping",
    [["hold_time: 30ms", "damping: often"]],
    '4:21: expected a mapping, found "often"',
  );
  refused(
    "damping that suppresses at the first flap",
    [["hold_time: 30ms", "damping: { suppress: 999 }"]],
    "4:33: expected 1000 or more: one flap alone does not suppress, found 999",
  );
  refused(
    "a threshold of reuse above that of suppression",
    [["rtt: 4ms", "rtt: 4ms, damping: { reuse: 6000 }"]],
    "13:61: expected a number below 6000, found 6000",
  );
  refused(
    "damping that never suppresses",
    [["rtt: 4ms", "rtt: 4ms, damping: { max_suppress: 45m }"]],
    "13:68: expected a time above 2700s, or nothing is ever suppressed, found 2700s",
  );
  refused(
    "a half-life of nothing",
    [["rtt: 4ms", "rtt: 4ms, damping: { half_life: 0s }"]],
    '13:65: expected a time such as 10s or 250ms, more than 0, up to 1h, found "0s"',
  );

  // Events
  refused(
    "a graceful shutdown without BGP",
    [
      ["hold_time: 30ms", "protocol: igp"],
      [EVENT, "  - { at: 10s, graceful_shutdown: London }\n"],
    ],
    "17:16: expected an event of routing by ebgp, found igp",
  );
  const event = (what: string, text: string, message: string) => refused(what, [[EVENT, text]], message);
  event(
    "events out of order",
    `${EVENT}  - { at: 5s, announce: London }\n`,
    "20:11: expected a time after 10s, found 5s",
  );
  event(
    "an event after the end",
    "  - { at: 60s, withdraw: London }\n",
    "17:11: expected an event before the end at 60s, found one at 60s",
  );
  event(
    "a flap beyond the end",
    "  - { at: 10s, flap: { withdraw: London, down: 10s, up: 10s, times: 3 } }\n",
    "17:11: expected an event before the end at 60s, found one at 60s",
  );
  event(
    "an event in the middle of a flap",
    "  - { at: 10s, flap: { withdraw: London, down: 1s, up: 1s, times: 3 } }\n  - { at: 12s, withdraw: New York }\n",
    "18:11: expected a time after 15s, found 12s",
  );
  event(
    "a flap of two things",
    "  - { at: 10s, flap: { withdraw: London, port_down: London, down: 1s, up: 1s, times: 3 } }\n",
    "17:53: expected exactly one of withdraw, silent_death, port_down, found withdraw and port_down",
  );
  event(
    "a withdrawal by a router",
    "  - { at: 10s, withdraw: Paris }\n",
    '17:26: expected the name of a site (London, New York), found "Paris", which is a router',
  );
  event(
    "a withdrawal of what is not announced",
    "  - { at: 10s, withdraw: London }\n  - { at: 11s, withdraw: London }\n",
    "18:26: expected a site that announces, found London, which does not announce 198.51.100.0/24 then",
  );
  event(
    "a graceful shutdown of what is not announced",
    "  - { at: 10s, withdraw: London }\n  - { at: 11s, graceful_shutdown: London }\n",
    "18:35: expected a site that announces, found London, which does not announce 198.51.100.0/24 then",
  );
  event(
    "a withdrawal by the dead",
    "  - { at: 10s, silent_death: London }\n  - { at: 11s, withdraw: London }\n",
    "18:26: expected a living site, found London, which is dead then",
  );
  event(
    "an announcement by the dead",
    "  - { at: 10s, silent_death: London }\n  - { at: 11s, announce: London }\n",
    "18:26: expected a living site, found London, which is dead then",
  );
  event(
    "a second death",
    "  - { at: 10s, silent_death: London }\n  - { at: 11s, silent_death: London }\n",
    "18:30: expected what lives, found what is dead already",
  );
  event(
    "a return of the living",
    "  - { at: 10s, return: London }\n",
    "17:24: expected what died before, found what lives",
  );
  event(
    "the death of a router under test",
    "  - { at: 10s, silent_death: Paris }\n",
    '17:30: expected the name of a site or transit node (London, New York), found "Paris", which is a router',
  );
  event(
    "a port that goes down twice",
    "  - { at: 10s, port_down: London }\n  - { at: 11s, port_down: [Paris, London] }\n",
    "18:27: expected a link that is up, found one that is down already",
  );
  event(
    "a port that comes up without going down",
    "  - { at: 10s, port_up: [Paris, London] }\n",
    "17:25: expected a link that is down, found one that is up",
  );
  event(
    "a link that does not exist",
    "  - { at: 10s, port_down: [London, New York] }\n",
    "17:27: expected one of the links [Paris, London], [Paris, New York], found [London, New York]",
  );
  event(
    "an overload of a site",
    "  - { at: 10s, overload: { clients: London, queries: 10 } }\n",
    '17:37: expected the name of a client (office), found "London", which is a site',
  );
  event(
    "an overload beyond the end",
    "  - { at: 10s, overload: { clients: office, queries: 10, for: 1h } }\n",
    "17:63: expected at most 50s, until the end, found 3600s",
  );
  event(
    "the ids of a flap twice",
    "  - { at: 10s, id: a.1, withdraw: London }\n  - { at: 11s, announce: London }\n  - { at: 12s, id: a, flap: { withdraw: London, down: 1s, up: 1s, times: 1 } }\n",
    '19:20: expected an id that is not taken, found "a.1"',
  );
  event(
    "an id twice",
    "  - { at: 10s, id: a, withdraw: London }\n  - { at: 11s, id: a, announce: London }\n",
    '18:20: expected an id that is not taken, found "a"',
  );

  // Expectations
  refused(
    "an expectation of a site",
    [["{ office: London }", "{ London: London }"]],
    '15:11: expected the name of a client (office), found "London", which is a site',
  );
  refused(
    "an expectation to reach a client",
    [["{ office: London }", "{ office: office }"]],
    '15:19: expected the name of a site (London, New York), found "office", which is a client',
  );
  refused(
    "an unknown site to reach",
    [["{ office: London }", "{ office: Lndon }"]],
    '15:19: expected the name of a site (London, New York), found "Lndon"',
  );
  refused(
    "a site that is withdrawn to reach",
    [["{ office: New York }", "{ office: London }"]],
    '19:23: expected a site that Paris can reach then: one of New York, found "London"',
  );
  refused(
    "a site that is dead to reach",
    [
      ["withdraw: London", "silent_death: London"],
      ["{ office: New York }", "{ office: London }"],
    ],
    '19:23: expected a site that Paris can reach then: one of New York, found "London"',
  );
  refused(
    "a site that is cut off to reach",
    [
      ["withdraw: London", "port_down: London"],
      ["{ office: New York }", "{ office: London }"],
    ],
    '19:23: expected a site that Paris can reach then: one of New York, found "London"',
  );
  refused(
    "sessions expected of a client without",
    [
      [", sessions: { concurrent: 2, length: 2s }", ""],
      ["office: New York", "office: { sessions_broken: 0 }"],
    ],
    "19:25: expected a client with sessions, found office, which has none",
  );
  refused(
    "bounds the wrong way round",
    [["office: New York", "office: { lost: { at_least: 2, at_most: 1 } }"]],
    "19:43: expected at most 1, found 2",
  );
  refused(
    "a load of a client",
    [["expect: { office: London }", "load: { office: 3 }"]],
    '15:9: expected the name of a site (London, New York), found "office", which is a client',
  );
  refused(
    "an unknown kind of load",
    [["expect: { office: London }", "load: { London: { at_most: 3 } }"]],
    '15:19: expected one of offered, served, share, found "at_most"',
  );
  refused(
    "a share of more than the whole",
    [["expect: { office: London }", "load: { London: { share: 101% } }"]],
    '15:26: expected a share such as 0.4 or 40%, from 0 to 1, found "101%"',
  );
  refused(
    "bounds of a load the wrong way round",
    [
      [
        "withdraw: London",
        "withdraw: London\n    load: { New York: { served: { at_least: 2, at_most: 1 } } }",
      ],
    ],
    "19:45: expected at most 1, found 2",
  );
  refused(
    "a load before an event at the start",
    [
      ["at: 10s", "at: 0s"],
      ["expect: { office: London }", "load: { London: 3 }"],
    ],
    "15:1: expected a first event after 0s, as this is expected before it, found one at 0s",
  );
  refused(
    "flows that ask too seldom to be timed",
    [["queries: 100", "queries: 0.01, flows: 64"]],
    "11:28: expected at least 0.015 queries a second for 64 flows, found 0.01",
  );
  refused(
    "two events at one instant",
    [[EVENT, `${EVENT}  - { at: 10s, announce: London }\n`]],
    "20:11: expected a time after 10s, found 10s",
  );
  refused(
    "expectations before an event at the start",
    [["at: 10s", "at: 0s"]],
    "15:1: expected a first event after 0s, as this is expected before it, found one at 0s",
  );
  refused(
    "a repair by a site",
    [["    withdraw: London\n", "    withdraw: London\n    repair: { same_on: [Paris, London] }\n"]],
    '19:32: expected the name of a router (Paris), found "London", which is a site',
  );
});
