/** The target, or the machine it needs, failed; `message` says what to do about it. Ends a command with exit code 3. */
export class TargetError extends Error {
  override name = "TargetError";
}

/** The target did not get there within the time that the host gave it. Ends a command with exit code 4. */
export class OutOfTimeError extends Error {
  override name = "OutOfTimeError";
}
