/**
 * A lock file for each board, so that two runs do not share one. It names its owner by process number and start time: a
 * number is given anew, a start time is not, so a lock whose owner has ended is known for stale and taken away.
 *
 *     write a file of one's own -> link it to the lock's name      which fails where there is one: whole, or not at all
 */
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { InUseError, OutOfTimeError } from "./target-error.js";

export const LOCKS = join(tmpdir(), "nearhop-locks");

const SUFFIX = ".lock";

/** Milliseconds between two looks at a lock that is waited for. */
const LOOK = 100;

const ownerSchema = z.object({
  pid: z.int().positive(),
  /** As `startTime`. */
  started: z.string(),
  user: z.string(),
  /** ISO 8601. */
  since: z.string(),
});

export type LockOwner = z.infer<typeof ownerSchema>;

export interface LockOptions {
  /** How long to wait for another owner, milliseconds. */
  wait?: number;
  directory?: string;
}

/** What `takeLock` gives: whose it is ends with this call, or with the process. */
export type Release = () => void;

/**
 * Takes the lock of `board`. Throws an InUseError that names the owner where it is taken, and an OutOfTimeError where it
 * still is after `wait`.
 */
export async function takeLock(
  board: string,
  { wait = 0, directory = LOCKS }: LockOptions = {},
): Promise<Release> {
  makeDirectory(directory);
  const path = lockPath(board, directory);
  const own = `${path}.${randomUUID()}`;
  writeFileSync(own, JSON.stringify(thisProcess()));
  try {
    const deadline = Date.now() + wait;
    while (!link(own, path)) {
      const owner = lockOwner(board, directory);
      if (!owner) takeAway(path, `${own}.stale`);
      else if (Date.now() >= deadline) throw inUse(board, owner, wait);
      else await delay(LOOK);
    }
  } finally {
    rmSync(own);
  }
  const release = () => {
    process.off("exit", release);
    rmSync(path, { force: true });
  };
  process.once("exit", release);
  return release;
}

/** Who holds the lock of `board` and lives, or null. */
export function lockOwner(board: string, directory = LOCKS): LockOwner | null {
  return livingOwner(lockPath(board, directory));
}

export interface LockFile {
  board: string;
  path: string;
  /** Null where it has ended: the lock is stale. */
  owner: LockOwner | null;
}

/** All locks that there are, stale ones too. */
export function listLocks(directory = LOCKS): LockFile[] {
  const files = existsSync(directory) ? readdirSync(directory).sort() : [];
  return files
    .filter(file => file.endsWith(SUFFIX))
    .map(file => {
      const path = join(directory, file);
      return { board: decodeURIComponent(file.slice(0, -SUFFIX.length)), path, owner: livingOwner(path) };
    });
}

/** When the process began, in the system's own terms, or null where there is none of that number. */
export function startTime(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process is there, but takes no signal.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return null;
  }
  try {
    // Field 22 of proc(5), counted from behind the name in parentheses, which may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!;
  } catch {
    return "unknown";
  }
}

function lockPath(board: string, directory: string): string {
  return join(directory, `${encodeURIComponent(board)}${SUFFIX}`);
}

function thisProcess(): LockOwner {
  const { pid } = process;
  return { pid, started: startTime(pid)!, user: userInfo().username, since: new Date().toISOString() };
}

/** Anybody may take away what an ended process of anybody's left. */
function makeDirectory(directory: string): void {
  if (mkdirSync(directory, { recursive: true }) !== undefined) chmodSync(directory, 0o777);
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function livingOwner(path: string): LockOwner | null {
  try {
    const owner = ownerSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    return startTime(owner.pid) === owner.started ? owner : null;
  } catch {
    return null;
  }
}

/** Removes a stale lock, which only one of several can move; a fresh one that took its place meanwhile is put back. */
function takeAway(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (livingOwner(aside)) link(aside, path);
  rmSync(aside);
}

function inUse(board: string, { user, pid, since }: LockOwner, wait: number): Error {
  const owner = `${user} (pid ${pid}) since ${since}`;
  if (wait > 0) return new OutOfTimeError(`${board} is in use by ${owner}, still after ${wait / 1000} s`);
  return new InUseError(`${board} is in use by ${owner}; --wait waits for it`);
}
