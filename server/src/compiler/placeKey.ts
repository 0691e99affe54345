import type { CompilerPosition } from "./facts.js";

/** A place as a key of maps and sets. */
export function placeKey({ file, line, column }: CompilerPosition): string {
  return `${file}:${line}:${column ?? ""}`;
}
