/** Comments that are instructions to tools: assertions about what a function or a line allocates, and suppressions. */
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { present, spanOf, type TextSpan } from "./nodes.js";
import { functionName } from "./functions.js";

/**
 * Whose convention a directive follows: ours (`//escape:`), that of gcassert (`//gcassert:`), or that of gVisor's
 * checkescape (`// +checkescape`, `// +mustescape:`, and `// escapes: REASON` for exemptions).
 */
export type DirectiveTool = "escape" | "gcassert" | "checkescape" | "mustescape" | "escapes";

/** A function declaration, or a func literal where no declaration begins on the line. */
export interface DirectiveFunction {
  /** As the compiler names the declaration; func literals carry the name of the one around them. */
  readonly name: string;
  /** The bare name that calls use; undefined for func literals. */
  readonly bareName: string | undefined;
  readonly isMethod: boolean;
  readonly span: TextSpan;
  /** What to underline: the name, or the word `func`. */
  readonly nameSpan: TextSpan;
}

export interface Directive {
  readonly tool: DirectiveTool;
  /** What follows the tool's name and colon, white space at its ends removed; empty where there is nothing. */
  readonly words: string;
  /** The comment. */
  readonly span: TextSpan;
  /** Go's line (from 1) that it speaks of: its own behind code, else the next one with code; undefined at the end. */
  readonly line: number | undefined;
  /** The function that begins on that line. */
  readonly function: DirectiveFunction | undefined;
}

const conventions: readonly (readonly [DirectiveTool, RegExp])[] = [
  ["escape", /^\/\/escape:(?=[a-z])(.*)$/s],
  ["gcassert", /^\/\/ ?gcassert:([\w,]+)/],
  ["checkescape", /^\/\/ \+checkescape(?::([\w,]*))?/],
  ["mustescape", /^\/\/ \+mustescape:([\w,]*)/],
  ["escapes", /^\/\/ escapes(?=[:.\s]|$):?(.*)$/s],
];

/** Whether a text may hold directives at all: asked before it is parsed. */
export function mayHaveDirectives(text: string): boolean {
  return /\/\/ ?(?:escape:|gcassert:|\+(?:check|must)escape|escapes\b)/.test(text);
}

/** All directives of a file, in source order. Comments within string literals are none. */
export function directives(tree: GoTree): Directive[] {
  const comments = present(tree.root.descendantsOfType("comment"));
  const commentLines = linesOfComments(tree, comments);
  const functions = functionsByLine(tree);
  return comments.flatMap((comment) => {
    const read = readDirective(comment.text);
    if (read === undefined) return [];
    const line = lineOfCode(tree, comment, commentLines);
    return [
      {
        ...read,
        span: spanOf(comment),
        line,
        function: line === undefined ? undefined : functions.get(line),
      },
    ];
  });
}

function readDirective(text: string): Pick<Directive, "tool" | "words"> | undefined {
  for (const [tool, pattern] of conventions) {
    const match = pattern.exec(text);
    if (match !== null) return { tool, words: (match[1] ?? "").trim() };
  }
  return undefined;
}

/** Lines that hold comments and no code. */
function linesOfComments({ source }: GoTree, comments: readonly SyntaxNode[]): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { startIndex, endIndex } of comments) {
    const first = source.lineOf(startIndex);
    const last = source.lineOf(endIndex);
    for (let line = first; line <= last; line++) {
      const before = line === first ? source.text.slice(source.lineStart(line), startIndex) : "";
      const behind = line === last ? source.text.slice(endIndex, source.lineEnd(line)) : "";
      if (before.trim() === "" && behind.trim() === "") lines.add(line);
    }
  }
  return lines;
}

function lineOfCode(
  { source }: GoTree,
  comment: SyntaxNode,
  commentLines: ReadonlySet<number>,
): number | undefined {
  let line = source.lineOf(comment.startIndex);
  if (!commentLines.has(line)) return line;
  for (line++; line <= source.lineCount; line++) {
    const text = source.text.slice(source.lineStart(line), source.lineEnd(line));
    if (!commentLines.has(line) && text.trim() !== "") return line;
  }
  return undefined;
}

/** The outermost function that begins on each line; declarations go before literals, because they contain them. */
function functionsByLine(tree: GoTree): ReadonlyMap<number, DirectiveFunction> {
  const types = ["function_declaration", "method_declaration", "func_literal"];
  const functions = new Map<number, DirectiveFunction>();
  for (const node of present(tree.root.descendantsOfType(types))) {
    const line = tree.source.lineOf(node.startIndex);
    if (functions.has(line)) continue;
    const name = node.childForFieldName("name");
    functions.set(line, {
      name: functionName(node),
      bareName: name?.text,
      isMethod: node.type === "method_declaration",
      span: spanOf(node),
      nameSpan:
        name === null ? { start: node.startIndex, end: node.startIndex + "func".length } : spanOf(name),
    });
  }
  return functions;
}
