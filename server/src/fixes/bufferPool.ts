/** The package variable that buffers are taken from: one that is there already, or a place and a name for a new one. */
import path from "node:path";
import { functionDeclaration } from "../syntax/functions.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { present } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import type { FixInput } from "./fix.js";

/** A pool of plain buffers as fixes and people write it; its users are free to put them back filled. */
const declaration =
  /^var (\w+) = sync\.Pool\{New: func\(\) (?:any|interface\{\}) \{ return (?:new\(bytes\.Buffer\)|&bytes\.Buffer\{\}) \}\}$/m;

/** Name of the package's own pool of buffers, if it is compiled wherever the site is: by file in order, the site's first. */
export function poolInPackage({ site, snapshot }: FixInput): string | undefined {
  const own = snapshot.texts.get(site.file);
  const files = [...snapshot.texts].filter(([file, { text }]) => isAlwaysCompiled(file, text)).sort();
  for (const text of [own, ...files.map(([, source]) => source)]) {
    const name = declaration.exec(text?.text ?? "")?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** No tests, no build constraints, and no name that may be one (`_linux.go`; `go help buildconstraint`). */
function isAlwaysCompiled(file: string, text: string): boolean {
  return !path.basename(file).includes("_") && !/^\/\/(?:go:build| ?\+build)\b/m.test(text);
}

/** Whether something in the function of the node has the name, so that it does not mean the package's variable there. */
export function isShadowed(name: string, node: SyntaxNode): boolean {
  const top = functionDeclaration(node);
  const uses = present(top?.descendantsOfType("identifier") ?? []).filter((each) => each.text === name);
  return uses.some((use) => {
    const found = declarationOf(use);
    return found !== undefined && !isPackageLevel(found);
  });
}

/** A name that no file of the package has, tests and what is compiled elsewhere included. */
export function freePackageName(input: FixInput, base: string): string {
  const texts = [...input.snapshot.texts.values()]
    .map(({ text }) => text)
    .concat(...input.filesBeside.values());
  let name = base;
  for (let number = 2; texts.some((text) => new RegExp(`\\b${name}\\b`).test(text)); number++)
    name = `${base}${number}`;
  return name;
}

/** The declaration with the comments that belong to it. */
export function firstLine(declaration: SyntaxNode): SyntaxNode {
  let first = declaration;
  for (
    let before = first.previousNamedSibling;
    before?.type === "comment";
    before = before.previousNamedSibling
  ) {
    if (/\n\s*\n/.test(textBetween(before, first))) break;
    first = before;
  }
  return first;
}

function textBetween(before: SyntaxNode, after: SyntaxNode): string {
  const root = before.parent;
  return root === null
    ? ""
    : root.text.slice(before.endIndex - root.startIndex, after.startIndex - root.startIndex);
}
