import { createRequire } from "node:module";

// A level deeper where it was built into dist/.
const path = import.meta.url.includes("/dist/host/") ? "../../../package.json" : "../../package.json";

export const { version } = createRequire(import.meta.url)(path) as { version: string };
