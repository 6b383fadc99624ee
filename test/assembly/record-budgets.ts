/** `npm run budgets`: records what the core comes to as it is now. */
import { record } from "./budgets.js";

await record();
