/** BIRD in a network namespace, with its BFD protocol. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { requireTool } from "../../firmware/build/tools.js";
import { spawnDaemon } from "./daemon.js";
import { eventually, type Namespace } from "./namespace.js";

const run = promisify(execFile);

export interface Bird {
  /** What `birdc` answers. */
  ask(...words: string[]): Promise<string>;
  end(): Promise<void>;
}

/** `protocol` is what stands in the section of its BFD protocol. */
export async function startBird(namespace: Namespace, protocol: string): Promise<Bird> {
  const [bird, birdc] = [requireTool("bird"), requireTool("birdc")];
  const directory = await mkdtemp(join(tmpdir(), "nearhop-bird-"));
  const file = (name: string) => join(directory, name);
  const configuration = `router id 192.0.2.2;\nprotocol device {}\nprotocol bfd {\n${protocol}\n}\n`;
  await writeFile(file("bird.conf"), configuration);
  const words = [bird, "-f", "-c", file("bird.conf"), "-s", file("socket"), "-P", file("pid")];
  const daemon = spawnDaemon("ip", ["netns", "exec", namespace.name, ...words]);
  const ask = async (...words: string[]) => {
    return (await run(birdc, ["-r", "-s", file("socket"), ...words])).stdout;
  };
  await eventually(() => ask("show", "status"));
  return {
    ask,
    async end() {
      await daemon.end();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
