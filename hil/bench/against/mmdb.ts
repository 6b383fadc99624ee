/**
 * A prefix table as a MaxMind DB (format 2.0, MaxMind DB File Format Specification): a binary tree over the address bits
 * as nodes of two records, the data, and what a reader must know of both. The data of a prefix is the number of its next
 * hop.
 */
import type { Routes } from "../../../host/tables/routes.js";
import { SearchTree } from "./search-tree.js";

/** Data types. */
const STRING = 2;
const UINT16 = 5;
const UINT32 = 6;
const MAP = 7;
const UINT64 = 9;
const ARRAY = 11;

/** Types from here on stand in a byte of their own, less 7. */
const EXTENDED = 8;

/** Zeros between the tree and the data. */
const SEPARATOR = 16;

const METADATA_MARKER = Buffer.concat([Buffer.of(0xab, 0xcd, 0xef), Buffer.from("MaxMind.com")]);

/** Records have 24 bits where that suffices, else 32, unless `recordSize` tells. */
export function writeMmdb(routes: Routes, recordSize?: 24 | 32): Buffer {
  const tree = new SearchTree(routes);
  const data = dataSection(routes.nextHops.length);
  const beyond = tree.nodes + SEPARATOR;
  const size = recordSize ?? (beyond + data.bytes.length < 1 << 24 ? 24 : 32);
  const pointers = data.offsets.map(offset => beyond + offset);
  return Buffer.concat([
    treeSection(tree, pointers, size),
    Buffer.alloc(SEPARATOR),
    data.bytes,
    METADATA_MARKER,
    metadata(routes, tree.nodes, size),
  ]);
}

function treeSection(tree: SearchTree, pointers: number[], recordSize: number): Buffer {
  const width = recordSize / 8;
  const bytes = Buffer.alloc(tree.nodes * 2 * width);
  for (let record = 0; record < tree.nodes * 2; record++) {
    const value = tree.valueOf(record, tree.nodes, pointers);
    if (width === 4) bytes.writeUInt32BE(value, record * width);
    else bytes.writeUIntBE(value, record * width, width);
  }
  return bytes;
}

/** Each number once, and where it stands. */
function dataSection(count: number): { bytes: Buffer; offsets: number[] } {
  const offsets: number[] = [];
  let length = 0;
  const parts = Array.from({ length: count }, (_, number) => {
    const part = unsigned(UINT32, number);
    offsets.push(length);
    length += part.length;
    return part;
  });
  return { bytes: Buffer.concat(parts), offsets };
}

function metadata({ family }: Routes, nodes: number, recordSize: number): Buffer {
  return map({
    node_count: unsigned(UINT32, nodes),
    record_size: unsigned(UINT16, recordSize),
    ip_version: unsigned(UINT16, family),
    database_type: text("nearhop"),
    languages: control(ARRAY, 0),
    binary_format_major_version: unsigned(UINT16, 2),
    binary_format_minor_version: unsigned(UINT16, 0),
    build_epoch: unsigned(UINT64, 0),
    description: map({}),
  });
}

/** Type and size, the latter below 29. */
function control(type: number, size: number): Buffer {
  return type < EXTENDED ? Buffer.of((type << 5) | size) : Buffer.of(size, type - 7);
}

/** Below 2^32, in as few bytes as it takes: none for 0. */
function unsigned(type: number, value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.concat([control(type, bytes.length), Buffer.from(bytes)]);
}

function text(value: string): Buffer {
  return Buffer.concat([control(STRING, value.length), Buffer.from(value)]);
}

function map(values: Record<string, Buffer>): Buffer {
  const entries = Object.entries(values);
  return Buffer.concat([
    control(MAP, entries.length),
    ...entries.flatMap(([key, value]) => [text(key), value]),
  ]);
}
