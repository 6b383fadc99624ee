import type { BenchFigures } from "../../hil/bench/bench.js";
import type { FailoverFigures } from "../../hil/bench/failover.js";
import type { LookupFigures, TableFigures } from "../../hil/bench/lookup.js";
import type { ScenarioFigures } from "../../hil/bench/scenario.js";
import type { TextFigures } from "../../hil/bench/text.js";
import type { Summary } from "../../hil/measure/result.js";
import { columns } from "./columns.js";

/** The figures for a reader: medians, with the spread of the repeats. */
export function benchText({ text, lookup, failover, scenario }: BenchFigures): string {
  return [
    ...lookup.tables.map(tableText),
    callText(lookup),
    loadText(text),
    failoverText(failover),
    scenarioText(scenario),
    "Median of the repeats, and their relative standard deviation. Wall time of this machine.\n",
  ].join("\n\n");
}

function spread({ rsd }: Summary): string {
  return `± ${(100 * rsd).toFixed(1)} %`;
}

function millions({ median }: Summary): string {
  return (median / 1e6).toFixed(median < 1e7 ? 2 : 1);
}

function microseconds(nanoseconds: number): string {
  return (nanoseconds / 1000).toFixed(2);
}

function tableText({ family, prefixes, sets, bytesPerPrefix, load, updates, lookups }: TableFigures): string {
  return [
    `IPv${family}: ${prefixes} prefixes, ${sets} next hops`,
    columns([
      ["lookups", "addresses", "M/s", ""],
      ...lookups.map(({ name, pattern, rate }) => [name, pattern, millions(rate), spread(rate)]),
    ]),
    columns([
      ["table", "", ""],
      ["bytes/prefix", bytesPerPrefix.toFixed(2), ""],
      ["load, ms", load.toFixed(0), ""],
      ["updates, M/s", millions(updates), spread(updates)],
    ]),
  ].join("\n");
}

function callText({ calls }: LookupFigures): string {
  return `A call from JavaScript into WASM that does nothing: ${millions(calls)} M/s ${spread(calls)}`;
}

function loadText({ prefixes, bytes, parse, insert }: TextFigures): string {
  const megabytes = (bytes / 1e6).toFixed(1);
  const whole = (parse + insert).toFixed(0);
  return `From text to a table: ${prefixes} prefixes, ${megabytes} MB in ${whole} ms (${parse.toFixed(0)} to parse)`;
}

function failoverText(figures: FailoverFigures[]): string {
  return [
    "Failover, two neighbors that announce everything",
    columns([
      ["cause", "prefixes", "route sets", "repaired, us", "p99", "re-selected, us", "p99"],
      ...figures.flatMap(({ prefixes, sets, portDown, neighborDeath }) =>
        (
          [
            ["port down", portDown],
            ["hold time over", neighborDeath],
          ] as const
        ).map(([cause, { repair, reselect }]) => [
          cause,
          `${prefixes}`,
          `${sets}`,
          microseconds(repair.median),
          microseconds(repair.p99),
          microseconds(reselect.median),
          microseconds(reselect.p99),
        ]),
      ),
    ]),
  ].join("\n");
}

function scenarioText({ scenario, duration, packets, wall }: ScenarioFigures): string {
  const virtual = (duration / 60e6).toFixed(0);
  return `${scenario}: ${virtual} virtual minutes, ${packets} packets in ${wall.median.toFixed(0)} ms ${spread(wall)}`;
}
