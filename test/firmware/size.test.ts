import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emulatedBoards, readBoard } from "../../firmware/build/board.js";
import { pieces } from "../../firmware/build/map.js";
import { coreNames, roomOf } from "../../firmware/build/names.js";
import { imageSizes, otherRooms } from "../../firmware/build/size.js";
import { modulePath } from "../../host/router/router.js";
import { testImage } from "./image.js";

const assembly = fileURLToPath(new URL("../../assembly/", import.meta.url));
const folders = readdirSync(assembly, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

describe.each(emulatedBoards())("the size report of %s", name => {
  it("gives every byte of the image to a room of assembly/, or to what stands beside it", async () => {
    const { directory } = await testImage(name);
    const { sections, rooms } = await imageSizes(name, directory);
    const known = [...folders, ...Object.values(otherRooms)];
    for (const { room } of rooms) expect(known).toContain(room);
    const bytes = rooms.reduce((sum, { text, rodata, data, bss }) => sum + text + rodata + data + bss, 0);
    expect(bytes).toBe(sections.reduce((sum, { size }) => sum + size, 0));
    const codeOf = (room: string) => rooms.find(one => one.room === room)?.text ?? 0;
    for (const room of ["console", "fib", "forward", "nexthop", "rib"])
      expect(codeOf(room)).toBeGreaterThan(500);
  });

  it("tells what the pools take of linear memory", async () => {
    const { directory } = await testImage(name);
    const { linearMemory } = await imageSizes(name, directory);
    const { bytes, fixed, pools, each } = linearMemory;
    expect(bytes).toBe(readBoard(name).linearMemory);
    expect(fixed + pools).toBe(bytes);
    expect(each.prefixes4).toBeCloseTo(4, 1);
    expect(each.records).toBe(16);
  });
});

describe("a MAP", () => {
  const map = [
    "Discarded input sections",
    "",
    " .text.unused   0x00000000       0x20 main.o",
    "",
    "Linker script and memory map",
    "",
    ".stack          0x20000000     0x1400",
    " *fill*         0x20000000     0x1400 ",
    "                0x20001400                mainStackTop = .",
    "",
    ".text           0x20001400       0x9c",
    " *(.text .text.*)",
    " .text.memcpy   0x20001400       0x70 memory.o",
    " .text.a_name_that_is_long",
    "                0x20001470       0x2a main.o",
    " *fill*         0x2000149a        0x2 ",
    " .text          0x2000149c        0x0 main.o",
  ].join("\n");

  it("is read piece by piece, without what the linker left out", () => {
    expect(pieces(map)).toEqual([
      { section: ".stack", name: null, file: "", size: 0x1400 },
      { section: ".text", name: ".text.memcpy", file: "memory.o", size: 0x70 },
      { section: ".text", name: ".text.a_name_that_is_long", file: "main.o", size: 0x2a },
      { section: ".text", name: null, file: "", size: 2 },
    ]);
  });
});

describe("the names of the core", () => {
  const names = (profile: "host" | "mcu") => coreNames(readFileSync(modulePath(profile)));

  it("are those of its functions in assembly/, by what they are called in C", () => {
    const found = names("mcu");
    expect(found.get("router_poll")).toBe("assembly/schedule/poll");
    expect(found.get("router_poll_0")).toBe("assembly/schedule/poll");
    expect([...found.values()]).toContain("assembly/forward/ipv4/forward4");
  });

  it("say which room a function is of", () => {
    expect(roomOf("assembly/fib/packed4/find<void>")).toBe("fib");
    expect(roomOf("assembly/schedule/poll")).toBeNull();
    expect(roomOf("~lib/polyfills/bswap<u32>")).toBeNull();
  });

  it("are none where the module does not tell them", () => {
    expect(names("host").size).toBe(0);
  });
});
