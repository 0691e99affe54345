/** `moved to heap: X`: the declaring identifier, or the place of a copy of it that the compiler made. */
import type { DeclarationKind } from "../declarations.js";
import type { SyntaxNode } from "../goSyntax.js";
import { present } from "../nodes.js";
import { declarationOf, isPackageLevel } from "../scopes.js";
import type { Finding, NodeForm, Target } from "./anchor.js";

const forms: Partial<Record<DeclarationKind, NodeForm>> = {
  parameter: "parameter",
  receiver: "receiver",
  result: "result",
  "range-variable": "range-variable",
  "type-switch-variable": "type-switch-variable",
  "select-variable": "select-variable",
};

/** The variable that is declared at the token; undefined when it has another name than the message says. */
export function variableAt({ token, message }: Target): Finding | undefined {
  if (token.type !== "identifier" || !isNamed(token, message.text)) return undefined;
  const declaration = declarationOf(token);
  const nodeForm = declaration === undefined ? "variable" : (forms[declaration.kind] ?? "variable");
  const isGlobal = nodeForm === "variable" && declaration !== undefined && isPackageLevel(declaration);
  return { quality: "exact", nodeForm: isGlobal ? "package-variable" : nodeForm, node: token };
}

/** Imported generic functions are compiled with names qualified by their package: `sync.d` for `d`. */
function isNamed(identifier: SyntaxNode, rendered: string): boolean {
  return rendered === identifier.text || rendered.endsWith(`.${identifier.text}`);
}

/**
 * The variable of a type switch, which each clause has for itself. The compiler gives it the place of the clause's last
 * type, or of `default` (cmd/compile/internal/noder/writer.go, switchStmt). That type is what is underlined: it says
 * which of the variables is meant, and several that escape do not end on one identifier.
 */
export function typeSwitchVariableAt({ token, message }: Target): Finding | undefined {
  const clause = typeClauseAround(token);
  const alias = clause?.parent?.childForFieldName("alias");
  if (clause === undefined || !message.text.split(".").includes(alias?.text ?? "")) return undefined;
  const types = present(clause.childrenForFieldName("type")).filter((type) => type.isNamed);
  const node = clause.type === "default_case" ? token : types.at(-1);
  return node === undefined ? undefined : { quality: "exact", nodeForm: "type-switch-variable", node };
}

function typeClauseAround(token: SyntaxNode): SyntaxNode | undefined {
  for (let node = token.parent; node !== null; node = node.parent) {
    if (node.type === "type_case") return isInTypes(node, token) ? node : undefined;
    if (node.type === "default_case") return token.type === "default" ? node : undefined;
    if (node.type === "block" || node.type === "statement_list") return undefined;
  }
  return undefined;
}

function isInTypes(clause: SyntaxNode, token: SyntaxNode): boolean {
  return present(clause.childrenForFieldName("type")).some(
    (type) => type.startIndex <= token.startIndex && token.endIndex <= type.endIndex,
  );
}
