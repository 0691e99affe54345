/** What kind of memory a value needs in an interface, as far as declarations tell (cmd/compile/internal/walk/convert.go). */
import { asCall, type CallSyntax } from "./calls.js";
import { type DeclaredTypes, type FileType, isString } from "./declaredTypes.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { type TextSpan, withoutParentheses } from "./nodes.js";
import { isPackageLevel } from "./scopes.js";

/**
 * pointer: the interface holds it as it is; byte: the runtime has all its values ready; numbers by their bytes; several:
 * a struct or array of more than one such value. All else, and what is not known, is undefined.
 */
export type ValueShape = "pointer" | "byte" | 2 | 4 | 8 | "string" | "slice" | "several";

/** The shape of the expression at the place; undefined where the declarations do not tell. */
export function valueShapeAt(tree: GoTree, place: TextSpan, types: DeclaredTypes): ValueShape | undefined {
  const node = tree.root.namedDescendantForIndex(place.start, Math.max(place.start, place.end - 1));
  if (node?.startIndex !== place.start || node.endIndex !== place.end) return undefined;
  return new Values(types).shape(node);
}

const basicShapes: Readonly<Record<string, ValueShape>> = {
  ...{ bool: "byte", int8: "byte", uint8: "byte", int16: 2, uint16: 2, int32: 4, uint32: 4, float32: 4 },
  ...{ int: 8, uint: 8, int64: 8, uint64: 8, uintptr: 8, float64: 8, string: "string" },
};

const pointers: ReadonlySet<string> = new Set(["map_type", "channel_type", "function_type"]);
const int: FileType = { kind: "basic", name: "int" };
const bool: FileType = { kind: "basic", name: "bool" };
const text: FileType = { kind: "basic", name: "string" };

/** Operands within operands are not followed further. */
const depthLimit = 12;

class Values {
  readonly #types: DeclaredTypes;

  constructor(types: DeclaredTypes) {
    this.#types = types;
  }

  shape(expression: SyntaxNode): ValueShape | undefined {
    const type = this.#typeOf(expression, 0);
    return type && this.#shapeOf(type, 0);
  }

  #shapeOf(type: FileType, depth: number): ValueShape | undefined {
    if (type.kind === "basic") return basicShapes[type.name];
    if (type.kind !== "written") return type.kind;
    if (pointers.has(type.node.type)) return "pointer";
    return depth < depthLimit && this.#isSeveral(type, depth) ? "several" : undefined;
  }

  /** Whether it has two parts at least that are known to have a size: one alone is treated like the part itself. */
  #isSeveral(type: FileType & { readonly kind: "written" }, depth: number): boolean {
    const { node } = type;
    const isKnown = (part: FileType | undefined) =>
      part !== undefined && this.#shapeOf(part, depth + 1) !== undefined;
    if (node.type === "struct_type") return this.#types.fields(node).filter(isKnown).length > 1;
    const length = node.type === "array_type" ? node.childForFieldName("length")?.text : undefined;
    return length !== undefined && /^(?:[2-9]|[1-9]\d+)$/.test(length) && isKnown(this.#types.element(type));
  }

  #typeOf(expression: SyntaxNode, depth: number): FileType | undefined {
    if (depth > depthLimit) return undefined;
    const node = withoutParentheses(expression);
    const of = (field: string) => {
      const child = node.childForFieldName(field);
      return child === null ? undefined : this.#typeOf(child, depth + 1);
    };
    switch (node.type) {
      case "interpreted_string_literal":
      case "raw_string_literal":
        return text;
      case "composite_literal":
      case "type_assertion_expression":
        return this.#types.meant(node.childForFieldName("type"));
      case "func_literal":
        return { kind: "pointer", element: undefined };
      case "unary_expression":
        return unaryType(node, of("operand"));
      case "binary_expression":
        return binaryType(node, of("left"), of("right"));
      case "identifier": {
        const declaration = this.#types.declaration(node);
        return declaration && this.#types.declared(declaration, (value) => this.#typeOf(value, depth + 1));
      }
      case "selector_expression": {
        const operand = of("operand");
        return operand && this.#types.field(operand, node.childForFieldName("field")?.text ?? "");
      }
      case "index_expression": {
        const operand = of("operand");
        return operand && this.#types.element(operand);
      }
      case "slice_expression":
        return this.#sliced(of("operand"));
      default: {
        const call = asCall(node);
        return call && this.#called(call, depth);
      }
    }
  }

  /** A part of a string is one, and that of all else is a slice. */
  #sliced(operand: FileType | undefined): FileType | undefined {
    if (operand === undefined || isString(operand) || operand.kind === "slice") return operand;
    return { kind: "slice", element: this.#types.element(operand) };
  }

  #called(call: CallSyntax, depth: number): FileType | undefined {
    const callee = withoutParentheses(call.callee);
    if (callee.type === "selector_expression") return methodType(callee, call);
    if (callee.type !== "identifier" && callee.type !== "type_identifier") return this.#types.meant(callee);
    const declaration = this.#types.declaration(callee);
    if (declaration === undefined)
      return this.#builtin(callee.text, call, depth) ?? this.#types.meant(callee);
    if (declaration.kind === "type") return this.#types.meant(callee);
    const isOwn = declaration.kind === "function" && isPackageLevel(declaration);
    return isOwn ? this.#result(declaration.node) : undefined;
  }

  #builtin(name: string, call: CallSyntax, depth: number): FileType | undefined {
    const [first] = call.arguments;
    switch (name) {
      case "len":
      case "cap":
      case "copy":
        return int;
      case "append":
        return first && this.#typeOf(first, depth + 1);
      case "make":
        return this.#types.meant(first ?? null);
      case "new":
        return { kind: "pointer", element: this.#types.meant(first ?? null) };
      default:
        return undefined;
    }
  }

  /** The only result of a function without type parameters. */
  #result(declared: SyntaxNode): FileType | undefined {
    const result = declared.childForFieldName("result");
    const isPlain = declared.childForFieldName("type_parameters") === null;
    return isPlain && result !== null && result.type !== "parameter_list"
      ? this.#types.meant(result)
      : undefined;
  }
}

function unaryType({ text: written }: SyntaxNode, operand: FileType | undefined): FileType | undefined {
  if (written.startsWith("&")) return { kind: "pointer", element: operand };
  if (written.startsWith("!")) return bool;
  if (written.startsWith("*")) return operand?.kind === "pointer" ? operand.element : undefined;
  return written.startsWith("<-") ? undefined : operand;
}

/** Untyped constants take the type of the other side, and shifts that of the left one. */
function binaryType(
  node: SyntaxNode,
  left: FileType | undefined,
  right: FileType | undefined,
): FileType | undefined {
  const operator = node.childForFieldName("operator")?.text ?? "";
  if (/^(?:[=!]=|[<>]=?|&&|\|\|)$/.test(operator)) return bool;
  if (operator === "<<" || operator === ">>") return left;
  // A literal of a string can be of the other side's named type, which is one of strings as well.
  return left ?? right;
}

/** All errors tell their text by this method, which no other package can give another result. */
function methodType(callee: SyntaxNode, call: CallSyntax): FileType | undefined {
  return callee.childForFieldName("field")?.text === "Error" && call.arguments.length === 0
    ? text
    : undefined;
}
