/** How the figures over each router spread over the repeats of the scenario. */
import type { Report, StatisticName } from "../../measure/result.js";
import { resolutionOf } from "../routes.js";
import { deviation, existing, measured, plural } from "../units.js";
import type { Paper } from "./paper.js";

const SHOWN: Partial<Record<StatisticName, string>> = {
  full: "convergence",
  lossDerivedLossOfConnectivity: "average gap",
};

export function repeatSection(paper: Paper, report: Report): string[] {
  if (report.repeats < 2) return [];
  const rows = report.statistics.flatMap(({ event, router, figure, summary }) => {
    const name = SHOWN[figure];
    if (name === undefined) return [];
    const number = report.events.findIndex(({ id }) => id === event) + 1;
    const { min, median, p99, max } = summary;
    const resolution = resolutionOf(report, router);
    return [
      [
        `${number}`,
        router,
        name + existing(summary, report.repeats),
        ...[min, median, p99, max].map(one => measured(one, summary, resolution)),
        deviation(summary, resolution),
      ],
    ];
  });
  if (rows.length === 0) return [];
  const right = { align: "right" as const };
  return [
    paper.heading(`Over ${plural(report.repeats, "repeat")}`),
    ...paper.table(
      [right, { flexible: true }, {}, right, right, right, right, right],
      [
        ["", "router", "", "min", "median", "p99", "max", "RSD"].map(text => ({
          text,
          format: "dim" as const,
        })),
        ...rows.map(row => row.map(text => ({ text }))),
      ],
    ),
  ];
}
