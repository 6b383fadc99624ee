import { describe, expect, it } from "vitest";
import { InputError } from "../../../host/input-error.js";
import { readCases } from "../../../host/select/read-cases.js";
import { candidate, decisionCase } from "./cases.js";

const good = JSON.stringify(decisionCase([candidate(1), candidate(2)]));

function complaint(text: string): string {
  try {
    readCases("cases.jsonl", text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "";
}

describe("decision cases", () => {
  it("are read one a line; empty lines and unknown keys do not matter", () => {
    const answered = good.replace("{", '{"answers":{"other":{"best":null}},');
    expect(readCases("cases.jsonl", `${good}\n\n${answered}\r\n`)).toEqual([
      JSON.parse(good),
      JSON.parse(good),
    ]);
    expect(readCases("cases.jsonl", "")).toEqual([]);
  });

  it("that nest deeper than any case are refused, not walked through", () => {
    const deep = `{"id":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    expect(complaint(deep)).toMatch(
      /^cases.jsonl:1:\d+: expected at most 64 levels of lists and objects, found /,
    );
  });

  it("are quoted without what a terminal would act on", () => {
    expect(complaint("\u001b[31m")).toBe("cases.jsonl:1:1: expected a JSON value, found \\u001b[31m");
  });

  /** A change to the good line, and the complaint; `^` in the change marks the column. */
  it.each<[string, [from: string, to: string], string]>([
    [
      "a text that ends early",
      ['"candidates":[{', '"candidates":[{^'],
      "a key in quotes, found the end of the line",
    ],
    ["no JSON at all", ["{", "^nonsense {"], "a JSON value, found nonsense"],
    ["an address that is none", ['"192.0.2.2"', '^"192.0.2"'], 'an IPv4 or IPv6 address, found "192.0.2"'],
    ["a missing key", ['"id":"case",', ""], '"id": a text, found no such key'],
    ["a wrong word", ['"ebgp"', '^"egp"'], 'one of "ebgp", "ibgp", found "egp"'],
    [
      "a number that is too large",
      ['"igp_metric":10', '"igp_metric":^4294967296'],
      "a whole number below 2^32, or null, found 4294967296",
    ],
    ["a number that is not whole", ["64500", "^1.5"], "a whole number below 2^32, found 1.5"],
    ["a text instead of a truth value", ['"gshut":false', '"gshut":^"no"'], 'true or false, found "no"'],
    ["an empty segment", ['"asns":[64496]', '"asns":^[]'], "at least one AS number, found []"],
    [
      "an IPv6 router id",
      ['"203.0.113.1"', '^"2001:db8::1"'],
      'a router id, as 192.0.2.1, found "2001:db8::1"',
    ],
    [
      "a peer that is there twice",
      ['"192.0.2.2"', '^"192.0.2.1"'],
      'a peer address that no other candidate has, found "192.0.2.1"',
    ],
    [
      "two that arrive together",
      ['"arrival":2', '"arrival":^1'],
      "an arrival that no other candidate has, found 1",
    ],
    [
      "a withdrawal of a stranger",
      ['"id"', '"withdraw_peer":^"192.0.2.3","id"'],
      'the peer address of a candidate, found "192.0.2.3"',
    ],
    ["no object", [good, "^[]"], "an object, found []"],
  ])("with %s are refused with its place", (_what, [from, to], message) => {
    const line = good.replace(from, to);
    const column = Math.max(line.indexOf("^") + 1, 1);
    const wrong = message.includes("end of the line") ? line.slice(0, column - 1) : line.replace("^", "");
    expect(complaint(`${good}\n${wrong}\n${good}`)).toContain(`cases.jsonl:2:${column}: expected ${message}`);
  });

  it("are refused for what comes first in the line", () => {
    const wrong = good.replace("64500", "-1").replace('"case"', "0");
    expect(complaint(wrong)).toBe("cases.jsonl:1:7: expected a text, found 0");
  });

  it("are refused with more candidates than a route set takes", () => {
    const many = Array.from({ length: 65 }, (_, i) => candidate(i + 1));
    expect(complaint(JSON.stringify(decisionCase(many)))).toMatch(/expected at most 64 candidates, found \[/);
  });

  it("are refused with an AS path that no message holds", () => {
    const asns = new Array(60).fill(64496);
    const long = decisionCase([candidate(1, { as_path: [{ type: "seq", asns }] })]);
    expect(complaint(JSON.stringify(long))).toMatch(/expected at most 208 bytes of cluster list and AS path/);
  });
});
