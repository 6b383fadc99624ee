/** The loads and stores of WebAssembly as C, for `runtime/wasm.h`, which checks the address: `accesses.h`. */

/** Widths that a value of so many bits is also loaded from and stored as. */
const parts = { 32: [8, 16], 64: [8, 16, 32] };

export function accessesHeader(): string {
  const lines = Object.entries(parts).flatMap(([bits, narrower]) => [
    load(`i${bits}_load`, bits, `u${bits}`, `u${bits}`),
    store(`i${bits}_store`, bits, `u${bits}`),
    ...narrower.flatMap(width => [
      load(`i${bits}_load${width}_s`, bits, `s${width}`, `s${bits}`),
      load(`i${bits}_load${width}_u`, bits, `u${width}`, `u${bits}`),
      store(`i${bits}_store${width}`, bits, `u${width}`),
    ]),
  ]);
  return [...lines, ""].join("\n");
}

/** `extended` is the type in which a narrower value gets its upper bits. */
function load(name: string, bits: string, stored: string, extended: string): string {
  const value = `(u${bits})(${extended}) * (${stored} *)at(address, offset, sizeof(${stored}))`;
  return `static inline u${bits} ${name}(u32 address, u32 offset) { return ${value}; }`;
}

function store(name: string, bits: string, stored: string): string {
  const target = `*(${stored} *)at(address, offset, sizeof(${stored}))`;
  return `static inline void ${name}(u32 address, u32 offset, u${bits} value) { ${target} = (${stored})value; }`;
}
