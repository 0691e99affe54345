/** What kind of type an expression has, as far as declarations in its own file tell. */
import { asCall, calledIdentifier } from "../syntax/calls.js";
import { type Declaration, initialValue, writtenType } from "../syntax/declarations.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { operands, present, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";

export type TypeCategory =
  | "slice"
  | "array"
  | "map"
  | "string"
  | "channel"
  | "signed"
  | "unsigned"
  | "function"
  | "pointer"
  | "other"
  | "unknown";

const byNodeType: Readonly<Record<string, TypeCategory>> = {
  slice_type: "slice",
  array_type: "array",
  implicit_length_array_type: "array",
  map_type: "map",
  channel_type: "channel",
  function_type: "function",
  pointer_type: "pointer",
  struct_type: "other",
  interface_type: "other",
};

/** Chains of named types longer than this are not followed; a type may name itself. */
const depthLimit = 8;

/** Category of a type expression; named types of the same file are looked through. */
export function categoryOfType(type: SyntaxNode, depth = 0): TypeCategory {
  const node = withoutParentheses(type);
  const direct = byNodeType[node.type];
  if (direct !== undefined) return direct;
  if ((node.type !== "type_identifier" && node.type !== "identifier") || depth > depthLimit) return "unknown";
  const declaration = declarationOf(node);
  if (declaration === undefined) return categoryOfBasic(node.text);
  const underlying = declaration.node.childForFieldName("type");
  if (declaration.node.type === "type_parameter_declaration" && underlying !== null)
    return categoryOfConstraint(underlying, depth + 1);
  const isType = declaration.node.type === "type_spec" || declaration.node.type === "type_alias";
  return isType && underlying !== null ? categoryOfType(underlying, depth + 1) : "unknown";
}

/** Of `~[]E` or `[]E`, all of whose types are of one kind; a union says nothing. */
function categoryOfConstraint(constraint: SyntaxNode, depth: number): TypeCategory {
  const [term, ...others] = constraint.type === "type_constraint" ? operands(constraint) : [constraint];
  const type = term?.type === "negated_type" ? operands(term)[0] : term;
  if (type === undefined || others.length > 0) return "unknown";
  const category = categoryOfType(type, depth);
  // A plain interface is a constraint that says nothing of what is in it.
  return category === "other" ? "unknown" : category;
}

/** Category of an expression's type: an identifier, a field, a literal, a conversion, or a call of a builtin. */
export function categoryOf(expression: SyntaxNode): TypeCategory {
  const node = withoutParentheses(expression);
  switch (node.type) {
    case "identifier": {
      const declaration = declarationOf(node);
      return declaration === undefined ? "unknown" : categoryOfDeclared(declaration);
    }
    case "selector_expression":
      return categoryOfField(node);
    case "int_literal":
      return "signed";
    case "interpreted_string_literal":
    case "raw_string_literal":
      return "string";
    case "composite_literal": {
      const type = node.childForFieldName("type");
      return type === null ? "unknown" : categoryOfType(type);
    }
    case "slice_expression": {
      const operand = node.childForFieldName("operand");
      const category = operand === null ? "unknown" : categoryOf(operand);
      return category === "array" || category === "pointer" ? "slice" : category;
    }
    default:
      return categoryOfCall(node);
  }
}

function categoryOfDeclared(declaration: Declaration): TypeCategory {
  if (declaration.node.type === "variadic_parameter_declaration") return "slice";
  if (declaration.kind === "range-variable" || declaration.kind === "select-variable") return "unknown";
  const type = writtenType(declaration);
  if (type !== undefined && declaration.kind !== "function") return categoryOfType(type);
  const value = initialValue(declaration);
  return value === undefined ? "unknown" : categoryOf(value);
}

/** A field counts when all fields of that name in the file agree. */
function categoryOfField(selector: SyntaxNode): TypeCategory {
  const name = selector.childForFieldName("field")?.text;
  let root = selector;
  while (root.parent !== null) root = root.parent;
  const fields = present(root.descendantsOfType("field_declaration")).filter((field) =>
    present(field.childrenForFieldName("name")).some((each) => each.text === name),
  );
  const categories = new Set(
    fields.map((field) => {
      const type = field.childForFieldName("type");
      return type === null ? "unknown" : categoryOfType(type);
    }),
  );
  const [category] = categories;
  return categories.size === 1 && category !== undefined ? category : "unknown";
}

function categoryOfCall(node: SyntaxNode): TypeCategory {
  const call = asCall(node);
  const [first] = call?.arguments ?? [];
  if (call === undefined || first === undefined) return "unknown";
  switch (calledIdentifier(call)) {
    case "len":
    case "cap":
    case "copy":
      return "signed";
    case "append":
      return "slice";
    case "make":
      return categoryOfType(first);
    case "new":
      return "pointer";
    default: {
      const category = categoryOfType(call.callee);
      return call.arguments.length === 1 ? category : "unknown";
    }
  }
}

function categoryOfBasic(name: string): TypeCategory {
  if (name === "string") return "string";
  if (/^(?:int|int8|int16|int32|int64|rune)$/.test(name)) return "signed";
  if (/^(?:uint|uint8|uint16|uint32|uint64|uintptr|byte)$/.test(name)) return "unsigned";
  return /^(?:bool|error|any|float32|float64|complex64|complex128)$/.test(name) ? "other" : "unknown";
}
