/** Expectations on the terminal: those that held side by side, each that did not on its own with what was found. */
import type { Report } from "../../measure/result.js";
import { plainText } from "../escape.js";
import { groupExpectations } from "../expectations.js";
import { length, type Paper } from "./paper.js";

export function expectationSection(paper: Paper, { expectations }: Report): string[] {
  if (expectations.length === 0) return [];
  return [
    paper.heading("Expectations"),
    ...groupExpectations(expectations).flatMap(({ lead, items }) => [
      ...(lead === "" ? [] : paper.sentence(lead).map(line => paper.dim(line))),
      ...sideBySide(
        paper,
        items.filter(({ pass }) => pass).map(({ text }) => `✓ ${plainText(text)}`),
      ).map(line => paper.paint("green", line)),
      ...items
        .filter(({ pass }) => !pass)
        .flatMap(({ text, expected, found, line }) => [
          ...paper.sentence(text, 4, "✗").map(one => paper.paint("red", one)),
          ...paper.sentence(`expected ${expected}, found ${found} (line ${line})`, 6),
        ]),
    ]),
  ];
}

function sideBySide(paper: Paper, items: string[]): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && length(last) + 3 + length(item) <= paper.columns)
      lines[lines.length - 1] = `${last}   ${item}`;
    else if (length(item) + 4 <= paper.columns) lines.push(`    ${item}`);
    else lines.push(...paper.sentence(item.slice(2), 4, "✓"));
  }
  return lines;
}
