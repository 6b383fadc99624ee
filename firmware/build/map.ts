/** What the linker put where, from the MAP file that GNU ld writes. */
export interface Piece {
  /** Of the image: `.text`. */
  section: string;
  /** As the compiler named it: `.text.memcpy`; null for what the linker fills in, or the script reserves. */
  name: string | null;
  /** The object file, or `libgcc.a(member)`; empty where there is none. */
  file: string;
  /** In bytes. */
  size: number;
}

const BEGIN = "\nLinker script and memory map\n";

/** An output section: its name, and behind it, or in the next line, address and size. */
const OUTPUT = /^(\.[\w.]+)(?:\s+0x[0-9a-f]+\s+0x[0-9a-f]+.*)?$/;
const LONG_NAME = /^ (\.\S+|COMMON)$/;
const INPUT = /^ (\.\S+|COMMON|\*fill\*)?\s+0x[0-9a-f]+\s+0x([0-9a-f]+) ?(\S.*)?$/;

/** All pieces that are not empty, of whichever section, in order. */
export function pieces(map: string): Piece[] {
  const found: Piece[] = [];
  let section = "";
  let name: string | null = null;
  for (const line of map.slice(map.indexOf(BEGIN) + BEGIN.length).split("\n")) {
    const output = OUTPUT.exec(line);
    const long = LONG_NAME.exec(line);
    const input = INPUT.exec(line);
    if (output) section = output[1]!;
    else if (long) name = long[1]!;
    else if (input && section !== "") {
      const [, own, size, file = ""] = input;
      const isFill = own === "*fill*";
      const piece = {
        section,
        name: isFill ? null : (own ?? name),
        file: file.trim(),
        size: Number(`0x${size}`),
      };
      if (piece.size > 0 && (isFill || piece.file !== "")) found.push(piece);
      name = null;
    }
  }
  return found;
}
