import { beforeAll, describe, expect, test } from "vitest";
import { modulePath } from "../../host/router/router.js";
import { Opcodes } from "./opcodes.js";

/** What a Cortex-M has no instruction for, or none that takes few cycles: the core is spared it there. */
describe("the mcu profile", () => {
  let module: Opcodes;
  beforeAll(async () => {
    module = await Opcodes.read(modulePath("mcu"));
  });

  /** The opcodes of a pattern, each once. */
  function matching(opcodes: string[], pattern: RegExp): string[] {
    return [...new Set(opcodes.filter(opcode => pattern.test(opcode)))];
  }

  test("has no vector and no floating-point instructions", () => {
    expect(matching(module.all(), /^(v128|[if]\d+x\d+|f32|f64)/)).toEqual([]);
  });

  test("counts no bits of 64", () => {
    expect(matching(module.all(), /^i64\.popcnt/)).toEqual([]);
  });

  const lookups = ["lookup", "lookupEach", "lookupBatch", "match"].flatMap(name => [`${name}4`, `${name}6`]);
  test.each([...lookups, "forward"])("%s divides nothing", name => {
    expect(matching(module.reached(name), /\.(div|rem)_/)).toEqual([]);
  });
});
