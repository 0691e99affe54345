import type { SourceText } from "./sourceText.js";

/**
 * Whether the file says that it is generated: a line `// Code generated … DO NOT EDIT.` before the first text that is
 * neither a comment nor blank (go.dev/s/generatedcode).
 */
export function isGenerated(source: SourceText): boolean {
  const marker = /^\/\/ Code generated .* DO NOT EDIT\.\r?$/;
  const pieces = /\s+|\/\/[^\n]*|\/\*[^]*?\*\//y;
  const text = source.text;
  for (let match = pieces.exec(text); match !== null; match = pieces.exec(text)) {
    const startsLine = match.index === 0 || text[match.index - 1] === "\n";
    if (startsLine && marker.test(match[0])) return true;
  }
  return false;
}
