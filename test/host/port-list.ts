import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Puts a `udevadm` into a folder, for PATH, by which a machine has one serial port: an adapter with that serial number. */
export function listPort(programs: string, port: string, serial: string): void {
  mkdirSync(programs, { recursive: true });
  const record = ["P: /devices/any", "N: ttyUSB0", `E: DEVNAME=${port}`, `E: ID_SERIAL_SHORT=${serial}`];
  const script = `#!/bin/sh\nprintf '%s\\n' ${record.map(line => `'${line}'`).join(" ")}\n`;
  writeFileSync(join(programs, "udevadm"), script, { mode: 0o755 });
}
