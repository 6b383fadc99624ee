/** Whether the image of a board is that of the sources as they are now. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { modulePath } from "../../host/router/router.js";
import { type Board, firmwarePath } from "./board.js";

/** The image in `directory` is whole, holds the core at `core`, and nothing that it is made of changed since its build began. */
export function isCurrent(board: Board, directory: string, core: string = modulePath("mcu")): boolean {
  const [first, last] = ["router.wasm", "SHA256SUMS"].map(file => join(directory, file));
  if (![first!, last!, core].every(existsSync)) return false;
  if (!readFileSync(first!).equals(readFileSync(core))) return false;
  const began = statSync(first!).mtimeMs;
  return [...board.folders, firmwarePath("build")].every(folder =>
    readdirSync(folder).every(file => statSync(join(folder, file)).mtimeMs <= began),
  );
}
