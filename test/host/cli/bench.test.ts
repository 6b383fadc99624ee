import { expect, it } from "vitest";
import { nearhop } from "../../command.js";

/** Makes Node not find a package, whether it is installed or not. */
function without(name: string): NodeJS.ProcessEnv {
  const hook = `export async function resolve(specifier, context, next) {
    if (specifier === "${name}") throw Object.assign(new Error("not found"), { code: "ERR_MODULE_NOT_FOUND" });
    return next(specifier, context);
  }`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(dataUrl(hook))});`;
  return { NODE_OPTIONS: `--import ${dataUrl(register)}` };
}

function dataUrl(module: string): string {
  return `data:text/javascript,${encodeURIComponent(module)}`;
}

it("a package that --against needs and that is not installed is named before anything is measured", () => {
  expect(nearhop(["bench", "--against"], "", without("maxmind"))).toEqual({
    code: 3,
    out: "",
    err: 'nearhop: --against needs the npm package maxmind, a development dependency: run "npm ci" in a clone, or "npm install --no-save maxmind"\n',
  });
});

it("a table without a prefix is refused", () => {
  expect(nearhop(["bench", "--table", "-"], "# nothing\n")).toEqual({
    code: 2,
    out: "",
    err: "nearhop: standard input: expected at least one prefix, found none\n",
  });
});
