/**
 * Makes the C that wasm2c wrote for any host into the C of one module on one small CPU.
 *
 * wasm2c (wabt 1.0.39) gives each instance a struct behind a pointer, memory that moves and grows, 64-bit addresses, and
 * loads through memcpy. A board has one instance, in a fixed array. So its prelude is dropped for `runtime/wasm.h`, the
 * instance becomes static variables, and each access
 *
 *     var_i0 = i32_load8_u_default32(&instance->w2c_memory, (u64)(var_i1) + 12u);
 *
 * becomes `var_i0 = i32_load8_u(var_i1, 12u);`, which that header checks and does in one instruction.
 *
 * Nothing is passed on by guess: whatever still mentions the instance or wasm2c's runtime when all known forms are
 * rewritten is an error that shows the line, so that another wasm2c, or a feature that the core did not use before,
 * cannot silently mean something else.
 */

/** wasm2c wrote something that this file does not know. */
export class UnexpectedForm extends Error {
  override name = "UnexpectedForm";

  constructor(
    readonly line: number,
    readonly text: string,
  ) {
    super(`the code that wasm2c wrote is not of the expected form, line ${line}: ${text.trim()}`);
  }
}

interface Line {
  number: number;
  text: string;
}

/** First line of what `runtime/` and the linker do without. Each ends with its line, or with the function's brace. */
const UNUSED = [
  /^FUNC_TYPE_T\(w2c_router_t\d+\) = /,
  /^static void init_instance_import\(/,
  /^void wasm2c_router_free\(/,
  /^wasm_rt_func_type_t wasm2c_router_get_func_type\(/,
  /^wasm_rt_memory_t\* w2c_router_memory\(/,
];

/** Lines without a meaning here: no stack depth is counted, imports have no instance, memory is a fixed array. */
const EMPTY =
  /^ *(FUNC_PROLOGUE;|FUNC_EPILOGUE;|assert\(wasm_rt_is_initialized\(\)\);|init_instance_import\(instance, w2c_platform_instance\);|wasm_rt_allocate_memory\(&instance->w2c_memory, (\d+), \2, 0, 65536\);)$/;

const REWRITES: [RegExp, string | ((...parts: string[]) => string)][] = [
  // Parameters and arguments: the instance goes.
  [/\(w2c_router ?\* ?instance, struct w2c_platform\* w2c_platform_instance\)/g, "(void)"],
  [/\(w2c_router ?\*(?: ?instance)?\)/g, "(void)"],
  [/\(w2c_router\*(?: instance)?, /g, "("],
  [/\(instance->w2c_platform_instance(?:, )?/g, "("],
  [/\(instance\)/g, "()"],
  [/\(instance, /g, "("],
  // Globals, and names.
  [/\binstance->(w2c_g\d+)\b/g, "$1"],
  [/\bwasm2c_router_instantiate\b/g, "router_start"],
  [/w2c_(router|platform)_(?=\w)/g, "$1_"],
  // Memory: one address and one offset, which is a constant.
  [
    /\b(i(?:32|64)_(?:load|store)\w*)_default32\(&instance->w2c_memory, \(u64\)\((var_\w+)\)(?: \+ (\d+)u?)?(?=[,)])/g,
    (_, access, address, offset = "0") => `${access}(${address}, ${offset}u`,
  ],
  [/\bmemory_fill\(&instance->w2c_memory, /g, "memory_fill("],
  [/\bmemory_copy\(&instance->w2c_memory, &instance->w2c_memory, /g, "memory_copy("],
  [/\bLOAD_DATA\(instance->w2c_memory, (\d+u, data_segment_data_router_d\d+, \d+)\);/g, "load_data($1);"],
];

/** What must not be left: wasm2c's instance, runtime and address widths, floating point, and calls through a table. */
const UNKNOWN =
  /\binstance\b|w2c_(?!g\d)|wasm_rt|WASM_RT|_default32|_unchecked|_DATA\(|CALL_INDIRECT|TRAP\(|\bf(32|64)|^#/;

/** Linear memory of a fixed number of pages. */
const FIXED_MEMORY = /wasm_rt_allocate_memory\(&instance->w2c_memory, (\d+), \1, 0, 65536\);/;

/** The declaration of a function of the module. */
const DECLARED = /^static \w+ (\w+)\(.*\);$/;

/** The module's C, from the source and header that wasm2c wrote with `-n router`. GCC makes the functions in `cold` small, not fast. */
export function specialise(source: string, header: string, cold: ReadonlySet<string> = new Set()): string {
  const pages = `${FIXED_MEMORY.exec(source)?.[1]}u`;
  const output = ["/* Made from router.wasm. */", '#include "router.h"', "", '#include "wasm.h"', ""];
  output.push(
    `_Static_assert(MEMORY_BYTES <= ${pages} << 16, "more linear memory than the module declares");`,
  );
  output.push("", ...declarations(header), "");
  for (const line of module(source)) {
    if (EMPTY.test(line.text)) continue;
    let text = line.text;
    for (const [form, replacement] of REWRITES) text = text.replace(form, replacement as string);
    text = text.replace(/\binstance->w2c_memory\.pages\b/g, pages);
    if (UNKNOWN.test(text)) throw new UnexpectedForm(line.number, line.text);
    const name = DECLARED.exec(text)?.[1];
    output.push(name !== undefined && cold.has(name) ? `__attribute__((cold)) ${text}` : text);
  }
  return output.join("\n");
}

/** The imports and the globals, which only the header tells. */
function declarations(header: string): string[] {
  const imports = header.matchAll(/^(\w+) w2c_platform_(\w+)\(struct w2c_platform\*(?:, )?(.*)\);$/gm);
  const globals = header.matchAll(/^ {2}(u32|u64) (w2c_g\d+);$/gm);
  return [
    ...Array.from(imports, ([, result, name, types]) => `${result} platform_${name}(${types || "void"});`),
    ...Array.from(globals, ([, type, name]) => `static ${type} ${name};`),
  ];
}

/** The lines of the module's own code: behind the prelude, without what is unused. */
function module(source: string): Line[] {
  const lines = source.split("\n").map((text, index) => ({ number: index + 1, text }));
  const start = lines.findIndex(line => /^static \w+ w2c_router_\w+\(w2c_router\*/.test(line.text));
  if (start < 0) throw new UnexpectedForm(1, "no function of the module was found");
  return withoutUnused(withoutSegments(lines.slice(start)));
}

/** Drops the code for memory behind an x86 segment register, which stands in nested `#if`. */
function withoutSegments(lines: Line[]): Line[] {
  let depth = 0;
  return lines.filter(({ text }) => {
    if (depth > 0 ? text.startsWith("#if") : /^#if WASM_RT_USE_SEGUE_FOR_THIS_MODULE\b/.test(text)) depth++;
    else if (depth > 0 && text === "#endif") return depth-- < 0;
    return depth === 0;
  });
}

function withoutUnused(lines: Line[]): Line[] {
  let inside = false;
  return lines.filter(({ text }) => {
    if (inside) {
      inside = text !== "}";
      return false;
    }
    const unused = UNUSED.some(form => form.test(text));
    inside = unused && text.endsWith("{");
    return !unused;
  });
}
