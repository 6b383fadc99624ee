import { conversations } from "./conversations.js";
import { damping } from "./damping.js";
import { drain } from "./drain.js";
import { gaps } from "./gaps.js";
import { oneDeath } from "./one-death.js";
import { phase } from "./phase.js";
import { shutdown } from "./shutdown.js";

/** What docs/failover.md shows, by the name of its file. */
export const DRAWINGS: Record<string, () => Promise<string>> = {
  "one-death": oneDeath,
  phase,
  gaps,
  conversations,
  damping,
  shutdown,
  drain,
};
