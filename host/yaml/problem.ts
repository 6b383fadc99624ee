/** Turns what zod found wrong into the InputError of the mistake that comes first in the file. */
import type { z } from "zod";
import { InputError, type Place } from "../input-error.js";
import type { Complaint } from "./form.js";
import type { Path, Source } from "./source.js";

type Issue = z.core.$ZodIssue;

interface Problem {
  place: Place;
  expected: string;
  found: string;
}

export function inputError(source: Source, issues: readonly Issue[]): InputError {
  const problems = issues.flatMap(issue => problemsOf(source, issue));
  problems.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const { place, expected, found } = problems[0]!;
  return new InputError(place, expected, found);
}

function problemsOf(source: Source, issue: Issue): Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map(key => ({
      place: source.keyPlace([...issue.path, key]),
      expected: issue.message,
      found: describe(key),
    }));
  }
  if (issue.code === "invalid_key") {
    const expected = issue.issues[0]?.message ?? issue.message;
    return [{ place: source.keyPlace(issue.path), expected, found: describe(issue.path.at(-1)) }];
  }
  const complaint = issue.code === "custom" ? (issue.params as Complaint | undefined) : undefined;
  const expected = complaint?.expected ?? expectation(issue);
  const place = source.place(issue.path);
  const around = valueAt(source.value, issue.path.slice(0, -1));
  const key = issue.path.at(-1);
  if (isMapping(around) && typeof key === "string" && !(key in around)) {
    return [{ place, expected: `${key}: ${expected}`, found: complaint?.found ?? "no such key" }];
  }
  // A value in its short form stands where the mapping that it stands for would.
  const written = issue.path.length > 0 && !isMapping(around) && !Array.isArray(around);
  const value = written ? around : valueAt(source.value, issue.path);
  return [{ place, expected, found: complaint?.found ?? describe(value) }];
}

function isMapping(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const TYPES: Record<string, string> = {
  object: "a mapping",
  record: "a mapping",
  array: "a list",
  string: "text",
};

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `one of ${issue.values.join(", ")}`;
    case "too_small":
      return `a list of at least ${issue.minimum}`;
    default:
      return issue.message;
  }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner === null || inner === undefined ? undefined : inner[key as keyof typeof inner]),
    value,
  );
}

/** A value as a message shows it. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object") return "a mapping";
  return JSON.stringify(value);
}
