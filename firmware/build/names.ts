/**
 * What the core's functions are called in `assembly/`. The module itself does not tell, but the text of it that
 * the AssemblyScript compiler writes in the same run has them in the order of their numbers.
 */
export interface CoreNames {
  /** By number: `assembly/fib/packed4/lookup`. */
  functions: string[];
  /** Exported functions, by the name of the export. */
  exports: Map<string, string>;
}

/** What of it is used: Node has it, TypeScript's libraries for Node have not. */
declare const WebAssembly: {
  Module: new (binary: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

const DEFINED = /^ \(func \$("[^"]*"|\S+)/gm;
const IMPORTED = /^ \(import "\w+" "\w+" \(func \$("[^"]*"|\S+)/gm;
const EXPORTED = /^ \(export "(\w+)" \(func \$("[^"]*"|[^\s)]+)\)\)$/gm;

/** From the module and its text. Throws an Error where the two do not belong together. */
export function coreNames(module: Uint8Array, text: string): CoreNames {
  // Imports have the first numbers.
  const matches = [...text.matchAll(IMPORTED), ...text.matchAll(DEFINED)];
  const functions = matches.map(([, name]) => plain(name!));
  const exports = new Map(Array.from(text.matchAll(EXPORTED), ([, name, target]) => [name!, plain(target!)]));
  for (const [name, number] of numbersOfExports(module)) {
    if (functions[number] !== exports.get(name))
      throw new Error(`the module's text has another ${name} than the module`);
  }
  return { functions, exports };
}

function plain(name: string): string {
  return name.replace(/^"|"$/g, "");
}

/** The number of a function is what JavaScript calls it (WebAssembly JavaScript Interface, "the name of the WebAssembly function"). */
function numbersOfExports(module: Uint8Array): Map<string, number> {
  const nothing = () => 0;
  const platform = { send: nothing, ticks: nothing, identify: nothing };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { platform });
  const functions = Object.entries(exports).filter(([, value]) => typeof value === "function");
  return new Map(functions.map(([name, value]) => [name, Number((value as { name: string }).name)]));
}
