import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { lockOwner, startTime, takeLock } from "../../host/lock.js";
import { OutOfTimeError, TargetError } from "../../host/target-error.js";
import { folder } from "../firmware/folder.js";

const directory = folder();
const BOARD = "/dev/ttyACM0";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The lock of BOARD as another process would have left it. */
function leave(owner: object): void {
  const user = { user: "anna", since: "2026-01-01T00:00:00.000Z" };
  writeFileSync(join(directory, `${encodeURIComponent(BOARD)}.lock`), JSON.stringify({ ...user, ...owner }));
}

/** Another process, and when it began. */
function neighbor(): { pid: number; started: string; child: ChildProcess } {
  const child = spawn("sleep", ["1000"], { stdio: "ignore" });
  children.push(child);
  return { pid: child.pid!, started: startTime(child.pid!)!, child };
}

describe("a board's lock", () => {
  it("is one process's until it is released, and leaves nothing behind", async () => {
    const release = await takeLock(BOARD, { directory });
    expect(lockOwner(BOARD, directory)).toMatchObject({ pid: process.pid });
    await expect(takeLock(BOARD, { directory })).rejects.toThrow(TargetError);
    const other = await takeLock("/dev/ttyACM1", { directory });
    release();
    other();
    expect(lockOwner(BOARD, directory)).toBeNull();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("that another has is refused, with whose it is", async () => {
    const { pid, started } = neighbor();
    leave({ pid, started });
    await expect(takeLock(BOARD, { directory })).rejects.toThrow(
      `${BOARD} is in use by anna (pid ${pid}) since 2026-01-01T00:00:00.000Z; --wait waits for it`,
    );
  });

  it("is taken once its owner has ended", async () => {
    const { pid, started, child } = neighbor();
    leave({ pid, started });
    child.kill("SIGKILL");
    await once(child, "exit");
    (await takeLock(BOARD, { directory }))();
  });

  it("is stale where its owner's process number is another's now", async () => {
    leave({ pid: neighbor().pid, started: "1" });
    (await takeLock(BOARD, { directory }))();
  });

  it("that nobody could have written is stale", async () => {
    leave({ pid: -1, started: "unknown" });
    (await takeLock(BOARD, { directory }))();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("can be waited for", async () => {
    const release = await takeLock(BOARD, { directory });
    const waiting = takeLock(BOARD, { directory, wait: 100_000 });
    release();
    (await waiting)();
  });

  it("that is waited for in vain is out of time", async () => {
    const release = await takeLock(BOARD, { directory });
    const waiting = takeLock(BOARD, { directory, wait: 1 });
    await expect(waiting).rejects.toThrow(OutOfTimeError);
    await expect(waiting).rejects.toThrow("still after 0.001 s");
    release();
  });

  it("is had by one of many who want it at once, also where a stale one is in the way", async () => {
    leave({ pid: neighbor().pid, started: "1" });
    const takers = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(BOARD, { directory })));
    const taken = takers.filter(taker => taker.status === "fulfilled");
    expect(taken).toHaveLength(1);
    taken[0]!.value();
  });
});

it("a process's start time is the same to all, and none for a number that nobody has", () => {
  const { pid } = neighbor();
  expect(startTime(pid)).toBe(startTime(pid));
  expect(startTime(pid)).not.toBe(startTime(process.pid));
  const most = Number(readFileSync("/proc/sys/kernel/pid_max", "utf8"));
  expect(startTime(most + 1)).toBeNull();
});
