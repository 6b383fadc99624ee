/** Many events on the terminal: one line each, with the worst that it did. */
import type { Report } from "../../measure/result.js";
import { digestOf } from "../digest.js";
import { isBroken, sessionsName } from "../naming.js";
import { count, figure, instant } from "../units.js";
import type { Cell, Paper } from "./paper.js";

export function digestSection(paper: Paper, report: Report): string[] {
  const head = ["", "at", "event", "worst gap", "lost", "sessions"].map(text => ({
    text,
    format: "dim" as const,
  }));
  const rows = report.events.map((event, i): Cell[] => {
    const { disturbed, gap, lost, sessions } = digestOf(report, event.id);
    return [
      { text: `${i + 1}` },
      { text: instant(event.time) },
      { text: event.text },
      disturbed === 0 || gap === null
        ? { text: "undisturbed", format: "dim" }
        : { text: figure(gap), format: gap.value > 0 ? "red" : "green" },
      { text: count(lost), format: lost > 0 ? "red" : "green" },
      { text: sessionsName(sessions), format: isBroken(sessions) ? "red" : "green" },
    ];
  });
  const right = { align: "right" as const };
  return [
    paper.heading("What each event did"),
    ...paper.table([right, right, { flexible: true }, {}, right, { flexible: true }], [head, ...rows]),
  ];
}
