import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import { terminal } from "../../../hil/report/index.js";
import { example, SECOND } from "../measure/example.js";
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
    const lane = lines.find(line => line.startsWith("  paris-office v4  L"))!;
    expect(lane).toMatch(/ L+N+L+×N+L+$/);
    expect(lines.find(line => line.startsWith("  osaka-cafe v6"))).toMatch(/ T+tT+$/);
    expect(plain).toContain("L London  N New York  T Tokyo  × lost");
  });

  it("tells what each event did to each route", () => {
    const section = lines.slice(lines.findIndex(line => line.includes("London dies silently")));
    expect(section.find(line => /^ {2}paris-office +v4 /.test(line))).toMatch(
      /London → New York +30 ms \(20–31\) +5 +1 died$/,
    );
    expect(section.find(line => /^ +v6 /.test(line))).toMatch(/London → New York +30 ms \(20–33\.5\) +3$/);
    expect(plain).toContain("osaka-cafe: undisturbed at Tokyo; 1 lost on the link: Osaka-Tokyo");
    expect(plain).toMatch(/full\s+convergence\s+33\.5\s+ms\s+\(23\.5–33\.5\)/);
  });

  it("puts events that would cover one another under one range", () => {
    const flapping = example();
    const [first] = flapping.observations;
    const flaps = [61, 62, 63].map(second => ({
      ...first!.events[0]!,
      id: `flap-${second}`,
      time: second * SECOND,
    }));
    const events = [...first!.events, ...flaps].sort((a, b) => a.time - b.time);
    const text = terminal(measure({ ...flapping, observations: [{ ...first!, events }] }), {
      columns: 80,
      colour: false,
    });
    expect(text).toMatch(/^ +1–4 +5 +6 +7$/m);
  });

  it("closes up on the moments of an event", () => {
    const section = lines.slice(lines.findIndex(line => line.includes("London dies silently")));
    expect(section.find(line => line.includes("▼"))).toMatch(/▼ −30 ms to \+63.5 ms$/);
    expect(section.find(line => /L+×+N+$/.test(line))).toBeDefined();
  });

  it("tells how the figures spread over the repeats, and what that cost each client", () => {
    const section = lines.slice(lines.indexOf("Over all times that an event came"));
    const death = section.slice(section.indexOf("3  London dies silently, in 3 repeats"));
    expect(death[1]).toMatch(
      /^ {2}paris +full convergence +23\.5 ms +33\.5 ms +33\.5 ms +33\.5 ms +19\.1 %$/,
    );
    expect(death.find(line => line.includes("detected after"))).toMatch(
      /20\.2 ms +24\.8 ms +30\.5 ms +30\.5 ms/,
    );
    expect(death.join(" ").replace(/ +/g, " ")).toContain(
      "paris-office: lost 0.022 % (16 of 72,000) of its queries; 100 % (3 of 3) of its conversations broke",
    );
    expect(section.join(" ")).toContain("reversion time");
  });

  it("counts how often an event of a flap came", () => {
    const flapping = example();
    const [first] = flapping.observations;
    const events = first!.events.map(event => ({ ...event, like: first!.events[0]!.id }));
    const text = terminal(measure({ ...flapping, observations: [{ ...first!, events }] }), {
      columns: 80,
      colour: false,
    });
    expect(text).toMatch(/^1 {2}London withdraws, 4 times$/m);
  });

  it("ends with the expectations and the verdict", () => {
    expect(plain).toContain("✓ paris-office reaches London");
    expect(plain).toContain("✗ paris-office keeps its sessions");
    expect(plain).toContain("expected 0 broken, found 1 broken (line 45)");
    expect(plain).toContain("FAIL  1 of 3 expectations did not hold");
  });

  it("lets no name of the scenario command it", () => {
    const hurt = terminal(hostile(), { columns: 80, colour: false });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(hurt).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it("tells what was held back, and for how long, with its event and in sum", () => {
    const text = terminal(measure(example()), { columns: 200, colour: false });
    expect(text).toContain("London's route to 198.51.100.0/24 waits to be restored for 10 s");
    expect(text).toContain("Held back\n  paris: London waits to be restored 1 time, for 10 s at most");
  });

  it("says so when the clock stood still for the repairs", () => {
    const still = example();
    for (const repair of still.observations[0]!.repairs) {
      repair.repairTicks = 0;
      repair.reselectTicks = 0;
    }
    const text = terminal(measure(still), { columns: 200, colour: false });
    expect(text).toContain("+30.5 ms repaired 2 groups, re-selected 2 route sets (2 prefixes)");
    expect(text).toContain("The virtual clock stands still while a router computes");
  });
});
