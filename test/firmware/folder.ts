import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A new folder for the tests of one file, removed when they are done. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "nearhop-test-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
