/** Text of sources and file names without what steers terminals and the direction of writing. */

/**
 * Control characters (those of ESC sequences among them), and the marks that turn text around (Unicode Standard Annex 9,
 * 2.1 to 2.4; CVE-2021-42574). Line feeds and tabs are left to whoever lays out the text.
 */
// eslint-disable-next-line no-control-regex -- They are what is looked for.
const steering = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)/g;

/** The text with such characters as Go writes them in literals: `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return text.replace(steering, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
