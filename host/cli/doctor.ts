/** `nearhop doctor`: what this machine has of what each use takes, and how to get the rest. */
import { userInfo } from "node:os";
import { styleText } from "node:util";
import { Argument, type Command } from "commander";
import { type Check, isTakenBy, USES, type Use } from "../doctor/check.js";
import { examineInventory, examineLocks } from "../doctor/lab.js";
import { examinePorts, mayUse } from "../doctor/ports.js";
import { examinePrograms } from "../doctor/programs.js";
import { udevRules } from "../doctor/udev.js";
import { columns } from "./columns.js";
import { Exit } from "./exit.js";

const meanings: Record<Use, string> = {
  run: "in WASM",
  build: "images",
  emulate: "boards",
  port: "may be used",
  board: "a real one on a port",
  flash: "a real one",
  test: "all",
};

export function register(program: Command): void {
  const list = USES.map(use => `${use} (${meanings[use]})`).join(", ");
  program
    .command("doctor")
    .description("What is missing on this machine, and how to get it")
    .addArgument(new Argument("[USE]", `what must work: ${list}`).choices(USES).default("run"))
    .option("--udev", "print udev rules for boards, debug probes and adapters instead")
    .addHelpText("after", "\nExit code 3 if something is missing that USE takes.")
    .action((use: Use, { udev }: { udev?: true }) => {
      if (udev) process.stdout.write(udevRules());
      else examine(use);
    });
}

function examine(use: Use): void {
  const { username: name, uid } = userInfo();
  const user = { name, isRoot: uid === 0, groups: process.getgroups?.() ?? [], mayUse };
  const checks = [...examinePrograms(), ...examinePorts("/", user), ...examineInventory(), ...examineLocks()];
  const missing = checks.filter(check => check.state === "missing" && isTakenBy(check.use, use)).length;
  process.stdout.write(`${report(checks)}\n\n${conclusion(use, missing)}\n`);
  if (missing > 0) process.exitCode = Exit.TARGET_FAILED;
}

function report(checks: Check[]): string {
  const rows = checks.map(({ what, use, state, text }) => [state, what, use, text]);
  const lines = columns([["", "what", "needed for", "found, or how to get it"], ...rows]).split("\n");
  const colours = { missing: "red", advice: "yellow" } as const;
  const coloured = lines.map(line => {
    const [state] = line.split(" ");
    const isPlain = state !== "missing" && state !== "advice";
    return isPlain ? line : styleText(colours[state], line, { stream: process.stdout });
  });
  return coloured.join("\n");
}

function conclusion(use: Use, missing: number): string {
  if (missing === 0) return `All that \`${use}\` takes is here.`;
  return `${missing === 1 ? "One thing is" : `${missing} things are`} missing that \`${use}\` takes.`;
}
