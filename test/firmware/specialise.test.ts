import { describe, expect, it } from "vitest";
import { specialise, UnexpectedForm } from "../../firmware/build/specialise.js";

const header = `
typedef struct w2c_router {
  struct w2c_platform* w2c_platform_instance;
  u32 w2c_g0;
  wasm_rt_memory_t w2c_memory;
} w2c_router;
void w2c_platform_send(struct w2c_platform*, u32, u32);
u32 w2c_platform_ticks(struct w2c_platform*);
`;

/** What wasm2c writes for one function with these lines, in short. */
function module(...lines: string[]): string {
  return [
    "#define DEFINE_LOAD(name, t1, t2, t3, force_read) the prelude",
    "static u32 w2c_router_f1(w2c_router*, u32);",
    'FUNC_TYPE_T(w2c_router_t0) = "\\x72";',
    "",
    "static void init_memories(w2c_router* instance) {",
    "  wasm_rt_allocate_memory(&instance->w2c_memory, 1, 1, 0, 65536);",
    "}",
    "",
    "void wasm2c_router_free(w2c_router* instance) {",
    "  wasm_rt_free_memory(&instance->w2c_memory);",
    "}",
    "",
    "u32 w2c_router_f1(w2c_router* instance, u32 var_p0) {",
    "  FUNC_PROLOGUE;",
    ...lines.map(line => `  ${line}`),
    "  FUNC_EPILOGUE;",
    "  return var_i0;",
    "}",
  ].join("\n");
}

function translated(line: string): string {
  const body = specialise(module(line), header).split("u32 router_f1(u32 var_p0) {\n")[1]!;
  return body.split("\n")[0]!.trim();
}

const memory = "&instance->w2c_memory";

describe("the code that wasm2c wrote", () => {
  it.each([
    [`var_i0 = i32_load_default32(${memory}, (u64)(var_i1));`, "var_i0 = i32_load(var_i1, 0u);"],
    [
      `var_j0 = i64_load32_u_default32(${memory}, (u64)(var_i1) + 16u);`,
      "var_j0 = i64_load32_u(var_i1, 16u);",
    ],
    [`i32_store8_default32(${memory}, (u64)(var_i0) + 4, var_i1);`, "i32_store8(var_i0, 4u, var_i1);"],
    [`memory_copy(${memory}, ${memory}, var_i0, var_i1, var_i2);`, "memory_copy(var_i0, var_i1, var_i2);"],
    ["instance->w2c_g0 = var_i0;", "w2c_g0 = var_i0;"],
    ["var_i0 = w2c_platform_ticks(instance->w2c_platform_instance);", "var_i0 = platform_ticks();"],
    ["w2c_platform_send(instance->w2c_platform_instance, var_i0, var_i1);", "platform_send(var_i0, var_i1);"],
    ["var_i0 = w2c_router_f1(instance, var_i0);", "var_i0 = router_f1(var_i0);"],
  ])("%s", (written, wanted) => {
    expect(translated(written)).toBe(wanted);
  });

  it("loses the host's prelude, runtime and types", () => {
    const code = specialise(module("var_i0 = var_p0;"), header);
    expect(code).not.toMatch(/prelude|wasm_rt|instance|FUNC_/);
    expect(code).toContain("static u32 w2c_g0;");
    expect(code).toContain("void platform_send(u32, u32);");
  });

  it("is marked where it is cold", () => {
    const code = (...cold: string[]) => specialise(module("var_i0 = var_p0;"), header, new Set(cold));
    expect(code("router_f1")).toContain("__attribute__((cold)) static u32 router_f1(u32);");
    expect(code("router_f2")).not.toContain("cold");
  });

  it.each([
    ["another width of address", `var_i0 = i32_load_default32(${memory}, (u32)(var_i1));`],
    ["an address that is an expression", `var_i0 = i32_load_default32(${memory}, (u64)(var_i1 + var_i2));`],
    ["a general check", `var_i0 = i32_load(${memory}, (u64)(var_i1));`],
    ["a floating-point load", `var_f0 = f32_load_default32(${memory}, (u64)(var_i1));`],
    ["memory that grows", `var_i0 = wasm_rt_grow_memory(${memory}, var_i0);`],
    [
      "a call through a table",
      "var_i0 = CALL_INDIRECT(instance->w2c_T0, u32 (*)(void*), w2c_router_t0, var_i0);",
    ],
    ["a trap of another name", "TRAP(UNREACHABLE);"],
    [
      "a passive segment",
      `memory_init(${memory}, data_segment_data_w2c_router_d0, 4, var_i0, var_i1, var_i2);`,
    ],
  ])("is refused with its line where it has %s", (_, line) => {
    const error = expect(() => specialise(module("var_i0 = 1u;", line), header));
    error.toThrow(UnexpectedForm);
    error.toThrow(`line 16: ${line}`);
  });

  it("has the pages that the module declares, and no board with more", () => {
    const source = module("var_i0 = instance->w2c_memory.pages;").replace("1, 1, 0, 65536", "4, 4, 0, 65536");
    const code = specialise(source, header);
    expect(code).toContain("var_i0 = 4u;");
    expect(code).toContain("_Static_assert(MEMORY_BYTES <= 4u << 16,");
  });

  it.each(["1, 2, 0, 65536", "1, 1, 1, 65536", "1, 1, 0, 4096"])(
    "is refused where its memory is not of a fixed number of pages: %s",
    memory => {
      const source = module().replace("1, 1, 0, 65536", memory);
      expect(() => specialise(source, header)).toThrow(UnexpectedForm);
    },
  );

  it("is refused where no function of the module is found", () => {
    expect(() => specialise("int main(void) {}", header)).toThrow(UnexpectedForm);
  });
});
