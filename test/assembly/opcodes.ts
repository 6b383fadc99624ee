/** What a WASM module's functions are made of. */
import { readFileSync } from "node:fs";
import wabt from "wabt";

interface Body {
  /** In their order, `block`, `loop`, `if`, `else` and `end` among them, but without the `end` of the body itself. */
  readonly opcodes: string[];
  /** Indices of the functions that it calls. */
  readonly calls: number[];
}

export class Opcodes {
  readonly #bodies = new Map<number, Body>();
  readonly #exports = new Map<string, number>();

  private constructor(text: string) {
    let body: Body = { opcodes: [], calls: [] };
    for (const line of text.split("\n")) {
      const named = /^ {2}\(export "(\w+)" \(func (\d+)\)\)/.exec(line);
      const opened = /^ {2}\(func \(;(\d+);\)/.exec(line);
      const opcode = /^ {4,}([a-z][\w.]*)(?: (\d+))?/.exec(line);
      if (named) this.#exports.set(named[1]!, Number(named[2]));
      if (opened) {
        body = { opcodes: [], calls: [] };
        this.#bodies.set(Number(opened[1]), body);
      }
      if (opcode) body.opcodes.push(opcode[1]!);
      if (opcode?.[1] === "call") body.calls.push(Number(opcode[2]));
    }
  }

  static async read(path: string): Promise<Opcodes> {
    const { readWasm } = await wabt();
    const module = readWasm(readFileSync(path), {});
    try {
      return new Opcodes(module.toText({ foldExprs: false, inlineExport: false }));
    } finally {
      module.destroy();
    }
  }

  /** Of the whole module. */
  all(): string[] {
    return [...this.#bodies.values()].flatMap(({ opcodes }) => opcodes);
  }

  /** Of an exported function and of every function that it calls, directly or not, each once. */
  reached(name: string): string[] {
    const start = this.#exports.get(name);
    if (start === undefined) throw new Error(`there is no export ${name}`);
    const seen = new Set([start]);
    const opcodes: string[] = [];
    for (const index of seen) {
      // Imports have no body here.
      const body = this.#bodies.get(index);
      if (!body) continue;
      opcodes.push(...body.opcodes);
      for (const called of body.calls) seen.add(called);
    }
    if (opcodes.includes("call_indirect")) throw new Error(`${name} calls what only a table tells`);
    return opcodes;
  }
}
