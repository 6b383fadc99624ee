/** Over all times that an event came: how the figures over each router spread, and what it cost each client. */
import type { Report, Statistic, Tally } from "../../measure/result.js";
import { broken, figureName, type Recurring, recurringIn, spreadCells } from "../recurring.js";
import { existing, share } from "../units.js";
import type { Cell, ColumnRule, Paper } from "./paper.js";

const SHOWN: Statistic["figure"][] = ["detection", "full", "lossDerivedLossOfConnectivity", "failover"];

const right: ColumnRule = { align: "right" };
const RULES: ColumnRule[] = [{ flexible: true }, {}, right, right, right, right, right];

export function repeatSection(paper: Paper, report: Report): string[] {
  const events = recurringIn(report)
    .map(event => ({ event, rows: rowsOf(event) }))
    .filter(({ rows }) => rows.length > 0);
  if (events.length === 0) return [];
  const head = ["router", "", "min", "median", "p99", "max", "RSD"].map(
    (text): Cell => ({ text, format: "dim" }),
  );
  const [first, ...lines] = paper.table(RULES, [head, ...events.flatMap(({ rows }) => rows)]);
  return [
    paper.heading("Over all times that an event came"),
    first!,
    ...events.flatMap(({ event, rows }) => [
      ...paper.sentence(`${event.text}, ${event.timesName}`, 0, `${event.index + 1} `),
      ...lines.splice(0, rows.length),
      ...event.tallies.filter(isHurt).flatMap(tally => paper.sentence(costName(tally))),
    ]),
  ];
}

function rowsOf({ statistics, times }: Recurring): Cell[][] {
  return statistics
    .filter(({ figure, stream }) => stream === null && SHOWN.includes(figure))
    .map(one =>
      [one.router, figureName(one) + existing(one.spread, times), ...spreadCells(one)].map(text => ({
        text,
      })),
    );
}

function isHurt({ queries, sessions }: Tally): boolean {
  return queries.lost + broken(sessions) > 0;
}

function costName({ client, queries, sessions }: Tally): string {
  const costs = [
    queries.sent > 0 ? `lost ${share(queries.lost, queries.sent)} of its queries` : "",
    sessions.open > 0 ? `${share(broken(sessions), sessions.open)} of its conversations broke` : "",
  ];
  return `${client}: ${costs.filter(cost => cost !== "").join("; ")}`;
}
