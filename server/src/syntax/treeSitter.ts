// A declaration file that nothing can import, and that every program with this module needs.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./treeSitterTypes.d.ts" />
/** The one module that knows tree-sitter. Trees live in WebAssembly memory, which no garbage collector frees. */
import path from "node:path";
import { Language, Parser, type Tree } from "tree-sitter";
import type { GoTree } from "./goSyntax.js";
import { disguise, unreadNews } from "./newExpressions.js";
import type { SourceText } from "./sourceText.js";

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

let initialization: Promise<void> | undefined;
let parser: Parser | undefined;
/** A tree that was made before anybody asked. */
let prepared: { readonly source: SourceText; readonly tree: Tree } | undefined;

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
  await Parser.init({ locateFile: (name: string) => path.join(wasmDirectory, name) });
  const language = await Language.load(path.join(wasmDirectory, "tree-sitter-go.wasm"));
  parser = new Parser().setLanguage(language);
}

/**
 * Parses the source and returns what `read` makes of its tree; the tree is freed when `read` has returned or thrown, so
 * no node may leave it. Syntax errors give a tree with ERROR nodes. Throws SourceTooLargeError, and an Error before
 * `initializeSyntax` has finished.
 */
export function withTree<T>(source: SourceText, read: (tree: GoTree) => T): T {
  const tree = takePrepared(source) ?? treeOf(source);
  try {
    return read({ source, root: tree.rootNode });
  } finally {
    tree.delete();
  }
}

/**
 * Parses the source ahead of the next `withTree` of this very object, while there is time. There is one such tree at most;
 * who has one made calls `dropPreparedTree` in the end.
 */
export function prepareTree(source: SourceText): void {
  dropPreparedTree();
  if (source.text.length <= sourceLimit) prepared = { source, tree: treeOf(source) };
}

/** Frees the tree that was prepared and that nobody asked for. */
export function dropPreparedTree(): void {
  prepared?.tree.delete();
  prepared = undefined;
}

function takePrepared(source: SourceText): Tree | undefined {
  if (prepared?.source !== source) return undefined;
  const { tree } = prepared;
  prepared = undefined;
  return tree;
}

function treeOf({ text }: SourceText): Tree {
  if (parser === undefined) throw new Error("initializeSyntax has not finished.");
  if (text.length > sourceLimit) throw new SourceTooLargeError(text.length);
  return parse(parser, text);
}

/** Parses the text, a second time where the grammar did not know `new` of a value. */
function parse(goParser: Parser, text: string): Tree {
  const first = parseAs(goParser, text, text);
  const news = unreadNews(first.rootNode, text);
  if (news.length === 0) return first;
  first.delete();
  return parseAs(goParser, text, disguise(text, news));
}

/** The tree of `parsed`, whose nodes give their texts from `text`; both are equally long. */
function parseAs(goParser: Parser, text: string, parsed: string): Tree {
  let current = parsed;
  const tree = goParser.parse((index) => piece(current, index));
  if (tree === null) throw new Error("tree-sitter returned no tree.");
  current = text;
  return tree;
}

/** The text from the index on, no longer than the buffer and never ending within a surrogate pair. */
function piece(text: string, index: number): string {
  const end = index + pieceLength;
  const last = text.charCodeAt(end - 1);
  return text.slice(index, last >= 0xd800 && last < 0xdc00 ? end - 1 : end);
}
