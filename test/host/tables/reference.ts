/** Longest-prefix match as its definition has it: a map for each length, asked from the longest on. Shares no code with the host. */
export class Reference {
  /** By length, for addresses of 32 and of 128 bits. */
  readonly #maps = {
    32: Array.from({ length: 33 }, () => new Map<bigint, string>()),
    128: Array.from({ length: 129 }, () => new Map<bigint, string>()),
  };

  /** Adds lines `PREFIX NEXTHOP`. */
  constructor(lines: Iterable<string>) {
    for (const line of lines) {
      const slash = line.indexOf("/");
      const { bits, value } = parse(line.slice(0, slash));
      const length = Number.parseInt(line.slice(slash + 1), 10);
      this.#maps[bits][length]!.set(value >> BigInt(bits - length), line);
    }
  }

  /** `PREFIX NEXTHOP` of the longest prefix around an address, or "-". */
  lookup(address: string): string {
    const { bits, value } = parse(address);
    for (let length = bits as number; length >= 0; length--) {
      const found = this.#maps[bits][length]!.get(value >> BigInt(bits - length));
      if (found) return found;
    }
    return "-";
  }
}

export function parse(text: string): { bits: 32 | 128; value: bigint } {
  if (!text.includes(":")) {
    return {
      bits: 32,
      value: BigInt(text.split(".").reduce((value, part) => value * 256 + Number(part), 0)),
    };
  }
  const [head, tail] = text.split("::").map(part => (part === "" ? [] : part.split(":")));
  const groups = tail
    ? [...head!, ...Array<string>(8 - head!.length - tail.length).fill("0"), ...tail]
    : head!;
  return { bits: 128, value: BigInt(`0x${groups.map(group => group.padStart(4, "0")).join("")}`) };
}

export function print(bits: 32 | 128, value: bigint): string {
  const part = bits === 32 ? 8n : 16n;
  const parts: string[] = [];
  for (let i = 0n; i < BigInt(bits); i += part) {
    parts.unshift(((value >> i) & ((1n << part) - 1n)).toString(bits === 32 ? 10 : 16));
  }
  return parts.join(bits === 32 ? "." : ":");
}
