/** Decision cases from JSON Lines: all of them, or an InputError for the first that is wrong. */
import type { z } from "zod";
import { InputError } from "../input-error.js";
import { excerpt, type Fault, findFault, offsetOf, valueAt } from "../json-place.js";
import { type DecisionCase, decisionCase } from "./case.js";

export function readCases(file: string, text: string): DecisionCase[] {
  const cases: DecisionCase[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.trim() !== "") cases.push(readCase(file, index + 1, line));
  });
  return cases;
}

function readCase(file: string, line: number, text: string): DecisionCase {
  const value = parse(file, line, text);
  const { data, error } = decisionCase.safeParse(value);
  if (data) return data;
  throw mistake(file, line, text, value, error.issues);
}

function parse(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw faulty(file, line, text, findFault(text)!);
  }
}

function faulty(file: string, line: number, text: string, { offset, expected }: Fault): InputError {
  const found = offset < text.length ? excerpt(text.slice(offset).trimEnd()) : "the end of the line";
  return new InputError({ file, line, column: offset + 1 }, expected, found);
}

/** Of what is wrong with a case, what comes first in its line. */
function mistake(
  file: string,
  line: number,
  text: string,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): InputError {
  // JSON that nests too deep to be walked through.
  const fault = findFault(text);
  if (fault) return faulty(file, line, text, fault);
  const [first] = issues
    .map(issue => ({ issue, column: offsetOf(text, issue.path) + 1 }))
    .sort((a, b) => a.column - b.column);
  const { path, message } = first!.issue;
  const found = valueAt(value, path);
  const isMissing = found === undefined;
  return new InputError(
    { file, line, column: first!.column },
    isMissing ? `${JSON.stringify(path.at(-1))}: ${message}` : message,
    isMissing ? "no such key" : excerpt(JSON.stringify(found)),
  );
}
