/** The top of the page: what was run, the verdict, the worst in four numbers, the expectations and the catchments. */
import type { Expectation, Report, TargetInfo } from "../../measure/result.js";
import { groupExpectations } from "../expectations.js";
import { count, figure, instant, time } from "../units.js";
import { sites } from "./events.js";
import { type Content, type Markup, markup } from "./markup.js";
import { table } from "./table.js";

export function header(report: Report): Markup {
  const { scenario, verdict, targets, seed, repeats, duration, resolution } = report;
  const facts: [string, string][] = [
    ["scenario", scenario.name],
    ...routers(targets),
    ["length", instant(duration)],
    ["seed", String(seed)],
    ["repeats", count(repeats)],
    ["resolution", time(resolution.value)],
  ];
  return markup`<header class="top"><div><h1>${scenario.title}</h1><p class="description">${scenario.description}</p></div><p class="verdict ${verdict}">${
    verdict === "pass" ? "✓ pass" : "✗ fail"
  }</p></header>
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Routers that run on the same target are told of together. */
function routers(targets: TargetInfo[]): [string, string][] {
  const alike = new Map<string, string[]>();
  for (const { router, target, board, buildHash, clock } of targets) {
    const what = `${target}, ${board}, ${clock} clock, build ${buildHash}`;
    alike.set(what, [...(alike.get(what) ?? []), router]);
  }
  return [...alike].map(([what, names]) => [
    names.length > 1 ? "routers" : "router",
    `${names.join(", ")} on ${what}`,
  ]);
}

export function tiles(report: Report): Markup {
  const { expectations, outcomes } = report;
  const held = expectations.filter(({ pass }) => pass).length;
  const gaps = outcomes.filter(
    ({ stream, lossOfConnectivity }) => lossOfConnectivity !== null && report.streams[stream]!.representative,
  );
  const worst = gaps.reduce<(typeof gaps)[number] | null>(
    (a, b) => (a === null || b.lossOfConnectivity!.value > a.lossOfConnectivity!.value ? b : a),
    null,
  );
  const sent = report.streams.reduce((sum, { packets }) => sum + packets, 0);
  const lost = report.timeline
    .flatMap(({ spans }) => spans)
    .reduce((sum, { site, packets }) => sum + (site === null ? packets : 0), 0);
  const broken = outcomes.reduce((sum, { sessions }) => sum + sessions.moved + sessions.homeDied, 0);
  const talks = report.streams.some(({ transport }) => transport === "tcp");
  return markup`<div class="tiles">${[
    tile(
      "expectations",
      `${held} of ${expectations.length}`,
      held === expectations.length ? "all held" : "held",
    ),
    worst === null
      ? tile("worst gap", "none", "no route was disturbed")
      : tile(
          "worst gap",
          figure(worst.lossOfConnectivity!),
          `${worst.client}, ${eventText(report, worst.event)}`,
        ),
    tile("packets lost", count(lost), `of ${count(sent)} sent`),
    tile(
      "conversations broken",
      talks ? count(broken) : "none",
      talks ? "moved, or died with their site" : "no TCP stream",
    ),
  ]}</div>`;
}

function eventText({ events }: Report, id: string): string {
  return events.find(event => event.id === id)?.text ?? id;
}

function tile(name: string, value: string, note: string): Markup {
  const [main, accuracy] = value.split(" (");
  return markup`<div class="tile"><p>${name}</p><b>${main}</b>${
    accuracy === undefined ? null : markup` <small>(${accuracy}</small>`
  }<p class="muted">${note}</p></div>`;
}

export function failures({ expectations }: Report): Markup {
  return list(
    "failures",
    "What did not hold",
    expectations.filter(({ pass }) => !pass),
  );
}

export function allExpectations({ expectations }: Report): Markup {
  return list("expectations", "Expectations", expectations);
}

function list(id: string, title: string, expectations: Expectation[]): Markup {
  if (expectations.length === 0) return markup``;
  return markup`<section id="${id}"><h2>${title}</h2><div class="card expectations">${groupExpectations(
    expectations,
  ).map(
    ({ lead, items }) =>
      markup`<div>${lead === "" ? null : markup`<h4>${lead}</h4>`}<ul>${items.map(one)}</ul></div>`,
  )}</div></section>`;
}

function one({ text, expected, found, pass, line }: Expectation): Markup {
  return markup`<li class="${pass ? "pass" : "fail"}" title="line ${line}"><span class="mark" role="img" aria-label="${
    pass ? "held" : "did not hold"
  }">${pass ? "✓" : "✗"}</span><div>${text} ${
    pass
      ? markup`<small>found ${found}</small>`
      : markup`<p class="bad">expected ${expected}, found ${found}, line ${line}</p>`
  }</div></li>`;
}

export function catchments(report: Report): Content {
  if (report.catchments.length === 0) return null;
  return markup`<section id="catchments"><h2>Who reaches which site</h2><div class="card">${table(
    [{ head: "client" }, { head: "prefix" }, { head: "site" }, { head: "round trip", number: true }],
    report.catchments.map(({ client, router, prefix, site, roundTrip }) => [
      markup`<span title="behind router ${router}">${client}</span>`,
      markup`<code>${prefix}</code>`,
      sites(report, site),
      roundTrip === null ? "none" : time(roundTrip),
    ]),
  )}<p class="quiet">Before the first event.</p></div></section>`;
}
