import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** The TypeScript files below a folder, as paths below the root. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter(path => path.endsWith(".ts"))
    .map(path => join(folder, path));
}

/** Every relative import of a folder's files, as paths below the root. */
function imports(folder: string): { from: string; to: string }[] {
  return sources(folder).flatMap(from => {
    const text = readFileSync(join(root, from), "utf8");
    return [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, path]) => ({
      from,
      to: relative(root, join(root, dirname(from), path!)),
    }));
  });
}

function strangers(folder: string, allowed: RegExp): string[] {
  return imports(folder)
    .filter(({ from, to }) => !allowed.test(to) && !from.startsWith("host/cli/"))
    .map(({ from, to }) => `${from} imports ${to}`);
}

it("the core imports nothing outside itself", () => {
  expect(strangers("assembly", /^assembly\//)).toEqual([]);
});

it("the library imports neither the rig nor, but for its images, the firmware", () => {
  expect(strangers("host", /^(host|firmware\/build)\//)).toEqual([]);
});

it("the rig imports only the library and, to measure boards, what is known of their images", () => {
  const outside = strangers("hil", /^(hil|host)\//).filter(
    line => !/^hil\/bench\/board\/\S+ imports firmware\/build\/(board|current|size)\.js$/.test(line),
  );
  expect(outside).toEqual([]);
});

it("only the command line prints and exits", () => {
  const loud = ["host", "hil", "firmware"]
    .flatMap(sources)
    .filter(path => !path.startsWith("host/cli/"))
    .filter(path =>
      /\bconsole\.|process\.(exit|stdout|stderr)\b/.test(readFileSync(join(root, path), "utf8")),
    );
  expect(loud).toEqual([]);
});

it("the C that is written by hand stays small: boards differ by data", () => {
  const lines = readdirSync(join(root, "firmware"), { recursive: true, encoding: "utf8" })
    .filter(path => /\.[ch]$/.test(path))
    .map(path => readFileSync(join(root, "firmware", path), "utf8").split("\n").length - 1);
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(1200);
});
