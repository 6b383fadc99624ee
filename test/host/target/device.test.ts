import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Client } from "../../../host/protocol/client.js";
import { DeviceTarget } from "../../../host/target/device.js";
import { OutOfTimeError } from "../../../host/target-error.js";

describe("a board's clock", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A client of a board whose clock gains `step` microseconds from one request to the next. */
  function clocked(step: number): Client {
    const client = {
      deviceTime: 0,
      request: async () => {
        client.deviceTime += step;
      },
    };
    return client as unknown as Client;
  }

  it("is waited for until it has come far enough", async () => {
    const client = clocked(400);
    const shares: number[] = [];
    const waited = new DeviceTarget("board", client).elapse(1000, share => shares.push(share));
    await vi.runAllTimersAsync();
    await waited;
    expect(client.deviceTime).toBe(1600);
    expect(shares).toEqual([0, 0.4, 0.8, 1]);
  });

  it("that stands still is given up, with the host's time that it had", async () => {
    const waited = new DeviceTarget("board", clocked(0)).elapse(1_000_000);
    const given = waited.catch(error => error);
    await vi.runAllTimersAsync();
    // 20 times as long and 30 s more, and then one look of 20 ms.
    expect(await given).toEqual(
      new OutOfTimeError("board: only 0 of 1000000 us of device time passed in 50020 ms"),
    );
  });
});

it("what runs a board is shut down even where its line does not close", async () => {
  const shutDown = vi.fn(async () => {});
  const client = {
    close: async () => {
      throw new Error("stuck");
    },
  };
  const target = new DeviceTarget("board", client as unknown as Client, shutDown);
  await expect(target.close()).rejects.toThrow("stuck");
  expect(shutDown).toHaveBeenCalledOnce();
});
