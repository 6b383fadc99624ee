import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "nearhop-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Path of a file that is gone after the tests of this file. */
export function pathOf(name: string): string {
  return join(folder, name);
}

export function fileOf(name: string, content: string | Uint8Array): string {
  writeFileSync(pathOf(name), content);
  return pathOf(name);
}
