/** Numbers by the bytes of a word, so that a word that was seen before takes neither a string nor an object. */
const EMPTY = -1;

export class WordNumbers {
  #words: { readonly bytes: Uint8Array; readonly hash: number; readonly number: number }[] = [];
  /** Indices into `#words` by hash, open addressing, at most half full. */
  #slots = new Int32Array(256).fill(EMPTY);

  /** The number of the word from `at` to `behind`, -1 if none was set. */
  get(bytes: Uint8Array, at: number, behind: number): number {
    const word = this.#slots[this.#slot(bytes, at, behind, hash(bytes, at, behind))]!;
    return word === EMPTY ? -1 : this.#words[word]!.number;
  }

  /** Only for a word that has no number yet. */
  set(bytes: Uint8Array, at: number, behind: number, number: number): void {
    const word = { bytes: new Uint8Array(bytes.subarray(at, behind)), hash: hash(bytes, at, behind), number };
    this.#words.push(word);
    if (this.#words.length * 2 > this.#slots.length) this.#grow();
    else this.#slots[this.#slot(bytes, at, behind, word.hash)] = this.#words.length - 1;
  }

  /** The slot that holds the word, or the empty one where it belongs. */
  #slot(bytes: Uint8Array, at: number, behind: number, hashed: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashed & mask; ; slot = (slot + 1) & mask) {
      const index = this.#slots[slot]!;
      if (index === EMPTY) return slot;
      const word = this.#words[index]!;
      if (word.hash === hashed && equals(word.bytes, bytes, at, behind)) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    this.#words.forEach(({ bytes, hash: hashed }, index) => {
      this.#slots[this.#slot(bytes, 0, bytes.length, hashed)] = index;
    });
  }
}

function equals(word: Uint8Array, bytes: Uint8Array, at: number, behind: number): boolean {
  if (word.length !== behind - at) return false;
  for (let i = 0; i < word.length; i++) if (word[i] !== bytes[at + i]) return false;
  return true;
}

/** FNV-1a, with its upper half folded onto the lower, where the slots are taken from. */
function hash(bytes: Uint8Array, at: number, behind: number): number {
  let value = 0x811c9dc5;
  for (let i = at; i < behind; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193);
  return value ^ (value >>> 16);
}
