/** The target, or the machine it needs, failed; `message` says what to do about it. Ends a command with exit code 3. */
export class TargetError extends Error {
  override name = "TargetError";
}

/** Another run or program has the board, or its port. */
export class InUseError extends TargetError {
  override name = "InUseError";
}

/** The target did not get there within the time that the host gave it. Ends a command with exit code 4. */
export class OutOfTimeError extends Error {
  override name = "OutOfTimeError";
}
