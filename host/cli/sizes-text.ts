import { capacities } from "../../firmware/build/pools.js";
import type { Sizes } from "../../firmware/build/size.js";
import { columns } from "./columns.js";

/** What an image is made of: by section, by room, and where linear memory goes. */
export function sizesText({ sections, rooms, linearMemory }: Sizes): string {
  const total = (of: "text" | "rodata" | "data" | "bss") =>
    `${rooms.reduce((sum, room) => sum + room[of], 0)}`;
  const { bytes, fixed, pools, each } = linearMemory;
  return [
    columns([
      ["section", "address", "bytes"],
      ...sections.map(({ name, address, size }) => [
        name,
        `0x${address.toString(16).padStart(8, "0")}`,
        `${size}`,
      ]),
    ]),
    columns([
      ["room", "text", "rodata", "data", "bss"],
      ...rooms.map(({ room, text, rodata, data, bss }) => [room, ...[text, rodata, data, bss].map(String)]),
      ["all", total("text"), total("rodata"), total("data"), total("bss")],
    ]),
    [
      "Rooms are folders of assembly/; what was inlined counts where it was inlined.",
      `Linear memory: ${bytes} bytes, ${fixed} of them fixed, ${pools} for pools.`,
    ].join("\n"),
    columns([
      ["one more of", "bytes", "in"],
      ...Object.entries(capacities).map(([name, where]) => [
        name,
        each[name as keyof typeof each].toFixed(1),
        where,
      ]),
    ]),
  ].join("\n\n");
}
