/** One event on the terminal: what it did to each route, the figures over each router, and the moments around it close up. */
import type { Convergence, Report } from "../../measure/result.js";
import { focusOn } from "../focus.js";
import { heldName, isBroken, moveName, quietNames, reachName, repairName, sessionsName } from "../naming.js";
import { metBy, type RouteOutcome } from "../routes.js";
import { count, figure, instant, tickOffset, time } from "../units.js";
import type { Lanes } from "./lanes.js";
import type { Cell, Paper } from "./paper.js";

type Event = Report["events"][number];

export function eventSection(
  paper: Paper,
  report: Report,
  lanes: Lanes,
  event: Event,
  number: number,
): string[] {
  const met = metBy(report, event.id);
  const disturbed = met.filter(one => one.disturbed);
  return [
    ...paper.sentence(`${number}  ${instant(event.time)}  ${event.text}`, 0).map(line => paper.heading(line)),
    ...outcomes(paper, disturbed),
    ...quietNames(met).flatMap(text => paper.sentence(text)),
    ...routers(report, event).flatMap(text => paper.sentence(text)),
    ...closeUp(report, lanes, event, disturbed),
  ];
}

function outcomes(paper: Paper, disturbed: RouteOutcome[]): string[] {
  if (disturbed.length === 0) return [];
  const head = ["client", "", "site", "gap", "lost", "sessions"].map(text => ({
    text,
    format: "dim" as const,
  }));
  const rows = disturbed.map(({ route, main, lost, sessions }, i): Cell[] => [
    { text: disturbed[i - 1]?.route.client === route.client ? "" : route.client },
    { text: route.name },
    { text: main.state === "unfinished" ? `${moveName(main)}, not settled` : moveName(main) },
    {
      text: main.lossOfConnectivity === null ? "" : figure(main.lossOfConnectivity),
      format: main.lossOfConnectivity?.value === 0 ? "green" : "red",
    },
    { text: count(lost), format: lost > 0 ? "red" : "green" },
    { text: sessionsName(sessions), format: isBroken(sessions) ? "red" : "green" },
  ]);
  return paper.table(
    [{ flexible: true }, { flexible: true }, { flexible: true }, {}, { align: "right" }, { flexible: true }],
    [head, ...rows],
  );
}

function routers(report: Report, event: Event): string[] {
  return report.convergence
    .filter(one => one.event === event.id)
    .flatMap(one => {
      const repairs = report.repairs
        .filter(({ event, router }) => event === one.event && router === one.router)
        .map(done => repairName(done, event.time));
      const holds = report.holds
        .filter(({ event, router }) => event === one.event && router === one.router)
        .map(heldName);
      const parts = [...(one.disturbed > 0 ? [figures(one)] : []), ...repairs, ...holds];
      return parts.length === 0 ? [] : [`${one.router}: ${parts.join("; ")}`];
    });
}

function figures({ propagation, firstRoute, full, sustained }: Convergence): string {
  const parts = [
    reachName(propagation),
    firstRoute === null ? "" : `first route ${figure(firstRoute)}`,
    full === null ? "not settled" : `full convergence ${figure(full)}`,
    sustained === null || sustained.held ? "" : `watched for only ${time(sustained.watched)} after`,
  ];
  return parts.filter(part => part !== "").join(", ");
}

function closeUp(report: Report, lanes: Lanes, event: Event, disturbed: RouteOutcome[]): string[] {
  const focus = focusOn(report, event);
  if (focus === null) return [];
  const { from, to } = focus;
  const [begin, end] = [from, to].map(at => tickOffset(at - event.time, (to - from) / 100));
  const scale = `${begin} to ${end}`;
  return [
    event.time >= from
      ? lanes.pointer(event.time, "▼", scale, from, to)
      : lanes.pointer(from, "…", scale, from, to),
    ...disturbed.map(({ route }) => lanes.lane(route, from, to)),
  ];
}
