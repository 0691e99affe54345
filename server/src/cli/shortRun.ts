/** Tells V8 that this process lives for seconds: by default its optimizing compiler takes two fifths of what a check does. */
import { setFlagsFromString } from "node:v8";

/**
 * A function is optimized once this many bytes of its bytecode ran, in place of 67,584, and takes a fifth of the callees
 * into itself (v8/src/flags/flag-definitions.h). Beyond that what is won by faster code is less than what its making takes.
 */
const flags = ["--interrupt-budget=500000", "--max-inlined-bytecode-size-cumulative=200"] as const;

/** Flags are named anew now and then, and V8 complains on stderr of those it does not know: this is the one of Node 20. */
const knownVersion = /^11\./;

/** To be called before the work begins. Other versions of V8 stay as they are: later ones count calls instead. */
export function expectShortRun(): void {
  if (knownVersion.test(process.versions.v8)) for (const flag of flags) setFlagsFromString(flag);
}
