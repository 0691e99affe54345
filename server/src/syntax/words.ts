/** The identifiers of a piece of Go, without a tree: for pieces that are being edited. */

export interface Words {
  /** `x` and `f` of `x.y(f)`: identifiers without a dot before them. */
  readonly free: ReadonlySet<string>;
  /** `y` of `x.y`. */
  readonly selected: ReadonlySet<string>;
  /** `x` of `x.y`: those of the free ones that a dot follows somewhere. */
  readonly qualifying: ReadonlySet<string>;
  /** Those of the free ones that none follows somewhere. */
  readonly alone: ReadonlySet<string>;
}

/** Comments and literals, which hold no identifiers, or an identifier with what stands around it. */
const token =
  /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|((?<!\.)\.\s*)?([\p{L}_][\p{L}\p{N}_]*)(?=(\s*\.(?!\.))?)/gu;

/** Keywords are among them. A comment between an identifier and its dot is not looked through. */
export function wordsOf(text: string): Words {
  const free = new Set<string>();
  const selected = new Set<string>();
  const qualifying = new Set<string>();
  const alone = new Set<string>();
  for (const [, before, word, after] of text.matchAll(token)) {
    if (word === undefined) continue;
    if (before !== undefined) selected.add(word);
    else {
      free.add(word);
      (after === undefined ? alone : qualifying).add(word);
    }
  }
  return { free, selected, qualifying, alone };
}
