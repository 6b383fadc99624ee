import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import { junit } from "../../../hil/report/index.js";
import { example } from "../measure/example.js";
import { elementsOf } from "./elements.js";
import { hostile } from "./hostile.js";

const { elements } = elementsOf(junit(measure(example())));
const named = (name: string) => elements.filter(one => one.name === name).map(({ attributes }) => attributes);

describe("JUnit XML", () => {
  it("has a test case for every expectation, and counts the failures", () => {
    expect(named("testsuite")).toMatchObject([
      { name: "three-sites", tests: "3", failures: "1", errors: "0" },
    ]);
    expect(named("testcase").map(({ name }) => name)).toEqual(example().expectations.map(({ text }) => text));
  });

  it("says what was expected and what was found", () => {
    expect(named("failure")).toEqual([{ type: "expectation", message: "expected 0 broken, found 1 broken" }]);
  });

  it("carries the seed and the target that replay it", () => {
    expect(named("property")).toEqual(
      expect.arrayContaining([
        { name: "seed", value: "7" },
        { name: "target paris", value: "pico, rp2040, build 5f0c2a9b" },
      ]),
    );
  });

  it("escapes what XML would read, and replaces what it forbids", () => {
    const text = junit(hostile());
    expect(() => elementsOf(text)).not.toThrow();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(elementsOf(text).elements.some(({ name }) => name === "script")).toBe(false);
  });
});
