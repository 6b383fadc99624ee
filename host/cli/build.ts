import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { boardNames, imageDirectory } from "../../firmware/build/board.js";
import { buildImage, type Image } from "../../firmware/build/image.js";
import { imageSizes } from "../../firmware/build/size.js";
import { progress } from "./progress.js";
import { sizesText } from "./sizes-text.js";

interface Options {
  all?: true;
  out?: string;
  unchecked?: true;
}

export function register(program: Command): void {
  const command = program
    .command("build")
    .argument("[BOARD]", `board: ${boardNames().join(", ")}`)
    .description(
      "Make the image of a board: ELF, BIN, HEX, UF2 where the board takes it, MAP, a size report and checksums",
    )
    .addOption(new Option("--all", "every board").conflicts("out"))
    .option("--out <dir>", "where to (default: build/boards/BOARD)")
    .option(
      "--unchecked",
      "without bounds checks, to measure what they cost (default folder: build/boards-unchecked/BOARD)",
    )
    .action(async (board: string | undefined, options: Options) => {
      if (options.all ? board !== undefined : board === undefined)
        command.error("error: expected either BOARD or --all");
      const names = boardNames();
      if (board !== undefined && !names.includes(board)) {
        command.error(`error: expected a board (${names.join(", ")}), found ${JSON.stringify(board)}`);
      }
      const checked = !options.unchecked;
      for (const name of board === undefined ? names : [board]) {
        const directory = options.out ?? imageDirectory(name, checked);
        if (resolve(directory) === resolve(imageDirectory(name, !checked))) {
          command.error(`error: ${directory} is for images ${checked ? "without" : "with"} bounds checks`);
        }
        process.stdout.write(await report(await build(name, directory, checked), directory, checked));
      }
    });
}

async function build(name: string, directory: string, checked: boolean): Promise<Image> {
  const bar = progress(name);
  try {
    return await buildImage(name, directory, bar.update, undefined, checked);
  } finally {
    bar.done();
  }
}

/** Sizes, which are written beside the image too, and files. */
async function report(image: Image, directory: string, checked: boolean): Promise<string> {
  const sizes = await imageSizes(image.board, directory, checked);
  const file = join(directory, "router.sizes.json");
  await writeFile(file, `${JSON.stringify(sizes, null, 2)}\n`);
  return [
    `${image.board}, core ${sizes.buildHash}${checked ? "" : ", without bounds checks"}`,
    sizesText(sizes),
    "",
    `flash ${image.flash} bytes, RAM ${image.ram} bytes`,
    ...Object.values(image.files),
    file,
    "",
  ].join("\n");
}
