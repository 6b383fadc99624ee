/** One event on the terminal: what it did to each stream, the figures over each router, and the seconds around it close up. */
import type { Convergence, Outcome, Report } from "../../measure/result.js";
import { disturbedIn, focusOn } from "../focus.js";
import { lossName, moveName, repairName, sessionsName, siteName, streamName } from "../naming.js";
import { count, figure, instant, offset, plural, time } from "../units.js";
import type { Lanes } from "./lanes.js";
import type { Cell, Paper } from "./paper.js";

export function eventSection(
  paper: Paper,
  report: Report,
  lanes: Lanes,
  event: Report["events"][number],
  number: number,
): string[] {
  const disturbed = disturbedIn(report, event.id);
  return [
    ...paper.sentence(`${number}  ${instant(event.time)}  ${event.text}`, 0).map(line => paper.heading(line)),
    ...outcomes(paper, report, disturbed),
    ...quiet(paper, report, event.id),
    ...report.convergence
      .filter(one => one.event === event.id && one.disturbed > 0)
      .flatMap(one => paper.sentence(`${one.router}: ${convergenceText(one)}`)),
    ...report.repairs
      .filter(one => one.event === event.id)
      .flatMap(one => paper.sentence(`${one.router}: ${offset(one.time - event.time)} ${repairName(one)}`)),
    ...closeUp(report, lanes, event, disturbed),
  ];
}

function outcomes(paper: Paper, report: Report, disturbed: Outcome[]): string[] {
  if (disturbed.length === 0) return [];
  const head = ["client", "stream", "site", "gap", "lost", "sessions"].map(text => ({
    text,
    format: "dim" as const,
  }));
  const rows = disturbed.map((outcome, i): Cell[] => [
    { text: disturbed[i - 1]?.client === outcome.client ? "" : outcome.client },
    { text: streamName(report, outcome.stream) },
    { text: moveName(outcome) },
    {
      text: outcome.lossOfConnectivity === null ? "" : figure(outcome.lossOfConnectivity),
      format: outcome.queries.lost > 0 ? "red" : "green",
    },
    { text: outcome.queries.lost > 0 ? count(outcome.queries.lost) : "0" },
    { text: sessionsName(outcome.sessions) || (outcome.sessions.open > 0 ? "kept" : "") },
  ]);
  return paper.table(
    [{ flexible: true }, { flexible: true }, { flexible: true }, {}, { align: "right" }, {}],
    [head, ...rows],
  );
}

/** Streams to which nothing happened, one line a client. */
function quiet(paper: Paper, report: Report, event: string): string[] {
  const undisturbed = report.outcomes.filter(one => one.event === event && one.state === "undisturbed");
  const clients = [...new Set(undisturbed.map(({ client }) => client))];
  return clients.flatMap(client => {
    const streams = undisturbed.filter(one => one.client === client);
    const sites = [...new Set(streams.map(({ after }) => siteName(after)))].join(", ");
    const losses = streams.flatMap(one => one.losses.map(lossName));
    return paper.sentence(
      [`${client}: ${plural(streams.length, "stream")} undisturbed (${sites})`, ...losses].join("; "),
    );
  });
}

function convergenceText(one: Convergence): string {
  const parts = [
    one.propagation === null ? "" : `saw it after ${time(one.propagation)}`,
    one.firstRoute === null ? "" : `first route ${figure(one.firstRoute)}`,
    one.full === null ? "not settled" : `full convergence ${figure(one.full)}`,
    one.sustained === null || one.sustained.held
      ? ""
      : `watched for only ${time(one.sustained.watched)} after`,
  ];
  return parts.filter(part => part !== "").join(", ");
}

function closeUp(
  report: Report,
  lanes: Lanes,
  event: Report["events"][number],
  disturbed: Outcome[],
): string[] {
  const focus = focusOn(report, event);
  if (focus === null) return [];
  const { from, to } = focus;
  const here = { time: event.time, sign: "▼" };
  const scale = `${offset(from - event.time)} to ${offset(to - event.time)}`;
  const marks =
    event.time >= from ? [here, { time: event.time, sign: scale }] : [{ time: from, sign: scale }];
  return [lanes.marks(marks, from, to), ...disturbed.map(({ stream }) => lanes.lane(stream, from, to))];
}
