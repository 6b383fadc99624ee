/** One card an event: what it did to every route, the figures over each router, and the moments around it. */
import type { Convergence, Figure, Outcome, Report } from "../../measure/result.js";
import { digestOf, MANY_EVENTS } from "../digest.js";
import {
  heldName,
  heldNames,
  isBroken,
  lossName,
  quietNames,
  reachName,
  repairName,
  sessionsName,
  siteName,
} from "../naming.js";
import { metBy, type RouteOutcome } from "../routes.js";
import { count, figure, instant, time } from "../units.js";
import { closeUp } from "./closeup.js";
import { siteStyle } from "./lanes.js";
import { type Content, type Markup, markup } from "./markup.js";
import { table } from "./table.js";

type Event = Report["events"][number];

export function events(report: Report): Markup {
  if (report.events.length === 0) return markup``;
  return markup`<section id="events"><h2>What each event did</h2>
<div class="card">${digestTable(report)}${heldNames(report).map(name => markup`<p class="repair">${name}.</p>`)}</div>
${report.events.map((event, i) => card(report, event, i))}</section>`;
}

function digestTable(report: Report): Markup {
  return table(
    [
      { head: "" },
      { head: "at", number: true },
      { head: "event" },
      { head: "worst gap", number: true },
      { head: "settled after", number: true },
      { head: "lost", number: true },
      { head: "conversations" },
    ],
    report.events.map((event, i) => {
      const { disturbed, gap, settled, unfinished, lost, sessions } = digestOf(report, event.id);
      return [
        markup`<i class="badge">${i + 1}</i>`,
        instant(event.time),
        markup`<a href="#event-${i + 1}">${event.text}</a>`,
        disturbed > 0 ? figureCell(gap, gap?.value !== 0) : markup`<span class="muted">undisturbed</span>`,
        unfinished ? markup`<b class="bad">not settled</b>` : settled && figureCell(settled),
        count(lost),
        sessionCell(sessions),
      ];
    }),
  );
}

function card(report: Report, event: Event, index: number): Markup {
  const met = metBy(report, event.id);
  const disturbed = met.filter(one => one.disturbed);
  const quiet = quietNames(met).join(". ");
  const head = markup`<i class="badge">${index + 1}</i><h3>${event.text}</h3><span class="when">at ${instant(
    event.time,
  )}</span><span class="kind">${event.kind.replace(/[_-]/g, " ")}</span>`;
  const body = markup`
${disturbed.length > 0 ? outcomeTable(report, disturbed) : null}
${quiet === "" ? null : markup`<p class="quiet">${quiet}.</p>`}
${routerFigures(report, event)}
${closeUp(report, event, index)}
`;
  return report.events.length > MANY_EVENTS
    ? markup`<details class="card" id="event-${index + 1}"><summary><header>${head}</header></summary>${body}</details>`
    : markup`<article class="card" id="event-${index + 1}"><header>${head}</header>${body}</article>`;
}

function outcomeTable(report: Report, outcomes: RouteOutcome[]): Markup {
  return table(
    [
      { head: "client" },
      { head: "prefix" },
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
    outcomes.map(({ route, main, sent, lost, reordered, losses, sessions }) => [
      route.client,
      markup`<span title="${route.prefix}">${route.name}</span>`,
      markup`${sites(report, main.before)} <span aria-label="to">→</span> ${sites(report, main.after)}`,
      markup`${roundTrip(main.roundTripBefore)} → ${roundTrip(main.roundTripAfter)}`,
      figureCell(main.lossOfConnectivity, main.lossOfConnectivity?.value !== 0),
      main.state === "unfinished" ? markup`<b class="bad">not settled</b>` : figureCell(main.routeSpecific),
      markup`<span title="${losses.map(lossName).join("; ")}">${count(lost)} <small>of ${count(sent)}</small></span>`,
      count(reordered),
      sessionCell(sessions),
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

function sessionCell(sessions: Outcome["sessions"]): Content {
  const name = sessionsName(sessions);
  if (name === "") return markup`<span class="muted">none open</span>`;
  return isBroken(sessions) ? markup`<b class="bad">${name}</b>` : name;
}

function routerFigures(report: Report, event: Event): Content {
  const disturbed = report.convergence.filter(one => one.event === event.id && one.disturbed > 0);
  return disturbed.map(one => {
    const holds = report.holds.filter(({ event, router }) => event === one.event && router === one.router);
    const repair = report.repairs.filter(({ event, router }) => event === one.event && router === one.router);
    return markup`<div class="router"><h4>Router ${one.router} <span class="kind">${one.direction} event</span></h4><dl class="figures">${[
      item(
        "event reached it",
        reachName(one.propagation).replace("reached ", ""),
        "From the event to when word or the silence of it reached the router",
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
      figureItem(
        one.direction === "reversion" ? "reversion time" : "failover time",
        one.failover,
        `${one.direction === "reversion" ? "Reversion Time, RFC 6414 section 3.5.4" : "Failover Time, RFC 6414 section 3.5.3"}, by the Timestamp-Based Method`,
      ),
      sustainedItem(one),
    ]}</dl>${repair.map(done => markup`<p class="repair">${repairName(done, event.time)}.</p>`)}${holds.map(hold => markup`<p class="repair">${heldName(hold)}.</p>`)}</div>`;
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
