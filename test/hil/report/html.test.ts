import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import { html } from "../../../hil/report/index.js";
import { example, SECOND } from "../measure/example.js";
import { elementsOf } from "./elements.js";
import { HOSTILE, hostile } from "./hostile.js";

const report = measure(example());
const page = html(report);
const { elements, text } = elementsOf(page);

describe("the page", () => {
  it("loads nothing", () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|url\((?!#)|\bsrc=/i);
    expect(elements.filter(({ name }) => ["link", "img", "iframe", "object"].includes(name))).toEqual([]);
    expect(page).toContain("default-src 'none'");
  });

  it("is the same for the same report", () => {
    expect(html(measure(example()))).toBe(page);
  });

  it("answers the three questions in text", () => {
    expect(text).toContain("paris-office");
    expect(text).toContain("London dies silently");
    expect(text).toMatch(/30 ms\s*\(20–31\)/);
    expect(text).toContain("1 died");
    expect(text).toContain("adapted from RFC 6412, RFC 6413 and RFC 6414");
    expect(text).not.toMatch(/complian/i);
  });

  it("draws every lost packet of a close up as a cross, and every answered one as a dot", () => {
    const crosses = elements.filter(({ attributes }) => attributes.class === "cross");
    expect(crosses).toHaveLength(3 + 3 + 2);
    expect(
      elements.filter(({ name, attributes }) => name === "circle" && attributes.class === "site").length,
    ).toBeGreaterThan(50);
  });

  it("shows a 30 ms gap in ten minutes", () => {
    const lost = elements.filter(({ name, attributes }) => name === "rect" && attributes.class === "lost");
    expect(lost).toHaveLength(3);
    for (const { attributes } of lost) expect(Number.parseFloat(attributes.x!)).toBeCloseTo(50, 1);
  });

  it("marks and links every event", () => {
    const flags = elements.filter(({ attributes }) => attributes.class === "flag");
    expect(flags.map(({ attributes }) => attributes.href)).toEqual([
      "#event-1",
      "#event-2",
      "#event-3",
      "#event-4",
    ]);
    const ids = elements.map(({ attributes }) => attributes.id).filter(id => id !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of flags) expect(ids).toContain(attributes.href!.slice(1));
  });

  it("names every picture for those who cannot see it", () => {
    const ids = new Set(elements.map(({ attributes }) => attributes.id));
    const pictures = elements.filter(({ attributes }) => attributes.role === "img");
    expect(pictures.length).toBeGreaterThan(8);
    for (const { attributes } of pictures) {
      const named = (attributes["aria-labelledby"] ?? "").split(" ");
      if (attributes["aria-label"] === undefined) for (const id of named) expect(ids).toContain(id);
    }
    expect(text).toMatch(/paris-office v4 udp: London until 1:00\.011, New York until 3:10\.001/);
  });

  it("draws how the figures spread over the repeats, by failure and return", () => {
    const bars = elements.filter(({ attributes }) => attributes.class === "bar");
    // Of two routes: the gap of the death alone, and after which time each of the four events was settled.
    const figures = elements.filter(({ name }) => name === "figure");
    expect(figures.filter(({ attributes }) => attributes.class === "reversion")).toHaveLength(2 * 2);
    expect(figures.filter(({ attributes }) => attributes.class === "initial")).toHaveLength(2 * 3);
    expect(bars).toHaveLength(2 * (1 + 1 + 2 + 2 + 1));
    expect(text).toContain("London dies silently, in 3 repeats");
    expect(text).toContain("100 % (3 of 3)");
    expect(text).toMatch(/gap: paris-office v4, London dies silently\. median 30 ms, p99 30 ms, max 30 ms/);
  });

  it("says nothing of how an event spreads that came once", () => {
    const once = { ...example(), observations: example().observations.slice(0, 1) };
    expect(elementsOf(html(measure(once))).text).not.toContain("Over all times");
  });

  it("keeps every percentage inside the picture", () => {
    for (const { name, attributes } of elements)
      for (const key of ["x", "x1", "x2", "cx", "width"] as const) {
        const value = attributes[key];
        if (name === "svg" || value === undefined || !value.endsWith("%")) continue;
        expect(Number.parseFloat(value)).toBeGreaterThanOrEqual(0);
        expect(Number.parseFloat(value)).toBeLessThanOrEqual(100);
      }
  });

  it("stays small however often a stream changes", () => {
    const restless = example();
    restless.observations = restless.observations.slice(0, 1);
    const [stream] = restless.observations[0]!.streams;
    const [span] = stream!.spans;
    stream!.spans = Array.from({ length: stream!.packets }, (_, first) => ({
      ...span!,
      first,
      packets: 1,
      site: first % 2 === 0 ? "London" : "New York",
    }));
    expect(html(measure(restless)).length).toBeLessThan(600_000);
  });

  it("folds many events, under one table of them all", () => {
    const all = example();
    const [shown] = all.observations;
    const flaps = Array.from({ length: 20 }, (_, i) => ({
      ...shown!.events[0]!,
      id: `flap-${i}`,
      time: (500 + i) * SECOND,
    }));
    const many = measure({ ...all, observations: [{ ...shown!, events: [...shown!.events, ...flaps] }] });
    const found = elementsOf(html(many)).elements;
    expect(
      found.filter(({ name, attributes }) => name === "details" && attributes.class === "card"),
    ).toHaveLength(24);
    expect(found.filter(({ attributes }) => attributes.class === "flag").length).toBeLessThan(10);
  });

  it("tells the streams of one route together", () => {
    const all = example();
    const shown = structuredClone(all.observations[0]!);
    shown.streams.push({ ...shown.streams[2]! }, { ...shown.streams[2]! });
    const found = elementsOf(html(measure({ ...all, observations: [shown] }))).text;
    expect(found).toContain("v4 tcp ×3");
    expect(found).toContain("3 died");
  });

  it("is drawn for a run without events, streams or expectations", () => {
    const all = example();
    const bare = { ...all.observations[0]!, events: [], streams: [], repairs: [], loads: [] };
    expect(() => elementsOf(html(measure({ ...all, observations: [bare], expectations: [] })))).not.toThrow();
  });
});

describe("names out of the scenario", () => {
  it("stay text in the page", () => {
    const found = elementsOf(html(hostile()));
    const names = new Set(elements.map(({ name }) => name));
    const attributes = new Set(elements.flatMap(one => Object.keys(one.attributes)));
    for (const one of found.elements) {
      expect(names).toContain(one.name);
      for (const key of Object.keys(one.attributes)) expect(attributes).toContain(key);
    }
    expect(found.elements.filter(({ name }) => name === "script")).toHaveLength(1);
    expect(found.text).toContain(HOSTILE.slice(0, 40));
  });
});
