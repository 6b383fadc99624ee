import { writeOutput } from "./output.js";

/** First what takes no file, so that a file that cannot be written costs no figure. */
export async function writeFigures(figures: object, text: string, json: string | undefined): Promise<void> {
  if (json !== "-") process.stdout.write(text);
  if (json !== undefined) await writeOutput(json, `${JSON.stringify(figures, null, 2)}\n`);
}
