/**
 * A package with one function as it is being edited, and of all others only what decides what escapes from it: the bodies
 * of those that the compiler may inline, and stand-ins for those that it calls, whose parameters go where they went when all
 * was compiled. The compiler is through with that in a third of the time, and says the same of the function.
 *
 * What is called is told by name alone, so that too much is kept rather than too little.
 */
import type { CalleeSummaries } from "../compiler/calleeSummaries.js";
import type { FileBodies, FunctionBody } from "../syntax/functionBodies.js";
import type { TextSpan } from "../syntax/nodes.js";
import type { SourceText } from "../syntax/sourceText.js";
import { type Words, wordsOf } from "../syntax/words.js";
import { type Replacement, replaced } from "./applyEdit.js";
import { standInFor, standInPrelude } from "./standIns.js";

/** What a package was when all of it was compiled. */
export class ExcerptBase {
  /** By absolute path. */
  readonly files: ReadonlyMap<string, BaseFile>;
  readonly summaries: CalleeSummaries;
  readonly #functions = new Map<string, PlacedFunction[]>();
  readonly #methods = new Map<string, PlacedFunction[]>();

  constructor(files: ReadonlyMap<string, BaseFile>, summaries: CalleeSummaries) {
    this.files = files;
    this.summaries = summaries;
    for (const [file, { bodies }] of files) {
      for (const each of bodies?.functions ?? []) {
        const named = each.isMethod ? this.#methods : this.#functions;
        const equals = named.get(each.ownName);
        if (equals === undefined) named.set(each.ownName, [{ file, function: each }]);
        else equals.push({ file, function: each });
      }
    }
  }

