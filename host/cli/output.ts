import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rename, rm, writeFile } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";

export type Chunks = Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/**
 * Writes text or chunks to a file, whole or not at all, or to standard output for "-". A file whose name ends in `.gz` is
 * compressed.
 */
export async function writeOutput(path: string, data: string | Chunks): Promise<void> {
  const chunks = typeof data === "string" ? [data] : data;
  if (path === "-") {
    await print(chunks);
    return;
  }
  const unfinished = `${path}.${randomBytes(4).toString("hex")}.part`;
  try {
    await writeFile(unfinished, path.endsWith(".gz") ? compressed(chunks) : chunks);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error instanceof Error && "code" in error ? Object.assign(error, { path }) : error;
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
