/** From an entry of the inventory to its board: where it is, and that it is the one. */
import type { Answer } from "../protocol/messages.js";
import { type LineName, lineName } from "../target/line.js";
import { hex, scanPorts } from "../target/scan.js";
import { TargetError } from "../target-error.js";
import { listPorts } from "../transport/serial.js";
import type { LabBoard } from "./inventory.js";

/**
 * The line to a board. One that is known only by its id is looked for among the USB serials of the ports, then asked for on
 * each port that nobody holds. Throws a TargetError where no port is the one.
 */
export async function lineTo(entry: LabBoard): Promise<LineName> {
  const { port, baud } = entry;
  return (port && lineName(port)) || { path: port ?? (await findPort(entry)), baudRate: baud };
}

async function findPort({ name, usb, id, baud }: LabBoard): Promise<string> {
  const ports = await listPorts();
  const serial = (usb ?? id)!.toLowerCase();
  const known = ports.find(({ serialNumber }) => serialNumber?.toLowerCase() === serial);
  if (known) return known.path;
  if (usb !== undefined) throw new TargetError(`${name} is absent: no port has the USB serial ${usb}`);
  const paths = ports.map(({ path }) => path);
  const scans = await scanPorts(paths, baud);
  const found = scans.find(scan => "hello" in scan && hex(scan.hello.uniqueId) === id);
  if (found) return found.path;
  const silent = scans.flatMap(scan => ("problem" in scan ? [`\n  ${scan.path}: ${scan.problem}`] : []));
  throw new TargetError(`${name} is absent: no board answers with the unique id ${id}${silent.join("")}`);
}

/** Throws a TargetError where the board that answered is not the one of the entry. */
export function proveIdentity({ name, board, id, place }: LabBoard, hello: Answer<"HELLO">): void {
  const found = hex(hello.uniqueId);
  if (hello.board === board && (id ?? found) === found) return;
  const expected = id === undefined ? board : `${board} with the unique id ${id}`;
  const { file, line, column } = place;
  throw new TargetError(
    `${name} is another board: ${file}:${line}:${column} has ${expected}, found ${hello.board} with the unique id ${found}`,
  );
}
