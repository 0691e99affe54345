/** What comes back from a client with a code action or a command, read with care. */
import type { FixAllTarget, FixTarget } from "../protocol.js";

/** Undefined for anything else. */
export function readFixAllTarget(value: unknown): FixAllTarget | undefined {
  const { uri, scope, kind } = record(value);
  if (typeof uri !== "string" || (scope !== "file" && scope !== "package")) return undefined;
  return kind === null || typeof kind === "string" ? { uri, scope, kind } : undefined;
}

/** Undefined for anything else. */
export function readFixTarget(value: unknown): FixTarget | undefined {
  const { uri, id, fix, title } = record(value);
  const all = [uri, id, fix, title];
  if (!all.every((each) => typeof each === "string")) return undefined;
  const [uriText = "", idText = "", fixText = "", titleText = ""] = all;
  return { uri: uriText, id: idText, fix: fixText, title: titleText };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
