/** Where in a file something stands; lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Bad input of the user's: says where, what was expected there and what was found. Ends a command with exit code 2. */
export class InputError extends Error {
  override name = "InputError";

  constructor(
    readonly where: Place,
    readonly expected: string,
    readonly found: string,
  ) {
    super(`${where.file}:${where.line}:${where.column}: expected ${expected}, found ${found}`);
  }
}
