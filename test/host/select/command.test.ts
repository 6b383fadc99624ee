import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { register } from "../../../host/cli/select.js";
import { candidate, decisionCase } from "./cases.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nearhop-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What `nearhop select` prints for a file with this text. */
async function select(text: string): Promise<string> {
  const file = join(folder, "cases.jsonl");
  writeFileSync(file, text);
  let printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation(chunk => {
    printed += chunk;
    return true;
  });
  const program = new Command().exitOverride();
  register(program);
  await program.parseAsync(["node", "nearhop", "select", file]);
  return printed;
}

it("one answer a line is printed, in the order of the cases", async () => {
  const first = { ...decisionCase([candidate(1), candidate(2)]), id: "first" };
  const second = { ...decisionCase([candidate(1), candidate(2)], {}, "192.0.2.1"), id: "second" };
  expect(await select(`${JSON.stringify(first)}\n${JSON.stringify(second)}\n`)).toBe(
    '{"id":"first","best":"192.0.2.1","multipath":["192.0.2.1","192.0.2.2"],"step":"router_id"}\n' +
      '{"id":"second","best":"192.0.2.1","multipath":["192.0.2.1","192.0.2.2"],"step":"router_id","after_withdraw":"192.0.2.2"}\n',
  );
});

it("nothing is printed if a later line is wrong", async () => {
  const good = JSON.stringify(decisionCase([candidate(1)]));
  await expect(select(`${good}\n{}\n`)).rejects.toThrow(
    /cases\.jsonl:2:1: expected "id": a text, found no such key/,
  );
  expect(process.stdout.write).not.toHaveBeenCalled();
});
