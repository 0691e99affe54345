/** Which names statements and signatures declare. */
import type { SyntaxNode } from "./goSyntax.js";
import { ancestor, isSame, operands, present, token } from "./nodes.js";

export type DeclarationKind =
  | "variable"
  | "parameter"
  | "receiver"
  | "result"
  | "range-variable"
  | "type-switch-variable"
  | "select-variable"
  | "constant"
  | "type"
  | "function"
  | "import";

/** One declared name. Holds nodes: it stays within `withTree`. */
export interface Declaration {
  readonly kind: DeclarationKind;
  readonly name: SyntaxNode;
  /** The statement, spec, parameter or function that declares the name. */
  readonly node: SyntaxNode;
}

/** The names that a statement or top-level declaration adds to the scope that it stands in. */
export function declaredBy(statement: SyntaxNode): Declaration[] {
  switch (statement.type) {
    case "short_var_declaration":
      return listed(statement.childForFieldName("left"), "variable", statement);
    case "var_declaration":
      return specs(statement, "var_spec", "variable");
    case "const_declaration":
      return specs(statement, "const_spec", "constant");
    case "type_declaration":
      return [...specs(statement, "type_spec", "type"), ...specs(statement, "type_alias", "type")];
    case "function_declaration":
      return named(statement, "name", "function");
    case "labeled_statement":
      return operands(statement).flatMap((child) => declaredBy(child));
    default:
      return [];
  }
}

/** The names that hold within a statement only: those of its header. */
export function declaredInHeader(statement: SyntaxNode): Declaration[] {
  const initializer = statement.childForFieldName("initializer");
  const header = initializer === null ? [] : declaredBy(initializer);
  switch (statement.type) {
    case "for_statement":
      return [...header, ...operands(statement).flatMap((child) => declaredByClause(child))];
    case "type_switch_statement":
      return [...header, ...listed(statement.childForFieldName("alias"), "type-switch-variable", statement)];
    case "communication_case":
      return declaredByClause(statement.childForFieldName("communication"));
    default:
      return header;
  }
}

function declaredByClause(clause: SyntaxNode | null): Declaration[] {
  if (clause === null) return [];
  if (clause.type === "for_clause") {
    const initializer = clause.childForFieldName("initializer");
    return initializer === null ? [] : declaredBy(initializer);
  }
  if (token(clause, ":=") === undefined) return [];
  if (clause.type === "range_clause")
    return listed(clause.childForFieldName("left"), "range-variable", clause);
  if (clause.type === "receive_statement")
    return listed(clause.childForFieldName("left"), "select-variable", clause);
  return [];
}

/** Receiver, parameters, named results and type parameters of a function, method or func literal. */
export function declaredBySignature(definition: SyntaxNode): Declaration[] {
  return [
    ...parameters(definition.childForFieldName("receiver"), "receiver"),
    ...parameters(definition.childForFieldName("parameters"), "parameter"),
    ...parameters(definition.childForFieldName("result"), "result"),
    ...parameters(definition.childForFieldName("type_parameters"), "type"),
  ];
}

function parameters(list: SyntaxNode | null, kind: DeclarationKind): Declaration[] {
  if (list === null) return [];
  return operands(list).flatMap((parameter) => named(parameter, "name", kind));
}

function specs(declaration: SyntaxNode, type: string, kind: DeclarationKind): Declaration[] {
  return operands(declaration)
    .flatMap((child) => (child.type === "var_spec_list" ? operands(child) : [child]))
    .filter((spec) => spec.type === type)
    .flatMap((spec) => named(spec, "name", kind));
}

function named(node: SyntaxNode, field: string, kind: DeclarationKind): Declaration[] {
  return present(node.childrenForFieldName(field))
    .filter((child) => child.isNamed)
    .map((name) => ({ kind, name, node }));
}

function listed(list: SyntaxNode | null, kind: DeclarationKind, node: SyntaxNode): Declaration[] {
  if (list === null) return [];
  return operands(list)
    .filter((name) => name.type === "identifier")
    .map((name) => ({ kind, name, node }));
}

/** The whole statement of a variable's declaration: of a spec, the `var` around it. */
export function declaringStatement({ node }: Declaration): SyntaxNode | undefined {
  return node.type === "var_spec" ? ancestor(node, new Set(["var_declaration"])) : node;
}

/** The type that a declaration writes out, if it does; of its value's type otherwise nothing is said here. */
export function writtenType(declaration: Declaration): SyntaxNode | undefined {
  return declaration.node.childForFieldName("type") ?? undefined;
}

/** The value that a declaration gives to the name; undefined where there is none, or one call gives several. */
export function initialValue(declaration: Declaration): SyntaxNode | undefined {
  const { node, name } = declaration;
  const left = node.type === "var_spec" ? node : node.childForFieldName("left");
  const right = node.childForFieldName(node.type === "var_spec" ? "value" : "right");
  if (left === null || right === null) return undefined;
  const names = operands(left).filter((child) => child.type === "identifier");
  const values = operands(right);
  return names.length === values.length ? values[names.findIndex((each) => isSame(each, name))] : undefined;
}
