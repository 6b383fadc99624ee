/** What building, emulating, flashing and testing take: programs, and what was built with them. */
import { existsSync } from "node:fs";
import { boardNames, imageDirectory, readBoard } from "../../firmware/build/board.js";
import { isCurrent } from "../../firmware/build/current.js";
import { findProgram, packages, type Tool } from "../../firmware/build/tools.js";
import { NEARHOP } from "../nearhop.js";
import { modulePath } from "../router/router.js";
import { type Check, required, type Use } from "./check.js";

export function examinePrograms(): Check[] {
  const { node } = process.versions;
  const boards = boardNames();
  return [
    required(
      "Node.js 20.19 or newer",
      "run",
      isNewEnough(node) ? node : null,
      `this is ${node}: install a newer one`,
    ),
    file("router core", "run", modulePath("host"), "npm run build:core"),
    file("router core for boards", "build", modulePath("mcu"), "npm run build:core"),
    tool("arm-none-eabi-gcc", "build"),
    tool("arm-none-eabi-objcopy", "build"),
    tool("qemu-system-arm", "emulate"),
    ...boards.map(image),
    ...boards.flatMap(wayToFlash),
    ...(["socat", "ip", "bird"] as const).map(name => tool(name, "test")),
    required(
      "Chromium",
      "test",
      ["chromium", "chromium-browser", "google-chrome"].map(findProgram).find(path => path !== null) ?? null,
      "npm run setup, or apt-get install chromium",
    ),
  ];
}

function isNewEnough(version: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  return major! > 20 || (major === 20 && minor! >= 19);
}

function file(what: string, use: Use, path: string, remedy: string): Check {
  return required(what, use, existsSync(path) ? path : null, remedy);
}

function tool(name: Tool, use: Use): Check {
  return required(name, use, findProgram(name), `npm run setup, or apt-get install ${packages[name]}`);
}

function image(name: string): Check {
  const directory = imageDirectory(name);
  const found = isCurrent(readBoard(name), directory) ? directory : null;
  return required(`image of ${name}`, "emulate", found, `${NEARHOP} build ${name}`);
}

/** One of a board's methods is enough, and a drive needs no program. Nobody has all boards, so that none has to have one. */
function wayToFlash(name: string): Check[] {
  const methods = readBoard(name).flash.map(({ method }) => method);
  if (methods.length === 0) return [];
  const what = `a way to flash ${name}`;
  const found = methods.find(method => method === "drive" || findProgram(method) !== null);
  if (found !== undefined) return [{ what, use: "flash", state: "ok", text: found }];
  const wanted = methods.flatMap(method => (method === "drive" ? [] : [packages[method]]));
  return [{ what, use: "flash", state: "advice", text: `apt-get install one of ${wanted.join(", ")}` }];
}