  /** All functions that may be called by these words. */
  calledBy({ free, selected }: Words): PlacedFunction[] {
    return [
      ...Array.from(free, (name) => this.#functions.get(name) ?? []),
      ...Array.from(selected, (name) => this.#methods.get(name) ?? []),
    ].flat();
  }
}

export interface BaseFile {
  readonly source: SourceText;
  /** Undefined where the file has to stay as it is. */
  readonly bodies: FileBodies | undefined;
}

export interface Excerpt {
  /** The file that was edited; absolute path. */
  readonly file: string;
  /** The lines of the function that was edited, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Whether callers had its body before: what is said of its lines was not all said of itself. */
  readonly wasInlined: boolean;
  /** By absolute path, in which all of these lines stand where they do in the file. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What differs from the base. */
interface Edited {
  readonly file: string;
  /** What is replaced: a function, or nothing between two declarations. */
  readonly span: TextSpan;
  /** Undefined where the text is new. */
  readonly function: FunctionBody | undefined;
  readonly text: string;
}

interface PlacedFunction {
  readonly file: string;
  readonly function: FunctionBody;
}

/**
 * The excerpt for texts (by absolute path) that differ from those of the base within the body of one function, or in
 * declarations that came between two others; undefined where they differ otherwise, and for a function with type parameters,
 * of which the compiler says nothing but for its uses.
 */
export function excerptOf(base: ExcerptBase, texts: ReadonlyMap<string, SourceText>): Excerpt | undefined {
  const edited = editedPart(base, texts);
  if (edited === undefined || edited.function?.isGeneric === true) return undefined;
  const whole = new Set<string>();
  for (;;) {
    const selection = new Selection(base, edited, whole);
    const unclear = selection.unclearFiles();
    if (unclear.length === 0) return selection.excerpt();
    for (const file of unclear) whole.add(file);
  }
}

function editedPart(base: ExcerptBase, texts: ReadonlyMap<string, SourceText>): Edited | undefined {
  if (base.files.size !== texts.size) return undefined;
  const changed = [...texts].filter(
    ([file, { contents }]) => base.files.get(file)?.source.contents !== contents,
  );
  const [file, source] = changed[0] ?? [];
  if (changed.length !== 1 || file === undefined || source === undefined) return undefined;
  const known = base.files.get(file);
  if (known?.bodies === undefined || /\r(?!\n)/.test(source.text)) return undefined;
  const [before, after] = [known.source.text, source.text];
  const { start, end } = difference(before, after);
  const growth = after.length - before.length;
  const edited = known.bodies.functions.find(({ body }) => body.start < start && end < body.end);
  if (edited !== undefined) {
    const text = after.slice(edited.span.start, edited.span.end + growth);
    return edited.isAlone ? { file, span: edited.span, function: edited, text } : undefined;
  }
  if (start !== end) return undefined;
  const at = placeBetween(known, after, start, growth);
  if (at === undefined) return undefined;
  return { file, span: { start: at, end: at }, function: undefined, text: after.slice(at, at + growth) };
}

/** The stretch of `before` in which the two differ. */
function difference(before: string, after: string): TextSpan {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = before.length;
  const least = start + before.length - shorter;
  while (
    end > least &&
    before.charCodeAt(end - 1) === after.charCodeAt(end - 1 + after.length - before.length)
  )
    end--;
  return { start, end };
}

/**
 * Where whole lines were put between two declarations. What was put in may as well have been put in further up, where
 * it ends as what stands before it: `func` of the next function seems to be the first word of a new one.
 */
function placeBetween(
  { source, bodies }: BaseFile,
  after: string,
  found: number,
  length: number,
): number | undefined {
  const { text } = source;
  const isBetween = (at: number): boolean =>
    (at === text.length || at === source.lineStart(source.lineOf(at))) &&
    at > (bodies?.afterImports ?? Infinity) &&
    bodies?.declarations.every(({ start, end }) => at <= start || end <= at) === true;
  for (let at = found; at >= 0; at--) {
    if (isBetween(at)) return at;
    if (text[at - 1] !== after[at - 1 + length]) return undefined;
  }
  return undefined;
}

/** Which bodies are kept, and what stands in for others. */
class Selection {
  readonly #base: ExcerptBase;
  readonly #edited: Edited;
  /** Files of which all bodies are kept. */
  readonly #whole: ReadonlySet<string>;
  /** The words of kept bodies. */
  readonly #kept = new Map<FunctionBody, Words>();
  readonly #standIns = new Map<FunctionBody, string>();
  /** Functions that are analyzed together with the one that was edited. */
  readonly #group: ReadonlySet<string>;
  /** The words of what was added between declarations. */
  readonly #added: Words | undefined;
  /** By file, of those of which bodies are left out. */
  readonly #imports: ReadonlyMap<string, readonly Import[]>;

  constructor(base: ExcerptBase, edited: Edited, whole: ReadonlySet<string>) {
    this.#base = base;
    this.#edited = edited;
    this.#whole = whole;
    const { function: known, span, text } = edited;
    this.#group = known === undefined ? new Set() : base.summaries.groupOf(known.name);
    const words = wordsOf(known === undefined ? text : text.slice(known.body.start - span.start));
    if (known === undefined) this.#added = words;
    else this.#kept.set(known, words);
    const seen: Words[] = [words];
    for (const { source, bodies } of base.files.values())
      if (bodies === undefined) seen.push(wordsOf(source.text));
    for (let words = seen.pop(); words !== undefined; words = seen.pop())
      for (const callee of base.calledBy(words)) seen.push(...this.#reach(callee));
    this.#imports = new Map([...base.files.keys()].map((file) => [file, this.#importsOf(file)]));
  }

  /** The words of the callee, where it is kept and was not yet. */
  #reach(callee: PlacedFunction): Words[] {
    const { function: body, file } = callee;
    if (this.#kept.has(body) || this.#standIns.has(body)) return [];
    const source = this.#base.files.get(file)?.source;
    const summary = this.#base.summaries.of(body.name);
    const isApart = !body.isGeneric && !this.#group.has(body.name);
    const canStandIn = isApart && !this.#whole.has(file) && summary?.canInline === false;
    const standIn =
      canStandIn && source !== undefined ? standInFor(body, source.text, summary.targets) : undefined;
    if (standIn === undefined) return [this.#keep(callee)];
    this.#standIns.set(body, standIn);
    return [];
  }

  #keep({ file, function: body }: PlacedFunction): Words {
    const text = this.#base.files.get(file)?.source.text ?? "";
    const words = wordsOf(text.slice(body.body.start, body.body.end));
    this.#kept.set(body, words);
    return words;
  }

  /** Files of which the names do not tell whether an import is still used. */
  unclearFiles(): string[] {
    return [...this.#imports.keys()].filter((file) =>
      this.#imports.get(file)?.some(({ isUsed }) => isUsed === undefined),
    );
  }

  #isWhole(file: string): boolean {
    return this.#whole.has(file) || this.#base.files.get(file)?.bodies === undefined;
  }

  #importsOf(file: string): Import[] {
    const bodies = this.#base.files.get(file)?.bodies;
    if (bodies === undefined || this.#whole.has(file)) return [];
    const kept = this.#keptIn(file, bodies);
    return bodies.imports.map(({ names, place }) => {
      if (names.length === 0) return { place, isUsed: undefined };
      if (names.some((each) => bodies.words.qualifying.has(each))) return { place, isUsed: true };
      const uses = kept.filter(({ words }) => names.some((name) => words.qualifying.has(name)));
      const isShadowed = ({ words, declared }: KeptWords) =>
        names.some((name) => declared.has(name) || words.alone.has(name));
      if (uses.some((each) => !isShadowed(each))) return { place, isUsed: true };
      return { place, isUsed: uses.length === 0 ? false : undefined };
    });
  }

  #keptIn(file: string, { functions }: FileBodies): KeptWords[] {
    const kept = functions.flatMap((each) => {
      const words = this.#kept.get(each);
      return words === undefined ? [] : [{ words, declared: each.declared }];
    });
    const isAddedTo = this.#added !== undefined && this.#edited.file === file;
    return isAddedTo ? [...kept, { words: this.#added, declared: new Set() }] : kept;
  }

  excerpt(): Excerpt {
    const { file, span, function: edited, text } = this.#edited;
    const texts = new Map<string, string>();
    let hasPrelude = false;
    for (const [each, { source, bodies }] of this.#base.files) {
      if (bodies === undefined) continue;
      const changes = this.#isWhole(each) ? [] : this.#changesIn(each, source.text, bodies);
      if (each === file) changes.push({ ...span, newText: text });
      if (!hasPrelude) {
        const at = bodies.afterPackageClause;
        changes.push({ start: at, end: at, newText: standInPrelude.head });
        changes.push({ start: source.text.length, end: source.text.length, newText: standInPrelude.tail });
        hasPrelude = true;
      }
      if (changes.length === 0) continue;
      // What is put in goes before what begins at the same place.
      changes.sort((a, b) => a.start - b.start || a.end - b.end);
      texts.set(each, replaced(source.text, changes));
    }
    const firstLine = this.#base.files.get(file)?.source.lineOf(span.start) ?? 1;
    const lastLine = firstLine + newlines(text.replace(/\n$/, ""));
    const wasInlined = edited !== undefined && this.#base.summaries.of(edited.name)?.canInline !== false;
    return { file, firstLine, lastLine, wasInlined, texts };
  }

  #changesIn(file: string, text: string, bodies: FileBodies): Replacement[] {
    const unused = (this.#imports.get(file) ?? []).filter(({ isUsed }) => isUsed === false);
    const others = bodies.functions.filter((each) => !this.#kept.has(each));
    return [
      ...unused.map(({ place }) => ({ ...place, newText: "_ " })),
      ...others.map((each) => {
        const { span, body } = each;
        const standIn = this.#standIns.get(each);
        const head = text.slice(span.start, body.start);
        const lines = newlines(text.slice(body.start, body.end));
        const without =
          standIn === undefined
            ? `${head}{for{}}${"\n".repeat(lines)}`
            : `//go:noinline\n${head}${standIn}${"\n".repeat(lines - 1)}`;
        return { ...span, newText: without };
      }),
    ];
  }
}

interface Import {
  readonly place: TextSpan;
  /** Whether it is used in what is kept of its file; undefined where names alone do not tell. */
  readonly isUsed: boolean | undefined;
}

/** The words of a piece that is kept, and the names that its function's signature declares. */
interface KeptWords {
  readonly words: Words;
  readonly declared: ReadonlySet<string>;
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
