import type { AgainstFigures, ContenderFigures } from "../../../hil/bench/against/against.js";
import { columns } from "../columns.js";
import { megabytes, millions, spread } from "./cells.js";

export function againstText({ addresses, families }: AgainstFigures): string[] {
  return families.map(({ family, prefixes, contenders }) =>
    [
      `IPv${family} against others: ${prefixes} prefixes, ${addresses} addresses inside them`,
      columns([
        ["", "M/s", "spread", "MB", "in", "load, ms", "other answers"],
        ...contenders.map(one => [
          one.name,
          millions(one.lookups),
          spread(one.lookups),
          megabytes(one.bytes),
          one.memory,
          one.load.toFixed(0),
          otherAnswers(one),
        ]),
      ]),
      contenders.flatMap(({ name, version }) => (version === null ? [] : `${name} ${version}`)).join(", "),
    ].join("\n"),
  );
}

function otherAnswers({ different, differentDefault }: ContenderFigures): string {
  return differentDefault > 0 ? `${different}, ${differentDefault} default` : `${different}`;
}
