/** `NEARHOP_LONG=1` asks the tests that have a long mode for millions of steps instead of thousands. */
export const LONG = process.env.NEARHOP_LONG === "1";
