import { CommanderError } from "commander";
import { InputError } from "../input-error.js";
import { Refused } from "../protocol/refused.js";
import { OutOfTimeError, TargetError } from "../target-error.js";

/** How a command ends. */
export const Exit = {
  HOLDS: 0,
  EXPECTATION_FAILED: 1,
  BAD_INPUT: 2,
  TARGET_FAILED: 3,
  OUT_OF_TIME: 4,
} as const;

/** Errors of the file system that are the user's: the name is wrong, or may not be read or written. */
const fileErrors = new Set([
  "EACCES",
  "EEXIST",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOENT",
  "ENOTDIR",
  "EPERM",
  "EROFS",
]);

/** Those that are the machine's: it has no room left, or its disk fails. */
const diskErrors = new Set(["EDQUOT", "EIO", "ENOSPC"]);

function isOneOf(codes: Set<string>, error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && codes.has((error as NodeJS.ErrnoException).code ?? "");
}

export function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.HOLDS : Exit.BAD_INPUT;
  if (error instanceof InputError || isOneOf(fileErrors, error)) return Exit.BAD_INPUT;
  if (error instanceof OutOfTimeError) return Exit.OUT_OF_TIME;
  return Exit.TARGET_FAILED;
}

/** What the user is told; an error that nobody foresaw keeps its stack. */
export function explain(error: unknown): string {
  const known = [InputError, TargetError, OutOfTimeError, Refused].some(kind => error instanceof kind);
  if (known) return (error as Error).message;
  if (isOneOf(fileErrors, error)) return `cannot open ${error.path}: ${error.code}`;
  if (isOneOf(diskErrors, error)) return `cannot write ${error.path ?? "to standard output"}: ${error.code}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
