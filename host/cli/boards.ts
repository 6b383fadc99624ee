import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { boardNames, imageDirectory, readBoard } from "../../firmware/build/board.js";
import { columns } from "./columns.js";

export function register(program: Command): void {
  program
    .command("boards")
    .description("The boards that images are made for")
    .action(() => {
      const rows = boardNames().map(name => {
        const { title, cpu, clockHz, serial, emulator } = readBoard(name);
        const image = existsSync(join(imageDirectory(name), "router.elf")) ? "built" : "-";
        const line = `${serial.name}, ${serial.baud} baud`;
        return [name, cpu, `${clockHz / 1e6} MHz`, line, emulator?.program ?? "-", image, title];
      });
      const head = ["board", "CPU", "clock", "serial line", "emulator", "image", "what it is"];
      process.stdout.write(`${columns([head, ...rows])}\n`);
    });
}
