/**
 * Fixed layouts of little-endian fields. One description gives the encoder, the decoder, and the offsets
 * that `generate.ts` hands to the core.
 */

/** One field's width in bytes and how it is read and written. */
export interface Field<T> {
  readonly size: number;
  read(view: DataView, offset: number): T;
  write(view: DataView, offset: number, value: T): void;
}

function unsigned(bits: 8 | 16 | 32): Field<number> {
  const limit = 2 ** bits;
  const get = `getUint${bits}` as const;
  const set = `setUint${bits}` as const;
  return {
    size: bits / 8,
    read: (view, offset) => view[get](offset, true),
    write: (view, offset, value) => {
      if (!Number.isInteger(value) || value < 0 || value >= limit) {
        throw new RangeError(`expected a whole number from 0 to ${limit - 1}, found ${value}`);
      }
      view[set](offset, value, true);
    },
  };
}

export const u8 = unsigned(8);
export const u16 = unsigned(16);
export const u32 = unsigned(32);

/** Microseconds and counts: exact up to 2^53, which is 285 years of microseconds. */
export const u64: Field<number> = {
  size: 8,
  read: (view, offset) => Number(view.getBigUint64(offset, true)),
  write: (view, offset, value) => {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`expected a whole number from 0 to 2^53 - 1, found ${value}`);
    }
    view.setBigUint64(offset, BigInt(value), true);
  },
};

/** Exactly `size` raw bytes. */
export function bytes(size: number): Field<Uint8Array> {
  return {
    size,
    read: (view, offset) => new Uint8Array(view.buffer, view.byteOffset + offset, size).slice(),
    write: (view, offset, value) => {
      if (value.length !== size) throw new RangeError(`expected ${size} bytes, found ${value.length}`);
      new Uint8Array(view.buffer, view.byteOffset + offset, size).set(value);
    },
  };
}

/** ASCII text, padded with zero bytes to `size`. */
export function text(size: number): Field<string> {
  return {
    size,
    read: (view, offset) =>
      String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + offset, size)).replace(
        /\0.*$/s,
        "",
      ),
    write: (view, offset, value) => {
      if (value.length > size)
        throw new RangeError(`expected at most ${size} characters, found ${value.length}`);
      for (let i = 0; i < size; i++) view.setUint8(offset + i, value.charCodeAt(i) || 0);
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a layout holds fields of every type
export type Fields = Record<string, Field<any>>;
export type Values<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** Fields in order, without gaps. What follows them in a body is the `tail`, read by its own rules. */
export class Layout<F extends Fields> {
  readonly size: number;
  readonly offsets: { readonly [K in keyof F]: number };

  constructor(readonly fields: F) {
    let size = 0;
    const offsets = {} as { [K in keyof F]: number };
    for (const name of Object.keys(fields) as (keyof F)[]) {
      offsets[name] = size;
      size += fields[name]!.size;
    }
    this.size = size;
    this.offsets = offsets;
  }

  /** The values as bytes, with `tail` behind them. Throws a RangeError that names the field. */
  encode(values: Values<F>, tail: Uint8Array = new Uint8Array(0)): Uint8Array {
    const body = new Uint8Array(this.size + tail.length);
    const view = new DataView(body.buffer);
    for (const name of Object.keys(this.fields)) {
      try {
        this.fields[name]!.write(view, this.offsets[name]!, values[name]);
      } catch (error) {
        throw new RangeError(`${name}: ${(error as Error).message}`);
      }
    }
    body.set(tail, this.size);
    return body;
  }

  /** The values at the start of `body`. Throws a RangeError if it is shorter than the layout. */
  decode(body: Uint8Array): Values<F> {
    if (body.length < this.size) {
      throw new RangeError(`expected at least ${this.size} bytes, found ${body.length}`);
    }
    const view = new DataView(body.buffer, body.byteOffset, body.length);
    const values = {} as Values<F>;
    for (const name of Object.keys(this.fields) as (keyof F)[]) {
      values[name] = this.fields[name]!.read(view, this.offsets[name]);
    }
    return values;
  }
}

export function layout<F extends Fields>(fields: F): Layout<F> {
  return new Layout(fields);
}
