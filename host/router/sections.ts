/** What a WebAssembly module is made of (Core Specification 5.5): sections with a number, and with contents that each has its own form. */
export interface ModuleSection {
  id: number;
  /** Where it begins in the module with its number, and where the next one does. */
  start: number;
  end: number;
  contents: Reader;
}

const HEADER = 8;

/** In order. */
export function moduleSections(module: Uint8Array): ModuleSection[] {
  const reader = new Reader(module, HEADER);
  const sections: ModuleSection[] = [];
  while (!reader.isAtEnd) {
    const start = reader.at;
    const id = reader.number();
    sections.push({ id, contents: reader.part(), start, end: reader.at });
  }
  return sections;
}

const CUSTOM = 0;

/** The section that tells names, its contents begun behind the name that it has itself; undefined where there is none. */
export function nameSection(module: Uint8Array): ModuleSection | undefined {
  return moduleSections(module).find(({ id, contents }) => id === CUSTOM && contents.text() === "name");
}

export class Reader {
  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
  ) {}

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  /** LEB128, unsigned. */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  /** What begins with its size. */
  part(): Reader {
    const size = this.number();
    this.at += size;
    return new Reader(this.bytes.subarray(this.at - size, this.at));
  }

  text(): string {
    return Buffer.from(this.part().bytes).toString();
  }
}
