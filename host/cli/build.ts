import { type Command, Option } from "commander";
import { boardNames, imageDirectory } from "../../firmware/build/board.js";
import { buildImage, type Image } from "../../firmware/build/image.js";
import { columns } from "./columns.js";
import { progress } from "./progress.js";

export function register(program: Command): void {
  const command = program
    .command("build")
    .argument("[BOARD]", `board: ${boardNames().join(", ")}`)
    .description("Make the image of a board: ELF, BIN, HEX, UF2 where the board takes it, MAP and checksums")
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
        process.stdout.write(report(await build(name, options.out ?? imageDirectory(name))));
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

/** Files, and size by section. */
function report(image: Image): string {
  const hex = Buffer.from(image.buildHash).toString("hex");
  const sections = image.sections.map(({ name, address, size }) => [
    name,
    `0x${address.toString(16).padStart(8, "0")}`,
    String(size),
  ]);
  return [
    `${image.board}, core ${hex}`,
    columns([["section", "address", "bytes"], ...sections]),
    `flash ${image.flash} bytes, RAM ${image.ram} bytes`,
    ...Object.values(image.files),
    "",
  ].join("\n");
}
