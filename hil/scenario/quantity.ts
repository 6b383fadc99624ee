/** The quantities that a scenario is written with: times, shares, rates and names, each with what it must look like. */
import { z } from "zod";
import { parsed } from "../../host/yaml/form.js";

const UNITS: Record<string, number> = { us: 1, µs: 1, ms: 1e3, s: 1e6, m: 60e6, min: 60e6, h: 3600e6 };
const TERM = /(\d+(?:\.\d+)?)\s*(us|µs|ms|s|min|m|h)/y;

/** Microseconds of `250ms`, `10s` or `1m30s`; undefined for anything else, also for a part of a microsecond. */
export function readTime(value: unknown): number | undefined {
  if (value === 0) return 0;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  let total = 0;
  let at = 0;
  while (at < text.length) {
    TERM.lastIndex = at;
    const term = TERM.exec(text);
    if (!term) return undefined;
    total += Number(term[1]) * UNITS[term[2]!]!;
    at = TERM.lastIndex;
    while (text[at] === " ") at++;
  }
  const rounded = Math.round(total);
  return text !== "" && Math.abs(total - rounded) < 1e-6 ? rounded : undefined;
}

/** As a scenario writes it. */
export function printTime(microseconds: number): string {
  if (microseconds % 1e6 === 0) return `${microseconds / 1e6}s`;
  return microseconds % 1e3 === 0 ? `${microseconds / 1e3}ms` : `${microseconds}us`;
}

export const time = parsed("a time such as 10s, 250ms or 1m30s", readTime);

export const positiveTime = parsed("a time such as 10s, 250ms or 1m30s, more than 0", value => {
  const read = readTime(value);
  return read === 0 ? undefined : read;
});

/** Longest time that a router keeps for a neighbor or a link, microseconds: its fields for them have 32 bits. */
const HOUR = 3600e6;

function readShortTime(value: unknown): number | undefined {
  const read = readTime(value);
  return read !== undefined && read <= HOUR ? read : undefined;
}

export const shortTime = parsed("a time such as 10s or 250ms, up to 1h", readShortTime);

export const positiveShortTime = parsed(
  "a time such as 10s or 250ms, more than 0, up to 1h",
  value => readShortTime(value) || undefined,
);

/** Shortest interval of BFD that a router takes, microseconds. */
const SHORTEST_INTERVAL = 3300;

export const bfdInterval = parsed("a time from 3300us to 1h", value => {
  const read = readShortTime(value);
  return read !== undefined && read >= SHORTEST_INTERVAL ? read : undefined;
});

/** A time, or `none`, which is 0. */
export const shortTimeOrNone = parsed("a time such as 10s or 250ms, up to 1h, or none", value =>
  value === "none" ? 0 : readShortTime(value) || undefined,
);

/** Longest time without a packet that a router keeps a pinned flow, microseconds: half the round of its ticks. */
const LONGEST_PIN = 288 * HOUR;

export const pinnedIdle = parsed("a time such as 5m or 2h, more than 0, up to 288h", value => {
  const read = readTime(value);
  return read !== undefined && read <= LONGEST_PIN ? read || undefined : undefined;
});

/** Shortest idle time of a bucket that a router takes, microseconds. */
const SHORTEST_IDLE = 8000;

export const bucketIdle = parsed("a time from 8ms to 1h, or none", value => {
  if (value === "none") return 0;
  const read = readShortTime(value);
  return read !== undefined && read >= SHORTEST_IDLE ? read : undefined;
});

/** 0.02 or `2%`, up to 1. */
function readShare(value: unknown): number | undefined {
  const number =
    typeof value === "string" && /^\d+(\.\d+)?\s*%$/.test(value) ? Number.parseFloat(value) / 100 : value;
  return typeof number === "number" && number >= 0 && number <= 1 ? number : undefined;
}

/** A probability. */
export const share = parsed("a share such as 0.02 or 2%, from 0 to less than 1", value => {
  const read = readShare(value);
  return read === 1 ? undefined : read;
});

export const shareOfWhole = parsed("a share such as 0.4 or 40%, from 0 to 1", readShare);

/** Packets a second: `1000` or `1000/s`. */
export const rate = parsed("queries a second, from 0.001 to 1000000", value => {
  const number =
    typeof value === "string" && /^\d+(\.\d+)?\s*\/\s*s$/.test(value) ? Number.parseFloat(value) : value;
  return typeof number === "number" && number >= 0.001 && number <= 1e6 ? number : undefined;
});

/** A dotted quad as a number, for a router id. */
export const routerId = parsed("a router id such as 192.0.2.1", value => {
  if (typeof value !== "string" || !/^\d{1,3}(\.\d{1,3}){3}$/.test(value)) return undefined;
  const parts = value.split(".").map(Number);
  return parts.every(part => part < 256) ? parts.reduce((number, part) => number * 256 + part, 0) : undefined;
});

const NAME = "a name: letters, digits, spaces, and any of . _ -";

export const name = parsed(NAME, value =>
  typeof value === "string" && /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(value) && value.length <= 60
    ? value
    : undefined,
);

/** A name as a key. */
export const nameKey = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, NAME);
