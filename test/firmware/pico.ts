/** What there is of RAM on a Raspberry Pi Pico, and what of it the image takes beside linear memory, in bytes. */
export const pico = {
  ram: 264 * 1024,
  /** The budget. All of it runs from RAM: what comes from flash, through a cache, takes a time that nobody can foretell. */
  text: 64 * 1024,
  stacks: 5 * 1024,
  /** Variables of the runtime and of the drivers, rings of the serial line. */
  variables: 4 * 1024,
};
