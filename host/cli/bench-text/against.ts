import type { AgainstFigures, ContenderFigures } from "../../../hil/bench/against/against.js";
import { columns } from "../columns.js";
import { megabytes, millions, spread } from "./cells.js";

export function againstText({ addresses, families }: AgainstFigures): string[] {
  return families.map(({ family, prefixes, contenders }) =>
    [
      `IPv${family} against others: ${prefixes} prefixes, ${addresses} addresses inside them`,
      columns([
        ["", "lookups, M/s", "", "MB", "of", "load, ms", "other answers"],
        ...contenders.map(one => [
          one.version === null ? one.name : `${one.name} ${one.version}`,
          millions(one.lookups),
          spread(one.lookups),
          megabytes(one.bytes),
          one.memory,
          one.load.toFixed(0),
          otherAnswers(one),
        ]),
      ]),
    ].join("\n"),
  );
}

function otherAnswers({ different, differentDefault }: ContenderFigures): string {
  return differentDefault > 0 ? `${different}, ${differentDefault} by the default route` : `${different}`;
}
