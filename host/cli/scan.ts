import type { Command } from "commander";
import { entriesFor } from "../inventory/entry.js";
import { hex, type PortScan, scanPorts } from "../target/scan.js";
import { DEFAULT_BAUD_RATE, listPorts } from "../transport/serial.js";
import { columns } from "./columns.js";
import { Exit } from "./exit.js";
import { whole } from "./numbers.js";

export function register(program: Command): void {
  program
    .command("scan")
    .description("Ask on every serial port that nobody holds which board is there")
    .argument("[PORT...]", "these ports only, as /dev/ttyACM0")
    .option("--baud <n>", "baud rate", whole(1, 99_999_999), DEFAULT_BAUD_RATE)
    .option("--yaml", "print the boards that answer as entries of boards.yaml")
    .addHelpText("after", "\nExit code 3 if no board answers.")
    .action(async (ports: string[], { baud, yaml }: { baud: number; yaml?: true }) => {
      const paths = ports.length > 0 ? ports : (await listPorts()).map(({ path }) => path);
      const found = await scanPorts(paths, baud);
      if (found.length === 0) process.stderr.write("there is no serial port\n");
      else if (yaml) printEntries(found, baud);
      else process.stdout.write(`${report(found)}\n`);
      if (!found.some(port => "hello" in port)) process.exitCode = Exit.TARGET_FAILED;
    });
}

function printEntries(found: PortScan[], baud: number): void {
  process.stdout.write(entriesFor(found, baud));
  for (const port of found) if ("problem" in port) process.stderr.write(`${port.path}: ${port.problem}\n`);
}

function report(found: PortScan[]): string {
  const rows = found.map(port => {
    if ("problem" in port) return [port.path, "-", "-", "-", port.problem];
    const { board, uniqueId, buildHash, configured } = port.hello;
    return [port.path, board, hex(uniqueId), hex(buildHash), configured ? "configured" : "empty"];
  });
  return columns([["port", "board", "unique id", "core", "state"], ...rows]);
}
