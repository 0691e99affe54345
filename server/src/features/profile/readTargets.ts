/** What comes from a client with the commands about profiles, read with care. */
import * as v from "valibot";
import type { ProfileTarget, TestTarget } from "../../protocol.js";

const profileTarget = v.object({
  sources: v.pipe(v.array(v.string()), v.minLength(1)),
  before: v.optional(v.array(v.string()), []),
  metric: v.optional(v.picklist(["alloc", "inuse"]), "alloc"),
});

const testTarget = v.object({ uri: v.string(), line: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/** Undefined for anything else. */
export function readProfileTarget(value: unknown): ProfileTarget | undefined {
  const result = v.safeParse(profileTarget, value);
  return result.success ? result.output : undefined;
}

/** Undefined for anything else. */
export function readTestTarget(value: unknown): TestTarget | undefined {
  const result = v.safeParse(testTarget, value);
  return result.success ? result.output : undefined;
}
