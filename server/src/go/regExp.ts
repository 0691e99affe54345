/** Text in regular expressions. */

/** The text as a pattern that matches it alone; `/` stays as it is. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
