import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { nearhop } from "../../command.js";
import { folder } from "../../firmware/folder.js";

const built = fileURLToPath(new URL("../../../dist/host/cli/nearhop.js", import.meta.url));
const link = join(folder(), "nearhop");
symlinkSync(built, link);

it("a wrong option is answered in two lines, which name the help", () => {
  expect(nearhop(["run", "three-sites", "--nope"])).toEqual({
    code: 2,
    out: "",
    err: "error: unknown option '--nope'\n(npx nearhop run --help tells what it takes)\n",
  });
});

it("a hint names the command line as it was started", () => {
  const { npm_command: _, ...bare } = process.env;
  const hint = (env: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [link, "table", "--nope"], { env, encoding: "utf8" }).stderr;
  expect(hint(bare)).toContain("(nearhop table --help ");
  expect(hint({ ...bare, npm_command: "exec" })).toContain("(npx nearhop table --help ");
});
