/** Whether the image of a board is that of the sources as they are now. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { modulePath } from "../../host/router/router.js";
import { type Board, firmwarePath } from "./board.js";

/** The image in `directory` holds the core at `core`, and nothing that it is made of is younger. */
export function isCurrent(board: Board, directory: string, core: string = modulePath("mcu")): boolean {
  const [copy, last] = ["router.wasm", "SHA256SUMS"].map(file => join(directory, file));
  if (![copy!, last!, core].every(existsSync)) return false;
  if (!readFileSync(copy!).equals(readFileSync(core))) return false;
  const built = statSync(last!).mtimeMs;
  return [...board.folders, firmwarePath("build")].every(folder =>
    readdirSync(folder).every(file => statSync(join(folder, file)).mtimeMs <= built),
  );
}
