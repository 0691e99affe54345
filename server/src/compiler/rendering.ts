/** The compiler's own lines, as it prints them since Go 1.25, without positions. */
import type { ExplanationFact } from "./facts.js";
import type { HeapMessage } from "./fileFacts.js";

/** The verdict and its explanations, for people who know them by heart. */
export function compilerLines(message: HeapMessage): string[] {
  const verdict =
    message.form === "moved" ? `moved to heap: ${message.text}` : `${message.text} escapes to heap`;
  const lines = [verdict];
  for (const explanation of message.explanations) addLines(lines, explanation);
  return lines;
}

function addLines(lines: string[], { flows, truncated }: ExplanationFact): void {
  for (const { to, operators, from, steps } of flows) {
    lines.push(`  flow: ${to} ← ${operators}${from}:`);
    for (const { text, reason } of steps) lines.push(`    from ${text} (${reason})`);
  }
  if (truncated) lines.push("  warning: truncated explanation due to assignment cycle");
}
