import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { boot } from "../../host/target/emulated.js";
import type { Process } from "../../host/transport/child-process.js";
import { nearhopBeside } from "../command.js";
import { connect, openPseudoTerminal, type PseudoTerminal } from "../pseudo-terminal.js";
import { folder } from "./folder.js";
import { testImage } from "./image.js";

/** The command line with a board on a port, as it is with a real one: scan, then run. */
const BOARD = "mps2-an385";

const inventory = join(folder(), "boards.yaml");
let board: Process;
let port: PseudoTerminal;

beforeAll(async () => {
  const { directory } = await testImage(BOARD);
  port = await openPseudoTerminal();
  board = await boot(BOARD, directory);
  connect(board.line, port.line);
});

afterAll(async () => {
  await board.end();
  await port.end();
});

const scenario = `
title: Two routers
duration: 2s
prefixes: [198.51.100.0/24]
routing: { protocol: ebgp, hold_time: 90ms, keep_alive: 30ms }
sites: { Lyon, Milan }
routers: { Geneva, Turin }
clients:
  office: { router: Geneva, queries: 100 }
  works: { router: Turin, queries: 100 }
links:
  - { between: [Geneva, Lyon], rtt: 3ms }
  - { between: [Geneva, Milan], rtt: 7ms }
  - { between: [Turin, Milan], rtt: 2ms }
expect: { office: Lyon, works: Milan }
events:
  - { at: 1s, silent_death: Lyon, expect: { office: { site: Milan, gap: 110ms }, works: Milan } }
`;

it("one board plays all routers of a scenario, with the verdict of the emulation in WASM", async () => {
  const args = ["run", "-", "--target", `serial:${port.path}`, "--diff", "wasm-mcu"];
  const { code, out, err } = await nearhopBeside(args, scenario);
  expect(err).toBe("");
  expect(out).toMatch(/^SAME$/m);
  expect(code).toBe(0);
});

it("what a scan prints as an inventory names the board that it found", async () => {
  const scan = await nearhopBeside(["scan", "--yaml", port.path]);
  expect(scan).toMatchObject({ code: 0, err: "" });
  writeFileSync(inventory, scan.out);
  const env = { NEARHOP_BOARDS: inventory };
  const boards = await nearhopBeside(["boards"], "", env);
  expect(boards.out).toMatch(new RegExp(`^${BOARD}-1 +${BOARD} +${port.path} +free$`, "m"));
  const run = await nearhopBeside(["run", "-", "--quiet", "--target", `${BOARD}-1`], scenario, env);
  expect(run).toEqual({ code: 0, out: "", err: "" });
});
