/** What became of the conversations that each event met: one bar an event. */
import type { Outcome, Report } from "../../measure/result.js";
import { count } from "../units.js";
import { type Markup, markup } from "./markup.js";
import { percentage } from "./scale.js";

const FATES = [
  { key: "kept", name: "kept" },
  { key: "moved", name: "moved to another site" },
  { key: "homeDied", name: "died with their site" },
  { key: "neverBegan", name: "could not begin" },
] as const;

export function conversations(report: Report): Markup {
  if (report.streams.every(({ transport }) => transport === "udp") || report.events.length === 0)
    return markup``;
  const rows = report.events.map((event, i) => {
    const met = report.outcomes.filter(one => one.event === event.id && one.transport === "tcp");
    return row(i + 1, event.text, met);
  });
  return markup`<section id="conversations"><h2>Conversations</h2><div class="card"><ul class="legend">${FATES.map(
    ({ key, name }) => markup`<li><i class="swatch ${key}"></i>${name}</li>`,
  )}</ul>${rows}<p class="quiet">TCP-like sessions that were open at each event, or that began after it and broke. Datagrams have no state to lose.</p></div></section>`;
}

function row(number: number, text: string, met: Outcome[]): Markup {
  const sum = (key: (typeof FATES)[number]["key"]) =>
    met.reduce((total, { sessions }) => total + sessions[key], 0);
  const parts = FATES.map(fate => ({ ...fate, sessions: sum(fate.key) })).filter(
    ({ sessions }) => sessions > 0,
  );
  const all = parts.reduce((total, { sessions }) => total + sessions, 0);
  const bar = parts.map(
    ({ key, name, sessions }) =>
      markup`<span class="${key}" style="flex-basis:${percentage(sessions / all)}" title="${count(sessions)} ${name}">${count(sessions)}</span>`,
  );
  return markup`<div class="chart"><div class="name"><span><b title="${text}">${number}. ${text}</b></span></div><div class="track stack" role="img" aria-label="${
    parts.map(({ name, sessions }) => `${sessions} ${name}`).join(", ") || "none"
  }">${all === 0 ? markup`<span class="none">none</span>` : bar}</div></div>`;
}
