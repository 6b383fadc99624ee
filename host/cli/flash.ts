import { type Command, Option } from "commander";
import { boardNames, imageDirectory, readBoard } from "../../firmware/build/board.js";
import { isCurrent } from "../../firmware/build/current.js";
import { buildImage } from "../../firmware/build/image.js";
import { flash } from "../flash/flash.js";
import { commandOf, METHODS, type MethodName, methodsOf, waitForWay } from "../flash/way.js";
import { NEARHOP } from "../nearhop.js";
import { hex } from "../target/scan.js";
import { DEFAULT_BAUD_RATE } from "../transport/serial.js";
import { whole } from "./numbers.js";
import { progress } from "./progress.js";

interface Options {
  port?: string;
  baud: number;
  method?: MethodName;
  wait: number;
  dryRun?: true;
}

const flashable = boardNames().filter(name => readBoard(name).flash.length > 0);

export function register(program: Command): void {
  const command = program
    .command("flash")
    .argument("<BOARD>", `board: ${flashable.join(", ")}`)
    .description("Put the router on a board, and have it prove by HELLO that it is there")
    .option("--port <path>", "where it will answer, as /dev/ttyACM0 (default: any port that nobody holds)")
    .option("--baud <n>", "baud rate", whole(1, 99_999_999), DEFAULT_BAUD_RATE)
    .addOption(
      new Option("--method <method>", "how (default: the first that can be done now)").choices(METHODS),
    )
    .option("--wait <s>", "seconds to wait for the board's drive", whole(0, 1_000_000), 0)
    .option("--dry-run", "print the command, and do nothing")
    .addHelpText(
      "after",
      "\nBuilds the image if its sources are newer. Exit code 3 if no board proves itself.",
    )
    .action(async (name: string, options: Options) => {
      if (!boardNames().includes(name)) {
        command.error(`error: expected a board (${flashable.join(", ")}), found ${JSON.stringify(name)}`);
      }
      await flashBoard(name, options);
    });
}

async function flashBoard(name: string, { port, baud, method, wait, dryRun }: Options): Promise<void> {
  const board = readBoard(name);
  const methods = methodsOf(board, method);
  const directory = imageDirectory(name);
  if (!isCurrent(board, directory)) {
    say(dryRun ? `${NEARHOP} build ${name}` : `building the image of ${name}, as its sources are newer`);
    if (!dryRun) await build(name, directory);
  }
  const drive = methods.find(({ method }) => method === "drive");
  if (wait > 0 && drive && !dryRun) say(`${drive.prepare}: its drive is waited for, up to ${wait} s`);
  const way = await waitForWay(name, methods, dryRun ? 0 : wait * 1000);
  if (drive && !("drive" in way)) {
    say(`no drive of it is mounted (${drive.prepare}), so it goes by ${way.method.method}`);
  }
  say(commandOf(way, directory));
  if (dryRun) return;
  const onOutput = (text: string) => process.stderr.write(text);
  const { path, hello } = await flash(board, way, directory, { port, baudRate: baud, onOutput });
  const { uniqueId, buildHash } = hello;
  process.stdout.write(`${path} answers as ${name}, core ${hex(buildHash)}, unique id ${hex(uniqueId)}\n`);
}

async function build(name: string, directory: string): Promise<void> {
  const bar = progress(name);
  await buildImage(name, directory, bar.update).finally(bar.done);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
