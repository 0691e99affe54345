import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { before, describe, it } from "mocha";
import { Language, type Node, Parser } from "tree-sitter";
import type { SyntaxNode } from "../../../server/src/syntax/goSyntax.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut, testData } from "../../harness/paths.js";

const cases = path.join(testData, "cases");

const relations = [
  "parent",
  "firstNamedChild",
  "lastNamedChild",
  "nextNamedSibling",
  "previousNamedSibling",
  "nextSibling",
  "previousSibling",
] as const;

/** Of texts with errors the library does not know all siblings, so that only the rest is asked there. */
const steadyRelations = ["parent", "firstNamedChild", "lastNamedChild"] as const;

describe("copies of trees", () => {
  let parser: Parser;
  let fields: readonly (string | null)[];

  before(async () => {
    await initializeSyntax(serverOut);
    const language = await Language.load(path.join(serverOut, "tree-sitter-go.wasm"));
    parser = new Parser().setLanguage(language);
    ({ fields } = language);
  });

  it("answer as the library's nodes do, on programs as people write them", () => {
    let count = 0;
    for (const text of sources()) count += compare(text, relations);
    assert.ok(count > 5000, `${count} nodes`);
  });

  it("answer as the library's nodes do within syntax errors", () => {
    const damages = ["}", "(", ":= 😀", "", "func", "`"];
    let errors = 0;
    for (const [index, text] of sources().entries()) {
      const at = (index * 7919) % text.length;
      const damaged = text.slice(0, at) + (damages[index % damages.length] ?? "") + text.slice(at + 3);
      compare(damaged, steadyRelations);
      errors += withTree(new SourceText(damaged), ({ root }) => root.descendantsOfType("ERROR").length);
    }
    assert.ok(errors > 10, `${errors} errors`);
  });

  /** Asks both trees of a text the same; returns how many nodes it has. */
  function compare(text: string, asked: readonly (typeof relations)[number][]): number {
    const tree = parser.parse(text)!;
    try {
      return withTree(new SourceText(text), ({ root }) => {
        const nodes = compareNodes(root, tree.rootNode, asked);
        for (let offset = 0; offset < text.length; offset += 11) {
          const end = Math.min(text.length, offset + (offset % 23));
          same(root.descendantForIndex(offset), tree.rootNode.descendantForIndex(offset), text);
          same(root.descendantForIndex(offset, end), tree.rootNode.descendantForIndex(offset, end), text);
          same(
            root.namedDescendantForIndex(offset, end),
            tree.rootNode.namedDescendantForIndex(offset, end),
            text,
          );
        }
        for (const type of ["identifier", "call_expression", "ERROR", "("])
          sameList(root.descendantsOfType(type), tree.rootNode.descendantsOfType(type), type);
        return nodes;
      });
    } finally {
      tree.delete();
    }
  }

  function compareNodes(copy: SyntaxNode, node: Node, asked: readonly (typeof relations)[number][]): number {
    same(copy, node, "itself");
    assert.equal(copy.text, node.text);
    for (const relation of asked) same(copy[relation], node[relation], relation);
    for (const field of fields) {
      if (field === null) continue;
      same(copy.childForFieldName(field), node.childForFieldName(field), field);
      sameList(copy.childrenForFieldName(field), node.childrenForFieldName(field), field);
    }
    sameList(copy.namedChildren, node.namedChildren, "named children");
    sameList(copy.children, node.children, "children");
    const below = copy.children.map((child, index) => compareNodes(child!, node.children[index]!, asked));
    return below.reduce((sum, count) => sum + count, 1);
  }
});

function same(copy: SyntaxNode | null, node: Node | null, what: string): void {
  assert.deepEqual(copy && told(copy), node && told(node), what);
}

function sameList(
  copies: readonly (SyntaxNode | null)[],
  nodes: readonly (Node | null)[],
  what: string,
): void {
  assert.deepEqual(
    copies.map((copy) => copy && told(copy)),
    nodes.map((node) => node && told(node)),
    what,
  );
}

function told({ type, startIndex, endIndex, isNamed, isError, isMissing }: SyntaxNode | Node) {
  // The library calls what has no name, such as the zero byte that ends a text without a line end, an error.
  const name = type === "ERROR" && !isError ? "" : type;
  return [name, startIndex, endIndex, isNamed, isError, isMissing];
}

/** Some of the programs of the tests, none with `new` of a value, which is parsed in disguise. */
function sources(): string[] {
  const files = readdirSync(cases, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".go"))
    .sort()
    .filter((_, index) => index % 12 === 0)
    .map((file) => readFileSync(path.join(cases, file), "utf8"))
    .filter((text) => !/\bnew\([^)]*[-+\d(]/.test(text));
}
