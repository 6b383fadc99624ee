/** Options that the commands on prefix tables share. */
import { Option } from "commander";
import { tableFormats } from "../tables/load.js";
import { DEFAULT_NEXT_HOPS } from "../tables/next-hops.js";
import { NEXT_HOP_LIMIT } from "../tables/routes.js";
import { whole } from "./numbers.js";

export function formatOption(): Option {
  return new Option("--format <format>", "of the table; told from its content unless given").choices(
    tableFormats,
  );
}

export function nextHopsOption(): Option {
  return new Option(
    "--next-hops <n>",
    "how many next hops are given out, by Zipf's law, to prefixes without one",
  )
    .argParser(whole(1, NEXT_HOP_LIMIT))
    .default(DEFAULT_NEXT_HOPS);
}

export function seedOption(what = "which next hops they get"): Option {
  return new Option("--seed <n>", what).argParser(whole(0, 0xffff_ffff)).default(1);
}
