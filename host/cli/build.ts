import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { boardNames, imageDirectory } from "../../firmware/build/board.js";
import { buildImage, type Image } from "../../firmware/build/image.js";
import { imageSizes } from "../../firmware/build/size.js";
import { progress } from "./progress.js";
import { sizesText } from "./sizes-text.js";

export function register(program: Command): void {
  const command = program
    .command("build")
    .argument("[BOARD]", `board: ${boardNames().join(", ")}`)
    .description(
      "Make the image of a board: ELF, BIN, HEX, UF2 where the board takes it, MAP, a size report and checksums",
    )
    .addOption(new Option("--all", "every board").conflicts("out"))
    .option("--out <dir>", "where to (default: build/boards/BOARD)")
    .action(async (board: string | undefined, options: { all?: true; out?: string }) => {
      if (options.all ? board !== undefined : board === undefined)
        command.error("error: expected either BOARD or --all");
      const names = boardNames();
      if (board !== undefined && !names.includes(board)) {
        command.error(`error: expected a board (${names.join(", ")}), found ${JSON.stringify(board)}`);
      }
      for (const name of board === undefined ? names : [board]) {
        const directory = options.out ?? imageDirectory(name);
        process.stdout.write(await report(await build(name, directory), directory));
      }
    });
}

async function build(name: string, directory: string): Promise<Image> {
  const bar = progress(name);
  try {
    return await buildImage(name, directory, share => bar.update(share));
  } finally {
    bar.done();
  }
}

/** Sizes, which are written beside the image too, and files. */
async function report(image: Image, directory: string): Promise<string> {
  const sizes = await imageSizes(image.board, directory);
  const file = join(directory, "router.sizes.json");
  await writeFile(file, `${JSON.stringify(sizes, null, 2)}\n`);
  return [
    `${image.board}, core ${sizes.buildHash}`,
    sizesText(sizes),
    "",
    `flash ${image.flash} bytes, RAM ${image.ram} bytes`,
    ...Object.values(image.files),
    file,
    "",
  ].join("\n");
}
