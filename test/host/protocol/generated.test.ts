import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generatedFiles } from "../../../host/protocol/generate.js";

it("the core's constants are those of the host's message table", () => {
  for (const [path, content] of generatedFiles()) {
    expect(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"), path).toBe(content);
  }
});
