/** What comes back from a client with a code action or a command, read with care. */
import * as v from "valibot";
import type { FixAllTarget, FixTarget } from "../protocol.js";
import { readerOf } from "./readerOf.js";

const text = v.string();

export const fixTarget = v.object({ uri: text, id: text, fix: text, title: text });

export const readFixTarget = readerOf<FixTarget>(fixTarget);

export const readFixAllTarget = readerOf<FixAllTarget>(
  v.object({ uri: text, scope: v.picklist(["file", "package"]), kind: v.nullable(text) }),
);
