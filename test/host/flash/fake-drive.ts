import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A folder that looks as the drive of a boot loader does. Gives its path. */
export function fakeDrive(path: string, identity: string, info = "INFO_UF2.TXT"): string {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, info), `Boot loader of some kind\r\nModel: Any\r\n${identity}\r\n`);
  return path;
}

/** A table of mounted file systems as proc(5) describes it: FAT ones, and others. Gives its path. */
export function mountTable(path: string, drives: string[], others: string[] = []): string {
  const line = (type: string) => (point: string) =>
    `/dev/sda1 ${point.replaceAll(" ", "\\040")} ${type} rw,nosuid 0 0\n`;
  writeFileSync(path, [...drives.map(line("vfat")), ...others.map(line("ext4"))].join(""));
  return path;
}
