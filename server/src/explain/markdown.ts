/** Markdown from untrusted text: nothing that the compiler, a file name or a constant says becomes markup or a link. */
import { visible } from "./visible.js";

/**
 * Escapes text for running markdown (CommonMark 0.31, backslash escapes; HTML is shown as text), wherever in a paragraph it
 * stands. What is markup at the start of a line or within an address only is left alone elsewhere: editors that show
 * markdown as it is written show every escape.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\r\n\u2028\u2029]+/g, " ")
    .replace(/[\\`*_[\]$|~@]/g, "\\$&")
    .replace(/^\s*[-+#>]/, escapedLast)
    .replace(/^\s*\d+[.)]/, escapedLast)
    .replace(/:(?=\/\/)|(?<=www)\./gi, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;");
}

/** With its last character escaped. */
function escapedLast(text: string): string {
  return `${text.slice(0, -1)}\\${text.slice(-1)}`;
}

/** An inline code span around any text: its fence is longer than every run of backticks inside (CommonMark 0.31, 6.1). */
export function codeSpan(text: string): string {
  const line = visible(text).replace(/[\r\n\u2028\u2029]+/g, " ");
  const fence = fenceFor(line, 1);
  return /^[` ]|[` ]$/.test(line) ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A fenced code block around any text. */
export function codeBlock(text: string, language: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${visible(text)}\n${fence}`;
}

/** A link with escaped words; the target must be a URI that we made, and is encoded so that it cannot end early. */
export function link(words: string, uri: string): string {
  return `[${escapeMarkdown(words)}](${uri
    .replace(/[()<>\s\\]/g, encodeURIComponent)
    .replace(/\(/g, "%28")
    .replace(/\)/g, "%29")})`;
}

/** Turns a sentence that quotes code between backticks into markdown: code spans stay, all else is escaped. */
export function sentence(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.length > 1 && part.startsWith("`") ? codeSpan(part.slice(1, -1)) : escapeMarkdown(part),
    )
    .join("");
}

function fenceFor(text: string, shortest: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  return "`".repeat(Math.max(shortest, longest + 1));
}
