/** Where functions of given names are called, as far as names and imports tell without types. */
import { asCall, type CallSyntax } from "./calls.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { importSpecs, lastElement } from "./imports.js";
import { operands, present, spanOf, type TextSpan, withoutParentheses } from "./nodes.js";
import { perTree } from "./perTree.js";
import { declarationOf, isPackageLevel } from "./scopes.js";

export interface CallSite {
  /** The bare name of what is called. */
  readonly name: string;
  /** The call without its arguments: `x.f`. */
  readonly calleeSpan: TextSpan;
  /** Offset of the `(`, which is where the compiler places the call. */
  readonly open: number;
  /** `own`: a function of this package; `method`: of a value; else the import path of the function's package. */
  readonly of:
    { readonly kind: "own" | "method" } | { readonly kind: "package"; readonly importPath: string };
}

/** The calls of functions and methods with one of the names, in source order. */
export function callSites(tree: GoTree, names: ReadonlySet<string>): CallSite[] {
  const imports = importedPackages(tree.root);
  const nodes = present(tree.root.descendantsOfType(["call_expression", "type_conversion_expression"]));
  return nodes.flatMap((node) => {
    const call = asCall(node);
    if (call === undefined) return [];
    const callee = withoutParentheses(call.callee);
    const target = targetOf(withoutTypeArguments(callee), imports);
    if (target === undefined || !names.has(target.name)) return [];
    return [{ ...target, calleeSpan: spanOf(callee), open: call.open.startIndex }];
  });
}

/** What a call calls, by its name; undefined for a value without a name, and for a local variable. */
export function callTarget({ callee }: CallSyntax): Pick<CallSite, "name" | "of"> | undefined {
  return targetOf(withoutTypeArguments(withoutParentheses(callee)), importedPackages(callee.tree.rootNode));
}

function targetOf(
  callee: SyntaxNode,
  imports: ReadonlyMap<string, string>,
): Pick<CallSite, "name" | "of"> | undefined {
  if (callee.type === "identifier") {
    const declaration = declarationOf(callee);
    // A function of another file of the package is declared nowhere in this one.
    const isOwn = declaration === undefined || isPackageLevel(declaration);
    return isOwn ? { name: callee.text, of: { kind: "own" } } : undefined;
  }
  if (callee.type !== "selector_expression") return undefined;
  const operand = callee.childForFieldName("operand");
  const name = callee.childForFieldName("field")?.text;
  if (operand === null || name === undefined) return undefined;
  const importPath = operand.type === "identifier" ? imports.get(operand.text) : undefined;
  const isPackage = importPath !== undefined && isImported(operand);
  return { name, of: isPackage ? { kind: "package", importPath } : { kind: "method" } };
}

function isImported(operand: SyntaxNode): boolean {
  const declaration = declarationOf(operand);
  return declaration === undefined || declaration.kind === "import";
}

function withoutTypeArguments(callee: SyntaxNode): SyntaxNode {
  if (callee.type !== "index_expression" && callee.type !== "type_instantiation_expression") return callee;
  return operands(callee)[0] ?? callee;
}

/** Import paths by the name under which they are used; without types that is their last part unless they are renamed. */
const importedPackages = perTree(
  (root): ReadonlyMap<string, string> =>
    new Map(importSpecs({ root }).map(({ path, alias }) => [alias ?? lastElement(path), path])),
);
