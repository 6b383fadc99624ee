/** `npm run budgets [BOARD..]`: records what a router's work costs on the emulated boards, or on those that are named. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulatedBoards } from "../../firmware/build/board.js";
import { buildImage } from "../../firmware/build/image.js";
import { measure, record, recorded } from "./budgets.js";

const named = process.argv.slice(2);
const boards = emulatedBoards();
const unknown = named.find(name => !boards.includes(name));
if (unknown !== undefined) throw new Error(`expected boards (${boards.join(", ")}), found ${unknown}`);

const directory = mkdtempSync(join(tmpdir(), "nearhop-budgets-"));
try {
  const chosen = named.length > 0 ? named : boards;
  const measured = await Promise.all(
    chosen.map(async name => {
      await buildImage(name, join(directory, name));
      return [name, await measure(name, join(directory, name))] as const;
    }),
  );
  const kept = named.length > 0 ? recorded() : {};
  const all = { ...kept, ...Object.fromEntries(measured) };
  record(Object.fromEntries(boards.filter(name => name in all).map(name => [name, all[name]!])));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
