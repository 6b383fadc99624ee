/** Targets that need nothing but this machine, and how all others are written. */
import { emulatedBoards } from "../../firmware/build/board.js";

export const emulated = emulatedBoards();

export const builtIn: readonly string[] = ["wasm", "wasm-mcu", ...emulated];

/** What `--target` takes, for messages and help. */
export const TARGETS = `${builtIn.join(", ")}, serial:PATH[?baud=N], tcp://host:port or a name of boards.yaml`;
