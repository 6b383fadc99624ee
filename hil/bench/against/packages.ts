/** The packages that a user of Node would take today. They are development dependencies, there only in a clone. */
import { createRequire } from "node:module";
import { prefixText } from "../../../host/tables/address-printer.js";
import type { Routes } from "../../../host/tables/routes.js";
import { TargetError } from "../../../host/target-error.js";
import type { Contender } from "./contender.js";
import { writeMmdb } from "./mmdb.js";

/** Throws a TargetError where one is not installed. */
export async function contenders(): Promise<Contender[]> {
  return [await maxmind(), await longestPrefixMatch()];
}

/** A package and its version. Throws a TargetError where it is not installed. */
export async function importPackage(name: string): Promise<{ module: unknown; version: string }> {
  try {
    const module: unknown = await import(name);
    const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
    return { module, version };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new TargetError(
      `--against needs the npm package ${name}, a development dependency: run "npm ci" in a clone, or "npm install --no-save ${name}"`,
    );
  }
}

interface Maxmind {
  Reader: new (database: Buffer) => { get(address: string): unknown };
}

async function maxmind(): Promise<Contender> {
  const { module, version } = await importPackage("maxmind");
  const { Reader } = module as Maxmind;
  return {
    name: "maxmind",
    version,
    memory: "buffer",
    prepare(routes) {
      const database = writeMmdb(routes);
      return {
        bytes: database.length,
        load() {
          const reader = new Reader(database);
          return { query: address => address, lookup: query => reader.get(query) as number | null };
        },
      };
    },
  };
}

interface LongestPrefixMatch {
  default: new () => {
    addPrefix(prefix: string, data: number): void;
    getMatch(prefix: string): number[];
  };
}

async function longestPrefixMatch(): Promise<Contender> {
  const { module, version } = await importPackage("longest-prefix-match");
  const { default: Trie } = module as LongestPrefixMatch;
  return {
    name: "longest-prefix-match",
    version,
    memory: "heap",
    prepare(routes) {
      const prefixes = prefixTexts(routes);
      return {
        bytes: 0,
        load() {
          const trie = new Trie();
          prefixes.forEach((prefix, row) => {
            trie.addPrefix(prefix, routes.nextHopOf[row]!);
          });
          const suffix = routes.family === 4 ? "/32" : "/128";
          return {
            query: address => address + suffix,
            lookup: query => trie.getMatch(query)[0] ?? null,
          };
        },
      };
    },
  };
}

function prefixTexts(routes: Routes): string[] {
  const words = new Uint32Array(4);
  return Array.from({ length: routes.count }, (_, row) => {
    routes.read(row, words);
    return prefixText(routes.family, words, routes.lengths[row]!);
  });
}
