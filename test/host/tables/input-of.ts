import { Readable } from "node:stream";
import type { Input } from "../../../host/tables/input.js";

/** An input that gives `bytes` in chunks of `size`. */
export function inputOf(bytes: Uint8Array, name = "dump.mrt", size = bytes.length || 1): Input {
  function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  return { name, chunks: Readable.from(chunks()), shareRead: () => 0 };
}

/** All that an async generator gives. */
export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}
