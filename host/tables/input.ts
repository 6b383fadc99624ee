/** Opens what the user names: a file, or standard input for "-". Compressed with gzip or not, told by its magic number. */
import { createReadStream, fstatSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError, unreadable } from "../input-error.js";

export interface Input {
  /** As error messages call it. */
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Share of a file that was read, 0 to 1; 0 for standard input, whose size nobody knows. */
  shareRead(): number;
}

const CHUNK = 1 << 18;

async function* read(name: string, source: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw unreadable(name, "a readable file", error);
  }
}

/** The first `length` bytes, or all if there are fewer, and everything including them. */
async function startOf(
  source: AsyncIterable<Uint8Array>,
  length: number,
): Promise<{ start: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const chunks = source[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < length) {
    const { value, done } = await chunks.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  async function* whole() {
    yield start;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { start, whole: whole() };
}

async function* decompress(name: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { start, whole } = await startOf(source, 2);
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // A failure of the source reaches the reader through `gunzip`, which the pipeline destroys with it.
  pipeline(Readable.from(whole), gunzip, () => {});
  try {
    yield* gunzip;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({ file: name }, "a whole gzip stream", (error as Error).message);
  }
}

/** Whatever goes wrong while its chunks are read is an InputError. */
export function openInput(path: string): Input {
  if (path === "-") {
    const name = "standard input";
    return { name, chunks: decompress(name, read(name, process.stdin)), shareRead: () => 0 };
  }
  let size = 0;
  const file = createReadStream(path, { highWaterMark: CHUNK });
  file.on("open", descriptor => {
    size = fstatSync(descriptor).size;
  });
  return {
    name: path,
    chunks: decompress(path, read(path, file)),
    shareRead: () => (size > 0 ? file.bytesRead / size : 0),
  };
}

/** The first bytes of an input, and the same input with nothing taken from it. */
export async function peek(input: Input, length: number): Promise<{ start: Uint8Array; input: Input }> {
  const { start, whole } = await startOf(input.chunks, length);
  return { start, input: { ...input, chunks: whole } };
}

/** All of an input. */
export async function readAll(input: Input): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}
