// A declaration file that nothing can import, and that every program with this module needs.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./treeSitterTypes.d.ts" />
/**
 * The one module that knows tree-sitter. Its trees live in WebAssembly memory, which no garbage collector frees: each is
 * copied as soon as it is there, and freed.
 */
import path from "node:path";
import { Language, Parser, type Tree } from "tree-sitter";
import type { GoTree } from "./goSyntax.js";
import { disguise, unreadNews } from "./newExpressions.js";
import type { SourceText } from "./sourceText.js";
import type { NodeNames, TreeCopy } from "./treeCopy.js";
import { copyTree, type CursorFunctions, isCursorModule } from "./treeWalk.js";

/** Largest source that is parsed, in UTF-16 code units: a tree takes some forty times the size of its text. */
export const sourceLimit = 10 * 1024 * 1024;

/**
 * Code units handed over at once. The library copies each piece into a buffer of 5120 code units, its closing zero
 * included, so that a larger piece would be cut (web-tree-sitter 0.25, tree_sitter_parse_callback).
 */
const pieceLength = 4096;

/** The source is larger than `sourceLimit`, so that there is no tree. */
export class SourceTooLargeError extends Error {
  override readonly name = "SourceTooLargeError";

  constructor(readonly length: number) {
    super(`The source has ${length} characters, more than the ${sourceLimit} that are parsed.`);
  }
}

/** Ready to parse: the parser, its WebAssembly module, and what the language calls its nodes. */
interface Syntax {
  readonly parser: Parser;
  readonly module: CursorFunctions;
  readonly names: NodeNames;
}

let initialization: Promise<void> | undefined;
let syntax: Syntax | undefined;

/**
 * Loads tree-sitter and the Go grammar from `tree-sitter.wasm` and `tree-sitter-go.wasm` in the folder. To be awaited
 * before the first `withTree`; further calls return the first one's promise, unless that one failed.
 */
export function initializeSyntax(wasmDirectory: string): Promise<void> {
  initialization ??= load(wasmDirectory).catch((error: unknown) => {
    initialization = undefined;
    throw error;
  });
  return initialization;
}

async function load(wasmDirectory: string): Promise<void> {
  // Emscripten makes the object that it is given the module itself, and the library calls this one for each tree.
  const module = { locateFile: (name: string) => path.join(wasmDirectory, name) };
  await Parser.init(module);
  if (!isCursorModule(module)) throw new Error("tree-sitter.wasm is not the one that this program knows.");
  const language = await Language.load(path.join(wasmDirectory, "tree-sitter-go.wasm"));
  const { types } = language;
  const isNamed = types.map((_, type) => language.nodeTypeIsNamed(type));
  const fields = new Map(language.fields.flatMap((name, field) => (name === null ? [] : [[name, field]])));
  syntax = { parser: new Parser().setLanguage(language), module, names: { types, fields, isNamed } };
}

/**
 * Parses the source, unless it did so a moment ago, and returns what `read` makes of its tree. Syntax errors give a tree
 * with ERROR nodes. A tree takes many times its text: no node may be kept. Throws SourceTooLargeError, and an Error before
 * `initializeSyntax` has finished.
 */
export function withTree<T>(source: SourceText, read: (tree: GoTree) => T): T {
  const tree = recent.get(source) ?? treeOf(source);
  remember(tree);
  return read(tree);
}

/** As `withTree`, for the only reader of the source: a tree that is not at hand is not kept either. */
export function withTreeOnce<T>(source: SourceText, read: (tree: GoTree) => T): T {
  return recent.has(source) ? withTree(source, read) : read(treeOf(source));
}

/** The trees that were read last, the latest at the end: evidence, fixes and questions read what was just anchored. */
const recent = new Map<SourceText, GoTree>();

/** Nodes that all of them may have, at 25 bytes each; the latest is kept, however many it has. */
let recentLimit = 500_000;
let recentSize = 0;

/** For the command-line tool, which reads whole packages twice: the trees of one of 15 MB or so take 100 MB. */
export function keepManyTrees(): void {
  recentLimit = 4_000_000;
}

function remember(tree: GoTree): void {
  if (!recent.delete(tree.source)) recentSize += tree.root.tree.size;
  recent.set(tree.source, tree);
  for (const [source, { root }] of recent) {
    if (recentSize <= recentLimit || source === tree.source) return;
    recent.delete(source);
    recentSize -= root.tree.size;
  }
}

/** Parses the source ahead of the next `withTree` of this very object, while there is time. Never throws. */
export function prepareTree(source: SourceText): void {
  try {
    withTree(source, () => undefined);
  } catch {
    // Whoever reads the tree is told.
  }
}

/**
 * Milliseconds after which the tree of a file that is compiled is made. The compiler has begun, and says nothing for a
 * while: later it would stand still, as nobody reads what it says.
 */
const aheadPause = 20;

/** Prepares the tree while the compiler is at work; returns what ends that where it has not begun. */
export function prepareTreeAhead(source: SourceText, signal: AbortSignal): () => void {
  const ahead = setTimeout(() => {
    if (!signal.aborted) prepareTree(source);
  }, aheadPause);
  return () => {
    clearTimeout(ahead);
  };
}

function treeOf(source: SourceText): GoTree {
  const { text } = source;
  if (syntax === undefined) throw new Error("initializeSyntax has not finished.");
  if (text.length > sourceLimit) throw new SourceTooLargeError(text.length);
  return { source, root: parse(syntax, text).rootNode };
}

/** Parses the text, a second time where the grammar did not know `new` of a value. */
function parse(go: Syntax, text: string): TreeCopy {
  const first = parseAs(go, text, text);
  const news = unreadNews(first.rootNode, text);
  return news.length === 0 ? first : parseAs(go, text, disguise(text, news));
}

/** The tree of `parsed`, whose nodes give their texts from `text`; both are equally long. */
function parseAs({ parser, module, names }: Syntax, text: string, parsed: string): TreeCopy {
  const tree = parser.parse((index) => piece(parsed, index));
  if (tree === null) throw new Error("tree-sitter returned no tree.");
  try {
    const walked = { address: addressOf(tree), size: tree.rootNode.descendantCount };
    // Puts the module's cursor on the root.
    tree.walk();
    return copyTree(module, walked, names, text);
  } finally {
    tree.delete();
  }
}

/** The library's classes keep the address of what they stand for under 0, which its types do not tell. */
function addressOf(tree: Tree): number {
  return (tree as unknown as readonly number[])[0] ?? 0;
}

/** The text from the index on, no longer than the buffer and never ending within a surrogate pair. */
function piece(text: string, index: number): string {
  const end = index + pieceLength;
  const last = text.charCodeAt(end - 1);
  return text.slice(index, last >= 0xd800 && last < 0xdc00 ? end - 1 : end);
}
