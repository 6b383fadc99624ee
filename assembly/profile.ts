/**
 * The build profile. `asconfig.json` defines `PROFILE_MCU` for the `mcu` target only, so these are compile-time
 * constants and the branch not taken is not compiled in.
 */

// @ts-ignore: defined on the compiler's command line
export const MCU: bool = isDefined(PROFILE_MCU);

/**
 * Route sets are numbered below this, so that a forwarding table's leaf is one byte (`mcu`) or two (`host`, whose
 * leaves need one value more).
 */
export const SET_LIMIT: u32 = MCU ? 0xff : 0xfffe;

/** "No route set": what a lookup without a match gives. */
export const NO_SET: u32 = MCU ? 0xff : 0xffff;
