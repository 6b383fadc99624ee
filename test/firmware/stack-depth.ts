import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** More than any function takes that is not in the call graphs: the divisions of libgcc, and what drivers call by pointer. */
const OTHERS = 96;

/**
 * The most bytes of stack that each function of an image takes with all that it calls, by the call graphs that GCC left in the
 * folder of the image. Throws an Error where there is no most: in recursion. Functions of one name count as one, which
 * calls what any of them does.
 */
export function stackDepths(directory: string): Map<string, number> {
  const frames = new Map<string, number>();
  const calls: { from: string; to: string }[] = [];
  for (const file of readdirSync(directory).filter(name => name.endsWith(".ci"))) {
    const graph = readFileSync(join(directory, file), "utf8");
    const nodes = /^node: \{ title: "(?:.*:)?(\S+)" label: "[^"]*\\n(\d+) bytes \(static\)/gm;
    const edges = /^edge: \{ sourcename: "(?:.*:)?(\S+)" targetname: "(?:.*:)?(\S+)" label/gm;
    for (const [, name, bytes] of graph.matchAll(nodes)) {
      frames.set(name!, Math.max(Number(bytes), frames.get(name!) ?? 0));
    }
    for (const [, from, to] of graph.matchAll(edges)) calls.push({ from: from!, to: to! });
  }
  const depths = new Map<string, number>();
  const measure = (name: string, callers: readonly string[]): number => {
    const path = [...callers, name];
    if (callers.includes(name)) throw new Error(`recursion: ${path.join(" -> ")}`);
    const frame = frames.get(name);
    if (frame === undefined) return OTHERS;
    if (!depths.has(name)) {
      const below = calls.filter(({ from }) => from === name).map(({ to }) => measure(to, path));
      depths.set(name, frame + Math.max(0, ...below));
    }
    return depths.get(name)!;
  };
  for (const name of frames.keys()) measure(name, []);
  return depths;
}
