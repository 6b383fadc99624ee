import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { parseScenario } from "../../../hil/scenario/load.js";
import { scenarioFile } from "../../../hil/scenario/schema.js";

const reference = readFileSync(new URL("../../../docs/scenario-reference.md", import.meta.url), "utf8");
const examples = [...reference.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);

/** What the examples leave out. */
const BASE = {
  duration: "10m",
  prefixes: ["198.51.100.0/24"],
  sites: { London: {}, "New York": {}, Tokyo: {} },
  routers: { Paris: {} },
  transit: { Lyon: {} },
  clients: { "Paris office": { router: "Paris", queries: 1, sessions: { concurrent: 1, length: "1s" } } },
  links: [
    { between: ["Paris", "London"], rtt: "4ms" },
    { between: ["Paris", "New York"], rtt: "79ms" },
  ],
};

describe("the scenario reference", () => {
  it.each(examples.map(text => [text.split("\n")[0]!, text]))("has a valid example: %s", (_, text) => {
    expect(() => parseScenario("example.yaml", stringify({ ...BASE, ...parse(text) }))).not.toThrow();
  });

  it("has an example for every key of a scenario", () => {
    const shown = new Set(examples.flatMap(text => Object.keys(parse(text))));
    expect(Object.keys(scenarioFile.shape).filter(key => !shown.has(key))).toEqual([]);
  });

  it("names every key, however deep", () => {
    const keys = new Set(keysOf(scenarioFile));
    expect(keys.size).toBeGreaterThan(50);
    expect([...keys].filter(key => !new RegExp(`\\b${key}\\b`).test(reference))).toEqual([]);
  });
});

function keysOf(schema: unknown): string[] {
  const { shape = {}, element, valueType, innerType, out } = parts(schema);
  const inner = [...Object.values(shape), element, valueType, innerType, out].filter(
    part => part !== undefined,
  );
  return [...Object.keys(shape), ...inner.flatMap(keysOf)];
}

interface Parts {
  shape?: Record<string, unknown>;
  element?: unknown;
  valueType?: unknown;
  innerType?: unknown;
  out?: unknown;
}

/** What a schema is made of. */
function parts(schema: unknown): Parts {
  return (schema as { _zod: { def: Parts } })._zod.def;
}
