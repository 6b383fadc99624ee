/** What a YAML file is checked with: values and mappings that say what they must look like. */
import { z } from "zod";

/** What a check says when it refuses; `problem.ts` makes it the error's `expected` and `found`. */
export interface Complaint {
  expected: string;
  found?: string;
}

/** A value read by `read`, which gives undefined for what does not look as `expected` says. */
export function parsed<T>(expected: string, read: (value: unknown) => T | undefined) {
  return z.unknown().transform((value, context): T => {
    const result = read(value);
    if (result !== undefined) return result;
    context.addIssue({ code: "custom", params: { expected } satisfies Complaint });
    return z.NEVER;
  });
}

/** A mapping without any other keys; a complaint about one lists those there are. */
export function object<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: issue =>
      issue.code === "unrecognized_keys" ? `one of ${Object.keys(shape).join(", ")}` : undefined,
  });
}

export function whole(least: number, most: number) {
  return parsed(`a whole number from ${least} to ${most}`, value =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? (value as number)
      : undefined,
  );
}

export const text = parsed("text", value => (typeof value === "string" ? value : undefined));
export const flag = parsed("true or false", value => (typeof value === "boolean" ? value : undefined));
