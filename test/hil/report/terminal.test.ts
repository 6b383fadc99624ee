import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import { terminal } from "../../../hil/report/index.js";
import { example } from "../measure/example.js";
import { hostile } from "./hostile.js";

const report = measure(example());
const plain = terminal(report, { columns: 80, colour: false });
const lines = plain.split("\n");

describe("the terminal", () => {
  it.each([80, 100, 120, 200])("is not overrun at %i columns", columns => {
    for (const line of terminal(report, { columns, colour: false }).split("\n"))
      expect([...line].length).toBeLessThanOrEqual(columns);
  });

  it("shows the same with colour as without", () => {
    const coloured = terminal(report, { columns: 80, colour: true });
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured).replace(/ +$/gm, "")).toBe(plain);
  });

  it("draws who answered when, a letter a column", () => {
    const lane = lines.find(line => line.startsWith("  paris-office v4 udp"))!;
    expect(lane).toMatch(/ L+N+L+×N+L+$/);
    expect(lines.find(line => line.startsWith("  osaka-cafe v6 udp"))).toMatch(/ T+tT+$/);
    expect(plain).toContain("L London  N New York  T Tokyo  × lost");
  });

  it("tells what each event did to each stream", () => {
    const section = lines.slice(lines.findIndex(line => line.includes("London dies silently")));
    expect(section.find(line => line.includes("v4 udp"))).toMatch(/London → New York +30 ms \(20–31\) +3$/);
    expect(section.find(line => line.includes("v4 tcp"))).toMatch(/40 ms \(20–42\) +2 +1 died$/);
    expect(plain).toContain("osaka-cafe: 3 streams undisturbed (Tokyo)");
    expect(plain).toMatch(/full\s+convergence\s+42\s+ms\s+\(23\.5–42\)/);
  });

  it("closes up on the moments of an event", () => {
    const section = lines.slice(lines.findIndex(line => line.includes("London dies silently")));
    expect(section.find(line => line.includes("▼"))).toMatch(/▼ −60 ms to \+102 ms$/);
    expect(section.find(line => /L+×+N+$/.test(line))).toBeDefined();
  });

  it("ends with the expectations and the verdict", () => {
    expect(plain).toContain("✓ paris-office reaches London");
    expect(plain).toContain("✗ after London dies silently, paris-office keeps its sessions");
    expect(plain).toContain("expected 0 broken, found 1 broken (line 45)");
    expect(plain).toContain("FAIL  1 of 3 expectations did not hold");
  });

  it("lets no name of the scenario command it", () => {
    const hurt = terminal(hostile(), { columns: 80, colour: false });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(hurt).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it("says so when the clock stood still for the repairs", () => {
    const still = example();
    for (const repair of still.observations[0]!.repairs) {
      repair.repairTicks = 0;
      repair.reselectTicks = 0;
    }
    expect(terminal(measure(still), { columns: 200, colour: false })).toContain(
      "repaired 2 groups, re-selected 2 route sets, with 2 prefixes (its clock stands still meanwhile)",
    );
  });
});
