/** The variables that one statement declares without values: `var x T`, `var x, y T`, a `var` block, or `x := T{}`. */
import * as l10n from "@vscode/l10n";
import { type Declaration, declaringStatement } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { emptyLiteralType, operands, present } from "../syntax/nodes.js";
import { startsLine } from "./edits.js";
import { refuse } from "./refusal.js";

const { t } = l10n;

export interface DeclaredNames {
  readonly names: readonly SyntaxNode[];
  /** As it is written. */
  readonly type: string;
}

export interface DeclaredTogether {
  readonly statement: SyntaxNode;
  /** One for each `var x, y T`. */
  readonly specs: readonly DeclaredNames[];
}

/** Refuses what begins with a value, and a statement whose text cannot be written anew. */
export function declaredTogether(declaration: Declaration, tree: GoTree): DeclaredTogether {
  const { node, name } = declaration;
  const statement = declaringStatement(declaration);
  if (statement === undefined || !startsLine(tree, statement))
    return refuse(t("`{0}` is not declared on its own.", name.text));
  const nodes = node.type === "var_spec" ? present(statement.descendantsOfType("var_spec")) : [node];
  const specs = nodes.map((each) => (each.type === "var_spec" ? specNames(each) : emptyLiteral(each)));
  if (specs.some(({ type }) => type.includes("\n")))
    refuse(t("The type of `{0}` is written out over several lines.", name.text));
  if (present(statement.descendantsOfType("comment")).length > 0)
    refuse(t("There is a comment among the declarations."));
  return { statement, specs };
}

/** The same of a statement that declares nothing else. */
export function declaredAlone(
  declaration: Declaration,
  tree: GoTree,
): { readonly type: string; readonly statement: SyntaxNode } {
  const { statement, specs } = declaredTogether(declaration, tree);
  const [spec, ...others] = specs;
  if (spec === undefined || others.length > 0 || spec.names.length > 1)
    return refuse(t("`{0}` is not declared on its own.", declaration.name.text));
  return { type: spec.type, statement };
}

function specNames(spec: SyntaxNode): DeclaredNames {
  const names = present(spec.childrenForFieldName("name")).filter(({ isNamed }) => isNamed);
  const type = spec.childForFieldName("type")?.text;
  if (type === undefined || spec.childForFieldName("value") !== null) return refuseValue(names);
  return { names, type };
}

/** `x := T{}`, T a struct or an array. */
function emptyLiteral(node: SyntaxNode): DeclaredNames {
  const names = operands(node.childForFieldName("left") ?? node);
  const value = operands(node.childForFieldName("right") ?? node)[0];
  const type = value === undefined ? undefined : emptyLiteralType(value)?.text;
  const isStructLike = type !== undefined && !/^(?:\[\]|map\[)/.test(type);
  return isStructLike && names.length === 1 ? { names, type } : refuseValue(names);
}

function refuseValue(names: readonly SyntaxNode[]): never {
  return refuse(t("`{0}` is declared with a value in each turn.", names.map(({ text }) => text).join(", ")));
}
