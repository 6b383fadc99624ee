/** One card an event: what it did to every stream, the figures over each router, and the moments around it. */
import type { Convergence, Figure, Outcome, Report } from "../../measure/result.js";
import { disturbedIn } from "../focus.js";
import { lossName, repairName, sessionsName, siteName, streamName } from "../naming.js";
import { count, figure, instant, offset, plural, time } from "../units.js";
import { closeUp } from "./closeup.js";
import { siteStyle } from "./lanes.js";
import { type Content, type Markup, markup } from "./markup.js";
import { table } from "./table.js";

type Event = Report["events"][number];

export function events(report: Report): Markup {
  if (report.events.length === 0) return markup``;
  return markup`<section id="events"><h2>What each event did</h2>${report.events.map((event, i) =>
    card(report, event, i),
  )}</section>`;
}

function card(report: Report, event: Event, index: number): Markup {
  const disturbed = disturbedIn(report, event.id);
  const undisturbed = report.outcomes.filter(one => one.event === event.id && one.state === "undisturbed");
  return markup`<article class="card" id="event-${index + 1}"><header><i class="badge">${index + 1}</i><h3>${event.text}</h3><span class="when">at ${instant(
    event.time,
  )}</span><span class="kind">${event.kind}</span></header>
${disturbed.length > 0 ? outcomeTable(report, disturbed) : null}
${undisturbed.length > 0 ? markup`<p class="quiet">${quietText(undisturbed)}</p>` : null}
${routerFigures(report, event)}
${closeUp(report, event, index)}
</article>`;
}

function outcomeTable(report: Report, outcomes: Outcome[]): Markup {
  return table(
    [
      { head: "client" },
      { head: "stream" },
      { head: "site before → after" },
      { head: "round trip", number: true },
      { head: "gap", number: true, note: "Route Loss of Connectivity Period, RFC 6412 section 3.6.5" },
      {
        head: "settled after",
        number: true,
        note: "Route-Specific Convergence Time, RFC 6412 section 3.6.3",
      },
      { head: "lost", number: true },
      { head: "reordered", number: true, note: "Type-P-Reordered, RFC 4737 section 3.3" },
      { head: "conversations" },
    ],
    outcomes.map(one => [
      one.client,
      markup`<span title="${one.prefix}">${streamName(report, one.stream)}</span>`,
      markup`${sites(report, one.before)} <span aria-label="to">→</span> ${sites(report, one.after)}`,
      markup`${roundTrip(one.roundTripBefore)} → ${roundTrip(one.roundTripAfter)}`,
      figureCell(one.lossOfConnectivity, one.queries.lost > 0),
      one.state === "unfinished" ? markup`<b class="bad">not settled</b>` : figureCell(one.routeSpecific),
      markup`<span title="${one.losses.map(lossName).join("; ")}">${count(one.queries.lost)} <small>of ${count(
        one.queries.sent,
      )}</small></span>`,
      count(one.queries.reordered),
      sessionCell(one),
    ]),
  );
}

export function sites(report: Report, names: string | null): Content {
  if (names === null) return markup`<span class="pill none">${siteName(null)}</span>`;
  return names
    .split(" + ")
    .map(site => markup`<span class="pill" style="${siteStyle(report, site)}">${site}</span>`);
}

function roundTrip(value: number | null): string {
  return value === null ? "none" : time(value);
}

function figureCell(value: Figure | null, bad = false): Content {
  if (value === null) return markup`<span class="muted">none</span>`;
  const [main, accuracy] = figure(value).split(" (");
  return markup`<b class="${bad ? "bad" : ""}">${main}</b>${
    accuracy === undefined ? null : markup` <small>(${accuracy}</small>`
  }`;
}

function sessionCell({ sessions, transport }: Outcome): Content {
  if (transport === "udp") return markup`<span class="muted">no state</span>`;
  const broken = sessionsName(sessions);
  if (broken !== "") return markup`<b class="bad">${broken}</b> <small>of ${count(sessions.open)}</small>`;
  return sessions.open > 0 ? `${count(sessions.kept)} kept` : markup`<span class="muted">none open</span>`;
}

function quietText(undisturbed: Outcome[]): string {
  const clients = [...new Set(undisturbed.map(({ client }) => client))];
  return clients
    .map(client => {
      const streams = undisturbed.filter(one => one.client === client);
      const where = [...new Set(streams.map(({ after }) => siteName(after)))].join(", ");
      const losses = streams.flatMap(one => one.losses.map(lossName));
      return [`${client}: ${plural(streams.length, "stream")} undisturbed at ${where}`, ...losses].join("; ");
    })
    .join(". ");
}

function routerFigures(report: Report, event: Event): Content {
  const disturbed = report.convergence.filter(one => one.event === event.id && one.disturbed > 0);
  return disturbed.map(one => {
    const repair = report.repairs.filter(({ event, router }) => event === one.event && router === one.router);
    return markup`<div class="router"><h4>Router ${one.router} <span class="kind">${one.direction} event</span></h4><dl class="figures">${[
      item(
        "saw it after",
        one.propagation === null ? "never" : time(one.propagation),
        "Event to when the router saw it",
      ),
      figureItem("first route", one.firstRoute, "First Route Convergence Time, RFC 6412 section 3.6.2"),
      figureItem("full convergence", one.full, "Full Convergence Time, RFC 6412 section 3.6.1"),
      figureItem(
        "average convergence",
        one.lossDerived,
        "Loss-Derived Convergence Time, RFC 6412 section 3.6.4",
      ),
      figureItem(
        "average gap",
        one.lossDerivedLossOfConnectivity,
        "Loss-Derived Loss of Connectivity Period, RFC 6412 section 3.6.6",
      ),
      sustainedItem(one),
    ]}</dl>${repair.map(
      done => markup`<p class="repair">${offset(done.time - event.time)}: ${repairName(done)}.</p>`,
    )}</div>`;
  });
}

function figureItem(name: string, value: Figure | null, note: string): Markup {
  return item(name, figureCell(value), note);
}

function sustainedItem({ sustained }: Convergence): Markup {
  const note = "Sustained Convergence Validation Time, RFC 6412 section 3.7.5";
  if (sustained === null) return item("sustained", markup`<span class="muted">none</span>`, note);
  const { held, window, watched } = sustained;
  return held
    ? item("sustained", `at least ${time(window)}`, note)
    : item("sustained", markup`<b class="bad">watched for ${time(watched)} only</b>`, note);
}

function item(name: string, value: Content, note: string): Markup {
  return markup`<div title="${note}"><dt>${name}</dt><dd>${value}</dd></div>`;
}
