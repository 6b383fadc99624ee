/** Writes docs/report.schema.json: `npx tsx hil/report/generate-schema.ts`. A test holds it to be fresh. */
import { writeFileSync } from "node:fs";
import { jsonSchema } from "./json.js";

writeFileSync(new URL("../../docs/report.schema.json", import.meta.url), jsonSchema());
