/** `nearhop doctor`: what this machine has of what each use takes, and how to get the rest. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import { Argument, type Command } from "commander";
import { boardNames, imageDirectory } from "../../firmware/build/board.js";
import { findProgram, packages, type Tool } from "../../firmware/build/tools.js";
import { NEARHOP } from "../nearhop.js";
import { modulePath } from "../router/router.js";
import { columns } from "./columns.js";
import { Exit } from "./exit.js";

/** Uses, each of which takes all that those before it take. */
const uses = ["run", "build", "emulate", "test"] as const;
type Use = (typeof uses)[number];

interface Check {
  what: string;
  /** The first use that takes it. */
  use: Use;
  /** What was found, or null. */
  found: string | null;
  remedy: string;
}

export function register(program: Command): void {
  program
    .command("doctor")
    .description("What is missing on this machine, and how to get it")
    .addArgument(
      new Argument("[USE]", "what must work: run (in WASM), build (images), emulate (boards), test").choices(
        uses,
      ),
    )
    .addHelpText("after", "\nExit code 3 if something is missing that USE (default: run) takes.")
    .action((use: Use = "run") => {
      const checks = examine();
      process.stdout.write(report(checks));
      const missing = checks.filter(check => check.found === null && isTakenBy(check, use));
      if (missing.length > 0) process.exitCode = Exit.TARGET_FAILED;
    });
}

function isTakenBy(check: Check, use: Use): boolean {
  return uses.indexOf(check.use) <= uses.indexOf(use);
}

function examine(): Check[] {
  return [
    {
      what: "Node.js 20.19 or newer",
      use: "run",
      found: isNewEnough(process.versions.node) ? process.versions.node : null,
      remedy: `this is ${process.versions.node}: install a newer one`,
    },
    file("router core", "run", modulePath("host"), "npm run build:core"),
    file("router core for boards", "build", modulePath("mcu"), "npm run build:core"),
    tool("arm-none-eabi-gcc", "build"),
    tool("arm-none-eabi-objcopy", "build"),
    tool("qemu-system-arm", "emulate"),
    ...boardNames().map(name =>
      file(
        `image of ${name}`,
        "emulate",
        join(imageDirectory(name), "router.elf"),
        `${NEARHOP} build ${name}`,
      ),
    ),
    tool("socat", "test"),
    {
      what: "Chromium",
      use: "test",
      found:
        ["chromium", "chromium-browser", "google-chrome"].map(findProgram).find(path => path !== null) ??
        null,
      remedy: "npm run setup, or apt-get install chromium",
    },
  ];
}

function isNewEnough(version: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  return major! > 20 || (major === 20 && minor! >= 19);
}

function file(what: string, use: Use, path: string, remedy: string): Check {
  return { what, use, found: existsSync(path) ? path : null, remedy };
}

function tool(name: Tool, use: Use): Check {
  return {
    what: name,
    use,
    found: findProgram(name),
    remedy: `npm run setup, or apt-get install ${packages[name]}`,
  };
}

function report(checks: Check[]): string {
  const rows = checks.map(({ what, use, found, remedy }) => [
    found === null ? "missing" : "ok",
    what,
    use,
    found ?? remedy,
  ]);
  const lines = columns([["", "what", "needed to", "found, or how to get it"], ...rows]).split("\n");
  const coloured = lines.map(line =>
    line.startsWith("missing") ? styleText("red", line, { stream: process.stdout }) : line,
  );
  return `${coloured.join("\n")}\n`;
}
