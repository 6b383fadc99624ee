import type { Command } from "commander";
import { Router } from "../router/router.js";
import { decide } from "../select/decide.js";
import { readCases } from "../select/read-cases.js";
import { openInput, readAll } from "../tables/input.js";
import { writeOutput } from "./output.js";
import { progress } from "./progress.js";

export function register(program: Command): void {
  program
    .command("select")
    .argument("[FILE]", "decision cases, one JSON object a line; - is standard input", "-")
    .description("Decide which path is best, as the router does: JSON Lines in, one answer a line out")
    .addHelpText(
      "after",
      '\nAn answer is {"id","best","multipath","step"}, and "after_withdraw" where a case has "withdraw_peer".\nWhere the order of arrival counts, the best is the one that BIRD 2 takes.',
    )
    .action(async (file: string) => {
      const input = openInput(file);
      const cases = readCases(input.name, (await readAll(input)).toString());
      const router = await Router.load();
      const bar = progress("cases");
      const answers = cases.map((decisionCase, index) => {
        bar.update(index / cases.length);
        return `${JSON.stringify(decide(router, decisionCase))}\n`;
      });
      bar.done();
      await writeOutput("-", answers);
    });
}
