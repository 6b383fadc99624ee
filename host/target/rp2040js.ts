import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The command that runs what is in a Pico's flash in rp2040js, its serial line on a unix socket: a process of its own, as it keeps a CPU
 * busy. From sources it needs `tsx`.
 */
export function rp2040js(): (image: string, socket: string) => string[] {
  const built = import.meta.url.endsWith(".js");
  const script = built ? "rp2040js-process.js" : "rp2040js-process.ts";
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const program = [...(built ? [] : ["--import", loader()]), fileURLToPath(new URL(script, import.meta.url))];
  return (image, socket) => [process.execPath, ...program, image, socket];
}
