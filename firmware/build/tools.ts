/** The programs that building, running, testing and flashing images takes, and where to get each. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { TargetError } from "../../host/target-error.js";

/** Program -> Debian package (Ubuntu's have the same names). `npm run setup` installs all but those that flash. */
export const packages = {
  "arm-none-eabi-gcc": "gcc-arm-none-eabi",
  "arm-none-eabi-objcopy": "binutils-arm-none-eabi",
  "qemu-system-arm": "qemu-system-arm",
  socat: "socat",
  ip: "iproute2",
  bird: "bird2",
  birdc: "bird2",
  openocd: "openocd",
  "st-flash": "stlink-tools",
  "dfu-util": "dfu-util",
} as const;

export type Tool = keyof typeof packages;

/** Full path of a program on `PATH`, or null. */
export function findProgram(name: string): string | null {
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    if (directory === "") continue;
    const path = join(directory, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return null;
}

/** Full path of a tool. Throws a TargetError that names the package to install. */
export function requireTool(tool: Tool): string {
  const path = findProgram(tool);
  if (path !== null) return path;
  throw new TargetError(missing(tool));
}

/** How to get a tool that is missing. */
export function missing(tool: Tool): string {
  return `${tool} is missing; on Debian or Ubuntu: apt-get install ${packages[tool]}`;
}
