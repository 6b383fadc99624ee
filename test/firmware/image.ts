/**
 * The images that tests run, each built once: into a folder of its own below build/, where it stays until something that it
 * is made of changes. Of several tests that want it at the same time, one builds it.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import { buildImage, type Image } from "../../firmware/build/image.js";
import { requireTool } from "../../firmware/build/tools.js";
import { takeLock } from "../../host/lock.js";
import { modulePath } from "../../host/router/router.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Milliseconds to wait for another test that builds. */
const PATIENCE = 300_000;

export interface TestImage extends Image {
  directory: string;
}

/** The image of `board` with the router core, or with another `core` under a `name` that it has to itself. */
export async function testImage(board: string, core = modulePath("mcu"), name = board): Promise<TestImage> {
  const directory = join(root, "build", "test-images", name);
  const record = join(directory, "image");
  const release = await takeLock(directory, { wait: PATIENCE });
  try {
    const key = keyOf(directory, core);
    const found = existsSync(record) ? deserialize(readFileSync(record)) : null;
    if (found?.key === key) return found.image;
    rmSync(directory, { recursive: true, force: true });
    const image = { ...(await buildImage(board, directory, () => {}, core)), directory };
    writeFileSync(record, serialize({ key, image }));
    return image;
  } finally {
    release();
  }
}

/** Of all that an image is made of, and of where it lies. */
function keyOf(directory: string, core: string): string {
  const hash = createHash("sha256").update(directory);
  hash.update(execFileSync(requireTool("arm-none-eabi-gcc"), ["--version"]));
  const sources = ["firmware", "host/protocol", "package-lock.json"].map(name => join(root, name));
  for (const file of [core, ...sources.flatMap(filesOf)]) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap(name => filesOf(join(path, name)));
}
