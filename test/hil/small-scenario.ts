import { parseScenario } from "../../hil/scenario/load.js";
import type { Scenario } from "../../hil/scenario/scenario.js";

/** Two sites, a router and a client; tests change a line of it. */
export const SMALL = `duration: 60s
prefixes:
  - 198.51.100.0/24
routing: { hold_time: 30ms }
sites:
  London:
  New York:
routers:
  Paris:
clients:
  office: { router: Paris, queries: 100, sessions: { concurrent: 2, length: 2s } }
links:
  - { between: [Paris, London], rtt: 4ms }
  - { between: [Paris, New York], rtt: 80ms }
expect: { office: London }
events:
  - at: 10s
    withdraw: London
    expect: { office: New York }
`;

export function small(...edits: [from: string, to: string][]): Scenario {
  return parseScenario("small.yaml", edited(...edits));
}

export function edited(...edits: [from: string, to: string][]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the small scenario has no ${JSON.stringify(from)}`);
    return text.replace(from, to);
  }, SMALL);
}

/** The small scenario with other events. */
export function withEvents(events: string, ...edits: [from: string, to: string][]): Scenario {
  const text = edited(...edits);
  return parseScenario("small.yaml", `${text.slice(0, text.indexOf("events:"))}events:\n${events}`);
}
