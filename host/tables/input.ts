/** Opens what the user names: a file, or standard input for "-". Compressed with gzip or not, told by its magic number. */
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../input-error.js";

export interface Input {
  /** As error messages call it. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

const CHUNK = 1 << 18;

const systemErrors: Record<string, string> = {
  ENOENT: "no such file",
  EACCES: "no permission to read it",
  EISDIR: "a directory",
};

async function* read(name: string, source: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new InputError({ file: name }, "a readable file", systemErrors[code] ?? message);
  }
}

async function* decompress(name: string, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start = Buffer.alloc(0);
  while (start.length < 2) {
    const { value, done } = await source.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  async function* whole() {
    yield start;
    yield* { [Symbol.asyncIterator]: () => source };
  }
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield* whole();
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // A failure of the source reaches the reader through `gunzip`, which the pipeline destroys with it.
  pipeline(Readable.from(whole()), gunzip, () => {});
  try {
    yield* gunzip;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({ file: name }, "a whole gzip stream", (error as Error).message);
  }
}

/** Nothing is opened before the first chunk is asked for; what goes wrong then is an InputError. */
export function openInput(path: string): Input {
  const name = path === "-" ? "standard input" : path;
  const source = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });
  return { name, chunks: decompress(name, read(name, source)) };
}

/** All of an input. */
export async function readAll(input: Input): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}
