/** Which sections an image has, from its ELF file (System V ABI, chapter 4). */
export interface Section {
  name: string;
  address: number;
  /** In bytes. */
  size: number;
  /** Takes room in the file that is flashed. */
  stored: boolean;
}

const SHT_NOBITS = 8;
const SHF_ALLOC = 2;

/** The sections that exist on the board, in order of address; empty ones are left out. */
export function sections(elf: Buffer): Section[] {
  const tableOffset = elf.readUInt32LE(0x20);
  const entrySize = elf.readUInt16LE(0x2e);
  const count = elf.readUInt16LE(0x30);
  const header = (index: number) => elf.subarray(tableOffset + index * entrySize);
  const names = elf.subarray(header(elf.readUInt16LE(0x32)).readUInt32LE(0x10));
  return Array.from({ length: count }, (_, index) => header(index))
    .filter(entry => entry.readUInt32LE(0x08) & SHF_ALLOC && entry.readUInt32LE(0x14) > 0)
    .map(entry => {
      const name = names.subarray(entry.readUInt32LE(0));
      return {
        name: name.toString("latin1", 0, name.indexOf(0)),
        address: entry.readUInt32LE(0x0c),
        size: entry.readUInt32LE(0x14),
        stored: entry.readUInt32LE(0x04) !== SHT_NOBITS,
      };
    })
    .sort((a, b) => a.address - b.address);
}
