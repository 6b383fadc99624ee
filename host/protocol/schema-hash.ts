import { crc32 } from "node:zlib";
import type { Fields, Layout } from "./layout.js";
import {
  BODY_LIMIT,
  FrameFlag,
  HEARTBEAT_INTERVAL,
  head,
  messages,
  NONE,
  nak,
  PROTOCOL_VERSION,
  record,
} from "./messages.js";
import * as words from "./words.js";

function shape(layout: Layout<Fields>): string {
  return Object.entries(layout.fields)
    .map(([name, field]) => `${name}:${field.size}`)
    .join(",");
}

/** A number that changes with a message, a layout, or a shared list or number: two sides that differ must not talk. */
export const SCHEMA_HASH: number = crc32(
  JSON.stringify([
    [PROTOCOL_VERSION, BODY_LIMIT, HEARTBEAT_INTERVAL, NONE, FrameFlag],
    Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1)),
    [head, nak, record].map(shape),
    Object.entries(messages).map(([name, m]) => [name, m.kind, shape(m.request), shape(m.response)]),
  ]),
);
