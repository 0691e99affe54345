/** What comes from a client with the commands about profiles, read with care. */
import * as v from "valibot";
import type { ProfileTarget, TestTarget } from "../../protocol.js";
import { readerOf } from "../readerOf.js";

export const readProfileTarget = readerOf<ProfileTarget>(
  v.object({
    sources: v.pipe(v.array(v.string()), v.minLength(1)),
    before: v.optional(v.array(v.string()), []),
    metric: v.optional(v.picklist(["alloc", "inuse"]), "alloc"),
  }),
);

export const readTestTarget = readerOf<TestTarget>(
  v.object({ uri: v.string(), line: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
);
