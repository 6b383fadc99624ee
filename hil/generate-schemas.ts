/** Writes the JSON Schemas of docs/: `npx tsx hil/generate-schemas.ts`. Tests hold them to be fresh. */
import { writeFileSync } from "node:fs";
import { comparisonJsonSchema, gateJsonSchema } from "./compare/index.js";
import { jsonSchema } from "./report/index.js";

writeFileSync(new URL("../docs/report.schema.json", import.meta.url), jsonSchema());
writeFileSync(new URL("../docs/comparison.schema.json", import.meta.url), comparisonJsonSchema());
writeFileSync(new URL("../docs/gate.schema.json", import.meta.url), gateJsonSchema());
