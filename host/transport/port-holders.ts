import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";

/**
 * Who has the device at `path` open, as `name (pid 123)` each. Linux tells in /proc, to anybody of their own processes and
 * to root of all; what it does not tell, and any other system, counts as nobody. So does the maker of a pseudo-terminal,
 * who may keep both of its ends open.
 */
export function portHolders(path: string, proc = "/proc"): string[] {
  const device = orElse(path, () => realpathSync(path));
  const processes = orElse([], () => readdirSync(proc)).filter(name => /^\d+$/.test(name));
  return processes
    .filter(pid => {
      const files = openFiles(join(proc, pid, "fd"));
      return files.includes(device) && !(device.startsWith("/dev/pts/") && files.includes("/dev/ptmx"));
    })
    .map(pid => `${orElse("?", () => readFileSync(join(proc, pid, "comm"), "utf8").trim())} (pid ${pid})`);
}

function openFiles(directory: string): string[] {
  return orElse([], () => readdirSync(directory)).map(fd =>
    orElse("", () => readlinkSync(join(directory, fd))),
  );
}

/** Processes end, and those of others are closed, while one looks. */
function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
