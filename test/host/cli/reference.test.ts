import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { REFERENCE, reference } from "../../../host/cli/reference.js";

it("the reference of the command line is the commands' own help", () => {
  expect(readFileSync(new URL(`../../../${REFERENCE}`, import.meta.url), "utf8")).toBe(reference());
});
