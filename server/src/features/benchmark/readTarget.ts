/** What comes from a client with a command about benchmarks, read with care. */
import * as v from "valibot";
import type { BenchmarkTarget } from "../../protocol.js";
import { fixTarget } from "../fixTargets.js";
import { readerOf } from "../readerOf.js";

const text = v.string();

export const readBenchmarkTarget = readerOf<BenchmarkTarget>(
  v.object({
    uri: text,
    // An empty revision would be the index (gitrevisions, `:path`).
    compare: v.union([v.object({ fix: fixTarget }), v.object({ revision: v.pipe(text, v.nonEmpty()) })]),
    // Names only: they become a pattern.
    benchmarks: v.optional(v.nullable(v.array(v.pipe(text, v.regex(/^Benchmark[\p{L}\p{N}_]*$/u)))), null),
  }),
);
