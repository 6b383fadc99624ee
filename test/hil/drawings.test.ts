import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DRAWINGS } from "../../hil/drawings/index.js";

const folder = new URL("../../docs/failover/", import.meta.url);

describe("the drawings of docs/failover.md", () => {
  it.each(Object.keys(DRAWINGS))(
    "%s is what the run that it is from shows now (npm run drawings)",
    async name => {
      expect(readFileSync(new URL(`${name}.svg`, folder), "utf8")).toBe(await DRAWINGS[name]!());
    },
  );

  it("are all drawn by it, and shown", () => {
    const page = readFileSync(new URL("../failover.md", folder), "utf8");
    const files = Object.keys(DRAWINGS).map(name => `${name}.svg`);
    expect(readdirSync(folder).sort()).toEqual(files.toSorted());
    expect(files.filter(file => !page.includes(`](failover/${file})`))).toEqual([]);
  });
});
