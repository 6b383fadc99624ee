import { expect, it } from "vitest";
import { boardNames, readBoard } from "../../firmware/build/board.js";
import { testImage } from "./image.js";
import { stackDepths } from "./stack-depth.js";

/** What the CPU lays on the stack that it leaves when an interrupt or a fault comes (Arm DDI 0403, B1.5.6), aligned. */
const EXCEPTION = 40;

it.each(boardNames())(
  "the stacks of %s hold the deepest calls that there can be",
  async name => {
    const { stacks } = readBoard(name);
    const depths = stackDepths((await testImage(name)).directory);
    const handlers = [...depths].filter(([name]) => name.endsWith("Handler")).map(([, depth]) => depth);
    expect(depths.get("start")! + EXCEPTION).toBeLessThanOrEqual(stacks.main);
    // A handler, and a fault in it.
    expect(Math.max(...handlers) + EXCEPTION + depths.get("faultHandler")!).toBeLessThanOrEqual(
      stacks.handlers,
    );
  },
  180_000,
);
