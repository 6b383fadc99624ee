import { expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import type { Report } from "../../../hil/measure/result.js";
import { html, terminal } from "../../../hil/report/index.js";
import { DURATION, EVENT, example, SECOND } from "../measure/example.js";
import { elementsOf } from "./elements.js";

/** What London, whose capacity is 20,000 queries a second, and New York are offered from each of these times on. */
function reportOf(...offers: [from: number, london: number, newYork: number][]): Report {
  const loads = offers.flatMap(([from, london, newYork], n) => {
    const stretch = { from, to: offers[n + 1]?.[0] ?? DURATION };
    return [
      { site: "London", ...stretch, offered: london, served: Math.min(london, 20_000), capacity: 20_000 },
      { site: "New York", ...stretch, offered: newYork, served: newYork, capacity: null },
    ];
  });
  return { ...measure(example()), loads };
}

const attack = reportOf(
  [0, 5000, 5000],
  [30 * SECOND, 45_000, 5000],
  [EVENT.withdraws, 0, 50_000],
  [EVENT.announces, 0, 50_000],
  [EVENT.dies, 20_001, 10_000],
);

function sectionOf(report: Report): string[] {
  const lines = terminal(report, { columns: 80, colour: false }).split("\n");
  const from = lines.findIndex(line => line.startsWith("Load  "));
  return from < 0 ? [] : lines.slice(from, lines.indexOf("", from));
}

it("who inherits what stands on the terminal, from each change to the next, with what sites can serve", () => {
  expect(sectionOf(attack)).toEqual([
    "Load  queries a second, from each event on",
    "     from                 London  New York",
    "                       of 20,000",
    "     0:00                  5,000     5,000",
    "     0:30  45,000, served 20,000     5,000",
    "  1  1:00                      0    50,000",
    "  3  5:00                 20,001    10,000",
  ]);
});

it("and in the page, with the event and the share of each site", () => {
  const { text } = elementsOf(html(attack));
  const table = text.slice(text.lastIndexOf("the start")).replace(/\s+/g, " ");
  expect(table).toMatch(/^the start ?5,000 50 % ?5,000 50 %/);
  expect(table).toMatch(/0:30 ?the end of an overload ?45,000 90 %, served 20,000 ?5,000 10 %/);
  expect(table).toMatch(/1 ?1:00 ?London withdraws ?0 0 % ?50,000 100 %/);
});

it("there is neither where nobody asks", () => {
  const idle = reportOf([0, 0, 0]);
  expect(html(idle)).not.toContain("Load per site");
});
