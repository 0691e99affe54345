import type { FlowStep } from "../compiler/facts.js";
import type { SiteFlowStep } from "./site.js";

/** A step at the place that the compiler names, in a file whose text is not at hand: bytes count as characters. */
export function stepAt({ position, reason, text }: FlowStep): SiteFlowStep {
  if (position === undefined) return { reason, text, file: null, range: null };
  const place = { line: position.line - 1, character: (position.column ?? 1) - 1 };
  return { reason, text, file: position.file, range: { start: place, end: place } };
}
