import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { TerminalOptions } from "../../hil/report/index.js";

/** How text for people is laid out on a stream: on a terminal in its colours and its width. */
export function layoutOn(out: NodeJS.WriteStream): TerminalOptions {
  return { colour: out.isTTY === true && out.hasColors(), columns: out.columns ?? 100 };
}

export type Chunks = Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/**
 * Writes text or chunks to a file, whole or not at all, or to standard output for "-". A file whose name ends in `.gz`
 * is compressed. What is no regular file (a device, a pipe) is written into, and a link is followed.
 */
export async function writeOutput(path: string, data: string | Chunks): Promise<void> {
  const chunks = typeof data === "string" ? [data] : data;
  if (path === "-") return print(chunks);
  const content = path.endsWith(".gz") ? compressed(chunks) : chunks;
  try {
    const found = await stat(path).catch(() => null);
    if (found === null || found.isFile()) await replace(found ? await realpath(path) : path, content);
    else await writeFile(path, content);
  } catch (error) {
    throw error instanceof Error && "code" in error ? Object.assign(error, { path }) : error;
  }
}

async function replace(path: string, content: Chunks): Promise<void> {
  const unfinished = `${path}.${randomBytes(4).toString("hex")}.part`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function print(chunks: Chunks): Promise<void> {
  for await (const chunk of chunks) {
    if (!process.stdout.write(chunk)) await once(process.stdout, "drain");
  }
}

function compressed(chunks: Chunks): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  // A failure of the chunks reaches the writer through `gzip`, which the pipeline destroys with it.
  pipeline(Readable.from(chunks), gzip, () => {});
  return gzip;
}
