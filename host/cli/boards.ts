import type { Command } from "commander";
import { boardNames, imageDirectory, readBoard } from "../../firmware/build/board.js";
import { isCurrent } from "../../firmware/build/current.js";
import { readInventory } from "../inventory/inventory.js";
import { stateOf } from "../inventory/state.js";
import { columns } from "./columns.js";

export function register(program: Command): void {
  program
    .command("boards")
    .description("The boards that images are made for, and those of boards.yaml with their state")
    .action(async () => {
      const kinds = columns(kindsOfBoards());
      const lab = await boardsOfLab();
      process.stdout.write(lab === null ? `${kinds}\n` : `${kinds}\n\n${columns(lab)}\n`);
    });
}

function kindsOfBoards(): string[][] {
  const rows = boardNames().map(name => {
    const board = readBoard(name);
    const { title, cpu, clockHz, serial, emulator } = board;
    const image = isCurrent(board, imageDirectory(name)) ? "built" : "-";
    const line = `${serial.name}, ${serial.baud} baud`;
    return [name, cpu, `${clockHz / 1e6} MHz`, line, emulator?.program ?? "-", image, title];
  });
  return [["board", "CPU", "clock", "serial line", "emulator", "image", "what it is"], ...rows];
}

/** One board after the other: two that are known by their ids alone ask on the same ports. */
async function boardsOfLab(): Promise<string[][] | null> {
  const rows: string[][] = [];
  for (const entry of readInventory()) {
    const { name, board, port, usb, id, notes } = entry;
    const where = port ?? (usb === undefined ? `id ${id}` : `usb ${usb}`);
    rows.push([name, board, where, await stateOf(entry), notes ?? ""]);
  }
  return rows.length === 0 ? null : [["name", "board", "where", "state", "notes"], ...rows];
}
