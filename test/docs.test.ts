import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { nearhop } from "./command.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].concat(
  readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter(path => path.endsWith(".md"))
    .map(path => join("docs", path)),
);

function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

describe("the documentation", () => {
  it.each(pages)("%s links only to what is there", page => {
    const targets = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target!);
    const missing = targets.filter(target => !existsSync(join(root, dirname(page), target)));
    expect(missing).toEqual([]);
  });

  it("shows what the main job prints", () => {
    const sample = /```\n(3 {2}3:00[\s\S]+?)```/.exec(textOf("docs/getting-started.md"))![1]!;
    expect(nearhop(["run", "three-sites"]).out).toContain(sample);
  });

  it("shows a decision case and its answer", () => {
    const [question, answer] = [...textOf("docs/decision-cases.md").matchAll(/```json\n(.+\n)```/g)];
    expect(nearhop(["select"], question![1])).toEqual({ code: 0, out: answer![1], err: "" });
  });
});
