import { conversations } from "./conversations.js";
import { gaps } from "./gaps.js";
import { oneDeath } from "./one-death.js";
import { phase } from "./phase.js";

/** What docs/failover.md shows, by the name of its file. */
export const DRAWINGS: Record<string, () => Promise<string>> = {
  "one-death": oneDeath,
  phase,
  gaps,
  conversations,
};
