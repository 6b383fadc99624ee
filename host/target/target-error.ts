/** The target, or the machine that it needs, failed; `message` says what to do about it. Ends a command with exit code 3. */
export class TargetError extends Error {
  override name = "TargetError";
}
