/** How directives are written: what an editor offers while one is typed. */
import { type ReasonCode, reasonCodes } from "../analysis/reasonCodes.js";

/** Words of gcassert that are checked. */
export const gcassertWords = ["noescape", "inline", "bce"] as const;
export type GcassertWord = (typeof gcassertWords)[number];

export function isGcassertWord(word: string): word is GcassertWord {
  return (gcassertWords as readonly string[]).includes(word);
}

/** Classes of gVisor's tools/checkescape. */
export const checkescapeClasses: readonly string[] = [
  ...["all", "hard", "heap", "builtin", "local", "stack", "interface", "dynamic", "unknown"],
];

/** Names of the directives that stand alone, with what has to follow. */
export const directiveForms = {
  none: { text: "//escape:none" },
  max: { text: "//escape:max=", hole: "1" },
  allow: { text: "//escape:allow ", hole: "reason" },
  noescape: { text: "//gcassert:noescape" },
  inline: { text: "//gcassert:inline" },
  bce: { text: "//gcassert:bce" },
  checkescape: { text: "// +checkescape" },
  mustescape: { text: "// +mustescape:", hole: "local" },
  escapes: { text: "// escapes: ", hole: "reason" },
} as const satisfies Readonly<Record<string, DirectiveForm>>;

export type DirectiveName = keyof typeof directiveForms;

interface DirectiveForm {
  readonly text: string;
  /** What the person writes in its place, behind the text. */
  readonly hole?: string;
}

/** What may follow what was typed of a comment: how many of its last characters it takes the place of, and what with. */
export type Continuation =
  | { readonly kind: "directive"; readonly typed: number; readonly names: readonly DirectiveName[] }
  | { readonly kind: "gcassert"; readonly typed: number; readonly words: readonly GcassertWord[] }
  | { readonly kind: "class"; readonly typed: number; readonly words: readonly string[] }
  | { readonly kind: "reason"; readonly typed: number; readonly words: readonly ReasonCode[] };

/** The continuations of the start of a line comment; undefined where it is no directive's. */
export function continuationOf(comment: string): Continuation | undefined {
  const list =
    /^(\/\/escape:allow\s+|\/\/ ?gcassert:|\/\/ \+(?:check|must)escape:)(?:[\w-]+,)*([\w-]*)$/.exec(comment);
  if (list === null) {
    const names = (Object.keys(directiveForms) as DirectiveName[]).filter((name) =>
      directiveForms[name].text.startsWith(comment),
    );
    return names.length === 0 ? undefined : { kind: "directive", typed: comment.length, names };
  }
  const [, start = "", word = ""] = list;
  const typed = word.length;
  const fitting = <Word extends string>(words: readonly Word[]) =>
    words.filter((each) => each.startsWith(word));
  if (start.startsWith("//escape")) return { kind: "reason", typed, words: fitting(reasonCodes) };
  if (start.includes("gcassert")) return { kind: "gcassert", typed, words: fitting(gcassertWords) };
  return { kind: "class", typed, words: fitting(checkescapeClasses) };
}
