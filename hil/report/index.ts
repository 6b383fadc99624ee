/** One result, four faces: each a pure function from the report to text. */
export { html } from "./html/index.js";
export { json, jsonSchema } from "./json.js";
export { junit } from "./junit.js";
export type { Options as TerminalOptions } from "./terminal/paper.js";
export { terminal } from "./terminal/terminal.js";
