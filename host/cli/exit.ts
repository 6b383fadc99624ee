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
const fileErrors = new Set(["ENOENT", "EACCES", "EISDIR", "ENOTDIR", "EPERM", "EROFS"]);

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && fileErrors.has((error as NodeJS.ErrnoException).code ?? "");
}

export function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.HOLDS : Exit.BAD_INPUT;
  if (error instanceof InputError || isFileError(error)) return Exit.BAD_INPUT;
  if (error instanceof OutOfTimeError) return Exit.OUT_OF_TIME;
  return Exit.TARGET_FAILED;
}

/** What the user is told; an error that nobody foresaw keeps its stack. */
export function explain(error: unknown): string {
  const known = [InputError, TargetError, OutOfTimeError, Refused].some(kind => error instanceof kind);
  if (known) return (error as Error).message;
  if (isFileError(error)) return `cannot open ${error.path}: ${error.code}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
