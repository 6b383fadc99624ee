/** What text files of one item a line have in common: blanks, and "#" before a comment. */
export const LF = 0x0a;
export const SPACE = 0x20;
export const HASH = 0x23;

const TAB = 0x09;
const CR = 0x0d;

/** The index of the first byte from `at` on that is no blank; CR counts as one. */
export function skipBlanks(bytes: Uint8Array, at: number): number {
  while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CR) at++;
  return at;
}

/** The index behind the word that begins at `at`. */
export function endOfWord(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at]! > SPACE && bytes[at] !== HASH) at++;
  return at;
}
