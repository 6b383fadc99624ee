/** Where in a text something stands; lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Where in a binary file something stands: records count from 1, bytes (after decompression) from 0. */
export interface BytePlace {
  file: string;
  record: number;
  byte: number;
}

/** The file itself. */
export interface FilePlace {
  file: string;
}

function print(where: Place | BytePlace | FilePlace): string {
  if ("line" in where) return `${where.file}:${where.line}:${where.column}`;
  return "byte" in where ? `${where.file}: record ${where.record} at byte ${where.byte}` : where.file;
}

/** Bad input of the user's: says where, what was expected there and what was found. Ends a command with exit code 2. */
export class InputError extends Error {
  override name = "InputError";

  constructor(
    readonly where: Place | BytePlace | FilePlace,
    readonly expected: string,
    readonly found: string,
  ) {
    super(`${print(where)}: expected ${expected}, found ${found}`);
  }
}

const systemErrors: Record<string, string> = {
  ENOENT: "no such file",
  EACCES: "no permission to read it",
  EISDIR: "a directory",
};

/** What a file is that the system did not let this process read. */
export function unreadable(file: string, expected: string, error: unknown): InputError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new InputError({ file }, expected, systemErrors[code] ?? message);
}
