/**
 * Types as far as the declarations of a package tell: of literals, of what is declared, of fields and elements of that. What
 * another package declares is not known, and nothing is guessed.
 */
import { type Declaration, initialValue } from "./declarations.js";
import type { SyntaxNode } from "./goSyntax.js";
import { isSame, operands, present, withoutParentheses } from "./nodes.js";
import { declarationOf, declaredAtTop } from "./scopes.js";

/** A type behind its names. `node`: its type expression, in which other names may stand. Holds nodes: for `withTree`. */
export type FileType =
  | { readonly kind: "basic"; readonly name: string }
  | { readonly kind: "pointer"; readonly element: FileType | undefined }
  | { readonly kind: "slice"; readonly element: FileType | undefined }
  | { readonly kind: "written"; readonly node: SyntaxNode };

type TypeOf = (expression: SyntaxNode) => FileType | undefined;

/** Names that lead to others are not followed further: types can be declared in a circle. */
const depthLimit = 12;

export class DeclaredTypes {
  readonly #others: SyntaxNode | undefined;

  /** @param others Root of a tree with what other files of the package declare. */
  constructor(others?: SyntaxNode) {
    this.#others = others;
  }

  /** The declaration that a name means, in its own file or in another one of the package. */
  declaration(name: SyntaxNode): Declaration | undefined {
    return declarationOf(name) ?? (this.#others && declaredAtTop(this.#others, name.text));
  }

  /** Whether the package declares a type of this name that constants can have. `root`: of the file that names it. */
  declaresConstantType(root: SyntaxNode, name: string): boolean {
    const declaration = declaredAtTop(root, name) ?? (this.#others && declaredAtTop(this.#others, name));
    if (declaration?.kind !== "type") return false;
    return this.meant(declaration.node.childForFieldName("type"))?.kind === "basic";
  }

  /** The type that a type expression means; undefined for type parameters and what another package declares. */
  meant(written: SyntaxNode | null, depth = 0): FileType | undefined {
    if (written === null || depth > depthLimit) return undefined;
    const node = withoutParentheses(written);
    switch (node.type) {
      case "type_identifier":
      case "identifier":
        return this.#named(node, depth);
      case "pointer_type":
        return { kind: "pointer", element: this.meant(operands(node)[0] ?? null, depth + 1) };
      case "slice_type":
        return { kind: "slice", element: this.meant(node.childForFieldName("element"), depth + 1) };
      case "generic_type":
      case "qualified_type":
        return undefined;
      default:
        return { kind: "written", node };
    }
  }

  #named(name: SyntaxNode, depth: number): FileType | undefined {
    const declaration = this.declaration(name);
    if (declaration === undefined) return basicType(name.text);
    const { kind, node } = declaration;
    const isPlain =
      (node.type === "type_spec" || node.type === "type_alias") &&
      node.childForFieldName("type_parameters") === null;
    return kind === "type" && isPlain ? this.meant(node.childForFieldName("type"), depth + 1) : undefined;
  }

  /** What a declaration gives its name; undefined where it takes its type from elsewhere. */
  declared(declaration: Declaration, typeOf: TypeOf): FileType | undefined {
    const { kind, node } = declaration;
    if (kind === "range-variable") return this.#ranged(declaration, typeOf);
    if (!["variable", "parameter", "receiver", "result"].includes(kind)) return undefined;
    const written = node.childForFieldName("type");
    if (node.type === "variadic_parameter_declaration")
      return { kind: "slice", element: this.meant(written) };
    if (written !== null) return this.meant(written);
    const value = initialValue(declaration);
    return value === undefined ? undefined : (typeOf(value) ?? defaultType(value));
  }

  #ranged({ node, name }: Declaration, typeOf: TypeOf): FileType | undefined {
    const operand = node.childForFieldName("right");
    const over = operand === null ? undefined : (typeOf(operand) ?? defaultType(operand));
    const index = operands(node.childForFieldName("left") ?? node).findIndex((each) => isSame(each, name));
    if (over === undefined) return undefined;
    if (isString(over)) return basicType(index === 0 ? "int" : "rune");
    if (over.kind === "basic") return index === 0 ? over : undefined;
    if (index === 1) return this.element(over);
    const written = over.kind === "written" ? over.node : undefined;
    if (written?.type === "map_type") return this.meant(written.childForFieldName("key"));
    return over.kind === "slice" || written?.type === "array_type" ? basicType("int") : undefined;
  }

  /** What an index of the type gives: of a string a byte, of a pointer an element of its array. */
  element(type: FileType): FileType | undefined {
    if (isString(type)) return basicType("byte");
    if (type.kind === "slice") return type.element;
    if (type.kind === "pointer")
      return type.element?.kind === "written" ? this.element(type.element) : undefined;
    if (type.kind === "basic") return undefined;
    if (type.node.type === "array_type") return this.meant(type.node.childForFieldName("element"));
    return type.node.type === "map_type" ? this.meant(type.node.childForFieldName("value")) : undefined;
  }

  /** Type of a field that the struct, or the one that the pointer points to, declares itself. */
  field(type: FileType, name: string): FileType | undefined {
    if (type.kind === "pointer")
      return type.element?.kind === "written" ? this.field(type.element, name) : undefined;
    if (type.kind !== "written" || type.node.type !== "struct_type") return undefined;
    const found = fieldDeclarations(type.node).find((declaration) =>
      namesOf(declaration).some(({ text }) => text === name),
    );
    return found === undefined ? undefined : this.meant(found.childForFieldName("type"));
  }

  /** Types of the named fields of a struct in their order, undefined ones among them. */
  fields(struct: SyntaxNode): (FileType | undefined)[] {
    return fieldDeclarations(struct).flatMap((declaration) => {
      const type = this.meant(declaration.childForFieldName("type"));
      return namesOf(declaration).map(() => type);
    });
  }
}

export function isString(type: FileType | undefined): boolean {
  return type?.kind === "basic" && type.name === "string";
}

/** The predeclared types that are not their own names to the compiler (go.dev/ref/spec#Numeric_types). */
const aliases: Readonly<Record<string, string>> = { byte: "uint8", rune: "int32" };
const predeclared =
  /^(?:bool|string|byte|rune|uintptr|u?int(?:8|16|32|64)?|float(?:32|64)|complex(?:64|128))$/;

function basicType(name: string): FileType | undefined {
  return predeclared.test(name) ? { kind: "basic", name: aliases[name] ?? name } : undefined;
}

/** The type that a variable gets from a literal (go.dev/ref/spec#Constants). */
function defaultType({ type }: SyntaxNode): FileType | undefined {
  const name = defaults[type];
  return name === undefined ? undefined : { kind: "basic", name };
}

const defaults: Readonly<Record<string, string>> = {
  int_literal: "int",
  float_literal: "float64",
  rune_literal: "int32",
  true: "bool",
  false: "bool",
};

function fieldDeclarations(struct: SyntaxNode): SyntaxNode[] {
  return operands(operands(struct)[0] ?? struct).filter(({ type }) => type === "field_declaration");
}

function namesOf(declaration: SyntaxNode): SyntaxNode[] {
  return present(declaration.childrenForFieldName("name")).filter(({ isNamed }) => isNamed);
}
