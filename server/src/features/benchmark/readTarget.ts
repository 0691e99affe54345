/** What comes from a client with a command about benchmarks, read with care. */
import * as v from "valibot";
import type { BenchmarkTarget } from "../../protocol.js";

const text = v.string();
const fix = v.object({ uri: text, id: text, fix: text, title: text });

const target = v.object({
  uri: text,
  // An empty revision would be the index (gitrevisions, `:path`).
  compare: v.union([v.object({ fix }), v.object({ revision: v.pipe(text, v.nonEmpty()) })]),
  // Names only: they become a pattern.
  benchmarks: v.optional(v.nullable(v.array(v.pipe(text, v.regex(/^Benchmark[\p{L}\p{N}_]*$/u)))), null),
});

/** Undefined for anything else. */
export function readBenchmarkTarget(value: unknown): BenchmarkTarget | undefined {
  const result = v.safeParse(target, value);
  return result.success ? result.output : undefined;
}
