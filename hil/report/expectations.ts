/** Expectations under the moment that they speak of: "after London withdraws" heads all that begins with it. */
import type { Expectation } from "../measure/result.js";

export interface ExpectationGroup {
  /** Empty where an expectation has no such beginning. */
  lead: string;
  /** With the beginning taken off. */
  items: Expectation[];
}

export function groupExpectations(expectations: Expectation[]): ExpectationGroup[] {
  const groups: ExpectationGroup[] = [];
  for (const expectation of expectations) {
    const comma = expectation.text.indexOf(", ");
    const lead = comma < 0 ? "" : expectation.text.slice(0, comma);
    const item = { ...expectation, text: comma < 0 ? expectation.text : expectation.text.slice(comma + 2) };
    const last = groups.at(-1);
    if (last?.lead === lead) last.items.push(item);
    else groups.push({ lead, items: [item] });
  }
  return groups;
}
