import { afterEach, expect, it, vi } from "vitest";
import type * as Messages from "../../../host/protocol/messages.js";

const table = "../../../host/protocol/messages.js";

afterEach(() => {
  vi.doUnmock(table);
  vi.resetModules();
});

/** The schema's hash where `changes` stand in the message table. */
async function hashWith(changes: Partial<Record<keyof typeof Messages, unknown>>): Promise<number> {
  vi.resetModules();
  vi.doMock(table, async original => ({ ...(await original<typeof Messages>()), ...changes }));
  return (await import("../../../host/protocol/schema-hash.js")).SCHEMA_HASH;
}

it.each([
  { PROTOCOL_VERSION: 2 },
  { BODY_LIMIT: 241 },
  { HEARTBEAT_INTERVAL: 250_001 },
  { NONE: 254 },
  { FrameFlag: { RESPONSE: 1, NAK: 4, EVENT: 2 } },
])("the schema's hash changes with %o", async changes => {
  const hash = await hashWith({});
  expect(await hashWith({})).toBe(hash);
  expect(await hashWith(changes)).not.toBe(hash);
});
