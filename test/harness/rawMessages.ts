/** The compiler's verdicts read the simplest way there is, so that the real parser has something to be checked against. */
export interface RawMessage {
  /** As printed. */
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
  readonly kind: "moved" | "escapes";
  readonly text: string;
}

/** All heap verdicts of a text, each place and wording once. Names that the compiler made (`#next`) are left out. */
export function rawMessages(output: string): RawMessage[] {
  const messages = new Map<string, RawMessage>();
  for (const line of output.split("\n")) {
    const match = /^([^<].*?):(\d+)(?::(\d+))?: (?:moved to heap: (.+)|(.+) escapes to heap)$/.exec(line);
    if (match === null) continue;
    const [, file = "", row, column, moved, escapes = ""] = match;
    const text = moved ?? escapes;
    if (text.startsWith("#")) continue;
    messages.set(line, {
      file,
      line: Number(row),
      column: column === undefined ? undefined : Number(column),
      kind: moved === undefined ? "escapes" : "moved",
      text,
    });
  }
  return [...messages.values()];
}
