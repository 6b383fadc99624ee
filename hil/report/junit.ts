/**
 * The report for continuous integration, in the JUnit XML that its servers read: one test case an expectation. The run's identity
 * (seed, targets, build hashes) and its resolution are properties, so that a failure can be replayed.
 */
import type { Expectation, Report } from "../measure/result.js";
import { escapeMarkup as x } from "./escape.js";

export function junit(report: Report): string {
  const { scenario, expectations } = report;
  const failures = expectations.filter(({ pass }) => !pass).length;
  const counts = `tests="${expectations.length}" failures="${failures}" errors="0" skipped="0"`;
  const seconds = (report.duration / 1_000_000).toFixed(6);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="nearhop" ${counts} time="${seconds}">`,
    `  <testsuite name="${x(scenario.name)}" ${counts} time="${seconds}">`,
    "    <properties>",
    ...propertiesOf(report).map(([name, value]) => `      <property name="${x(name)}" value="${x(value)}"/>`),
    "    </properties>",
    ...expectations.flatMap(expectation => testCase(scenario.name, expectation)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function propertiesOf(report: Report): [string, string][] {
  return [
    ["title", report.scenario.title],
    ["generator", report.generator],
    ["seed", String(report.seed)],
    ["repeats", String(report.repeats)],
    ["resolution", `${report.resolution.value} us: ${report.resolution.reason}`],
    ...report.targets.map(({ router, target, board, buildHash }): [string, string] => [
      `target ${router}`,
      `${target}, ${board}, build ${buildHash}`,
    ]),
  ];
}

function testCase(scenario: string, { text, expected, found, pass, line }: Expectation): string[] {
  const open = `    <testcase classname="${x(scenario)}" name="${x(text)}" line="${line}" time="0"`;
  if (pass) return [`${open}/>`];
  return [
    `${open}>`,
    `      <failure type="expectation" message="${x(`expected ${expected}, found ${found}`)}">${x(
      `line ${line}: ${text}: expected ${expected}, found ${found}`,
    )}</failure>`,
    "    </testcase>",
  ];
}
