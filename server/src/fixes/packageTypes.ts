/** The types that a package declares, as plain data: for fixes that need fields, methods or sizes from other files. */
import type { Snapshot } from "../analysis/snapshot.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { operands, present, withoutParentheses } from "../syntax/nodes.js";
import { perObject } from "../syntax/perObject.js";
import { withTree } from "../syntax/treeSitter.js";

/** A field of a struct; `name` is that of the type for embedded ones. */
export interface FieldFacts {
  readonly name: string;
  /** Source text of its type. */
  readonly type: string;
  readonly isEmbedded: boolean;
}

/** One declared type. */
export interface TypeFacts {
  /** Source text behind the name. */
  readonly underlying: string;
  readonly isStruct: boolean;
  readonly isGeneric: boolean;
  /** Empty for what is no struct. */
  readonly fields: readonly FieldFacts[];
}

export interface MethodFacts {
  readonly isPointer: boolean;
  /** Source texts of the parameter list with its parentheses, and of the result (empty without one). */
  readonly parameters: string;
  readonly result: string;
}

export interface PackageTypes {
  readonly types: ReadonlyMap<string, TypeFacts>;
  /** By `Type.Method`. */
  readonly methods: ReadonlyMap<string, MethodFacts>;
  /** Types of package-level variables, where they are written out or plain from a literal or make. */
  readonly variables: ReadonlyMap<string, string>;
  /** Types of the results of functions without type parameters, in order. */
  readonly functions: ReadonlyMap<string, readonly string[]>;
}

/** Reads all files of the package once for each snapshot. A type declared twice (in an external test) is left out. */
export const packageTypes = perObject(readPackage);

function readPackage(snapshot: Snapshot): PackageTypes {
  const types = new Map<string, TypeFacts>();
  const methods = new Map<string, MethodFacts>();
  const variables = new Map<string, string>();
  const functions = new Map<string, readonly string[]>();
  const twice = new Set<string>();
  for (const source of snapshot.texts.values()) {
    withTree(source, (tree) => {
      for (const [name, facts] of declaredTypes(tree)) {
        if (types.has(name)) twice.add(name);
        types.set(name, facts);
      }
      for (const [name, facts] of declaredMethods(tree)) methods.set(name, facts);
      for (const [name, type] of declaredVariables(tree)) variables.set(name, type);
      for (const [name, results] of declaredFunctions(tree)) functions.set(name, results);
    });
  }
  for (const name of twice) types.delete(name);
  return { types, methods, variables, functions };
}

function declaredTypes(tree: GoTree): [string, TypeFacts][] {
  const declarations = operands(tree.root).filter(({ type }) => type === "type_declaration");
  return declarations
    .flatMap((declaration) => operands(declaration))
    .flatMap((spec) => {
      const name = spec.childForFieldName("name");
      const type = spec.childForFieldName("type");
      if (name === null || type === null) return [];
      const isStruct = type.type === "struct_type";
      const isGeneric = spec.childForFieldName("type_parameters") !== null;
      const fields = isStruct ? fieldsOf(type) : [];
      return [[name.text, { underlying: type.text, isStruct, isGeneric, fields }]];
    });
}

/** The fields of a struct type, in order. */
export function fieldsOf(struct: SyntaxNode): FieldFacts[] {
  const list = operands(struct)[0];
  const declarations = list === undefined ? [] : operands(list);
  return declarations.flatMap((field): FieldFacts[] => {
    const type = field.childForFieldName("type");
    if (type === null) return [];
    const names = present(field.childrenForFieldName("name")).filter((name) => name.isNamed);
    if (names.length > 0)
      return names.map((name) => ({ name: name.text, type: type.text, isEmbedded: false }));
    const isPointer = field.text.startsWith("*");
    const name = /(\w+)(?:\[.*)?$/s.exec(type.text)?.[1] ?? type.text;
    return [{ name, type: (isPointer ? "*" : "") + type.text, isEmbedded: true }];
  });
}

function declaredMethods(tree: GoTree): [string, MethodFacts][] {
  return operands(tree.root).flatMap((node) => {
    if (node.type !== "method_declaration") return [];
    const list = node.childForFieldName("receiver");
    const receiver = list === null ? undefined : operands(list)[0];
    const type = receiver?.childForFieldName("type") ?? null;
    const name = node.childForFieldName("name");
    const parameters = node.childForFieldName("parameters");
    if (type === null || name === null || parameters === null) return [];
    const isPointer = withoutParentheses(type).type === "pointer_type";
    const base = /\w+/.exec(type.text)?.[0] ?? "";
    const result = node.childForFieldName("result")?.text ?? "";
    return [[`${base}.${name.text}`, { isPointer, parameters: parameters.text, result }]];
  });
}

function declaredFunctions(tree: GoTree): [string, readonly string[]][] {
  return operands(tree.root).flatMap((node): [string, readonly string[]][] => {
    const name = node.type === "function_declaration" ? node.childForFieldName("name") : null;
    const result = node.childForFieldName("result");
    if (name === null || result === null || node.childForFieldName("type_parameters") !== null) return [];
    if (result.type !== "parameter_list") return [[name.text, [result.text]]];
    const results = operands(result).flatMap((parameter) => {
      const type = parameter.childForFieldName("type")?.text ?? parameter.text;
      const names = present(parameter.childrenForFieldName("name")).filter((each) => each.isNamed).length;
      return Array.from({ length: Math.max(names, 1) }, () => type);
    });
    return [[name.text, results]];
  });
}

function declaredVariables(tree: GoTree): [string, string][] {
  const declarations = operands(tree.root).filter(({ type }) => type === "var_declaration");
  const specs = declarations.flatMap((node) => present(node.descendantsOfType("var_spec")));
  return specs.flatMap((spec) => {
    const names = present(spec.childrenForFieldName("name")).filter((name) => name.isNamed);
    const values = spec.childForFieldName("value");
    const written = spec.childForFieldName("type")?.text;
    return names.flatMap((name, index): [string, string][] => {
      const value = values === null ? undefined : operands(values)[index];
      const type = written ?? (value === undefined ? undefined : typeOfValue(value));
      return type === undefined ? [] : [[name.text, type]];
    });
  });
}

/** Source text of the type of a literal, `&T{…}`, `new(T)` or `make(T, …)`; undefined for everything else. */
export function typeOfValue(expression: SyntaxNode): string | undefined {
  const node = withoutParentheses(expression);
  if (node.type === "composite_literal") return node.childForFieldName("type")?.text;
  if (node.type === "unary_expression" && node.text.startsWith("&")) {
    const operand = node.childForFieldName("operand");
    const type = operand?.type === "composite_literal" ? typeOfValue(operand) : undefined;
    return type === undefined ? undefined : `*${type}`;
  }
  if (node.type !== "call_expression") return undefined;
  const callee = node.childForFieldName("function")?.text;
  const list = node.childForFieldName("arguments");
  const first = list === null ? undefined : operands(list)[0];
  if (first === undefined) return undefined;
  if (callee === "make") return first.text;
  return callee === "new" && /^(?:type_identifier|qualified_type|identifier)$/.test(first.type)
    ? `*${first.text}`
    : undefined;
}
