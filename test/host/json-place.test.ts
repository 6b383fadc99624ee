import fc from "fast-check";
import { expect, it } from "vitest";
import { findFault, offsetOf } from "../../host/json-place.js";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

it("a fault is found in a text exactly if it is not JSON", () => {
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 }), fc.nat({ max: 3 }))
    .map(([text, at, piece, cut]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + piece + text.slice(start + cut);
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), damaged, fc.string()), text => {
      const fault = findFault(text);
      expect(fault === null).toBe(isJson(text));
      if (fault) expect(fault.offset).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2000 },
  );
});

it("what stands before a fault can be the beginning of JSON", () => {
  expect(findFault('{"a": [1, 2,, 3]}')).toEqual({ offset: 12, expected: "a JSON value" });
  expect(findFault('{"a" 1}')).toEqual({ offset: 5, expected: '":"' });
  expect(findFault('{"a": 1 "b"')).toEqual({ offset: 8, expected: '"," or "}"' });
  expect(findFault("[1, 02]")).toEqual({ offset: 5, expected: '"," or "]"' });
  expect(findFault("[] []")).toEqual({ offset: 3, expected: "nothing more" });
  expect(findFault('{"a": "\u0001"}')).toEqual({ offset: 6, expected: "a JSON text in quotes" });
});

/** Every path into a value. */
function pathsOf(value: unknown): PropertyKey[][] {
  if (value === null || typeof value !== "object") return [[]];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[], ...inner.flatMap(([key, part]) => pathsOf(part).map(path => [key, ...path]))];
}

it("every value is found where it starts", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat({ max: 2 }), (json, indent) => {
      const value: unknown = JSON.parse(json);
      const text = JSON.stringify(value, null, indent);
      for (const path of pathsOf(value)) {
        const part = path.reduce<unknown>(
          (inner, key) => (inner as Record<PropertyKey, unknown>)[key],
          value,
        );
        const depth = path.length;
        const printed = JSON.stringify(part, null, indent).replaceAll(
          "\n",
          `\n${" ".repeat(indent * depth)}`,
        );
        expect(text.slice(offsetOf(text, path))).toMatch(
          new RegExp(`^${printed.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`),
        );
      }
    }),
  );
});

it("what is missing is looked for in what is there", () => {
  expect(offsetOf('{"a": {"b": 1}}', ["a", "c"])).toBe(6);
  expect(offsetOf('{"a": {"b": 1}}', ["x"])).toBe(0);
});
