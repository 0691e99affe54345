/** Maps whose keys are strings that fmt.Sprintf makes: the call behind a key, and the map that it is a key of. */
import { asCall } from "../syntax/calls.js";
import { initialValue } from "../syntax/declarations.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, onlyOperand, withParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { type FormatCall, formatCall } from "./formatCall.js";
import type { FormatPiece } from "./formatVerbs.js";
import { unlessRefused } from "./refusal.js";
import { isBuiltin } from "./sourceFile.js";
import { functionOf, usesOf } from "./variableUses.js";

/** A `fmt.Sprintf` whose string is a key, and the map: a variable's name, or a field as `x.m`. */
export interface FormattedKey {
  readonly call: FormatCall;
  readonly map: SyntaxNode;
}

/** The `fmt.Sprintf` that the node is an operand of, where it is a key of a map. */
export function formattedKey(tree: GoTree, node: SyntaxNode): FormattedKey | undefined {
  const call = unlessRefused(() => formatCall(tree, node));
  if (call?.name !== "Sprintf" || call.pieces?.every(isWhole) !== true || call.operands.length === 0)
    return undefined;
  const map = mapAround(call.call.node) ?? mapOfVariable(call.call.node);
  return map === undefined ? undefined : { call, map };
}

/** The call that makes the key of one use of a map; "any" for what does not depend on the keys' type: `len(m)`, `clear(m)`, `m == nil`. */
export function keyOfUse(use: SyntaxNode, tree: GoTree): FormatCall | "any" | undefined {
  const { parent } = use;
  const list = parent?.type === "argument_list" ? parent.parent : null;
  const outer = list === null ? undefined : asCall(list);
  if (outer !== undefined && ["len", "clear"].some((name) => isBuiltin(outer.callee, name))) return "any";
  if (parent?.type === "binary_expression") return "any";
  const key =
    parent?.type === "index_expression" ? parent.childForFieldName("index") : (outer?.arguments[1] ?? null);
  const variable = key?.type === "identifier" ? declarationOf(key) : undefined;
  const made = variable === undefined ? key : initialValue(variable);
  const call = made === null || made === undefined ? undefined : asCall(made);
  const [, first] = call?.arguments ?? [];
  const found = first === undefined ? undefined : formattedKey(tree, first);
  return found !== undefined && isSameMap(found.map, use) ? found.call : undefined;
}

/** Whether different values are written differently: a precision cuts strings off. */
function isWhole(piece: FormatPiece): boolean {
  return piece.kind === "text" || (/^[dsvqtx]$/.test(piece.verb) && piece.precision === undefined);
}

/** `m` where all uses of the variable in `k := key` are as in `m[k]`. */
function mapOfVariable(key: SyntaxNode): SyntaxNode | undefined {
  const statement = withParentheses(key).parent?.parent;
  const name =
    statement?.type === "short_var_declaration"
      ? onlyOperand(statement.childForFieldName("left"))
      : undefined;
  const declaration = name?.type === "identifier" ? declarationOf(name) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined || !isSame(declaration.name, name))
    return undefined;
  const maps = usesOf(declaration, definition).map(mapAround);
  const [first] = maps;
  const isOne = first !== undefined && maps.every((map) => map !== undefined && isSameMap(map, first));
  return isOne ? first : undefined;
}

/** The same variable, or fields of the same name. */
function isSameMap(a: SyntaxNode, b: SyntaxNode): boolean {
  if (a.type === "selector_expression")
    return b.type === a.type && a.childForFieldName("field")?.text === b.childForFieldName("field")?.text;
  const [one, other] = [declarationOf(a), declarationOf(b)];
  return one !== undefined && isSame(one.name, other?.name);
}

/** `m` of `m[key]` and `delete(m, key)`. */
function mapAround(key: SyntaxNode): SyntaxNode | undefined {
  const { parent } = withParentheses(key);
  if (parent?.type === "index_expression") {
    const operand = parent.childForFieldName("operand");
    return isSame(operand, key) ? undefined : variableOrField(operand);
  }
  const call = parent?.type === "argument_list" && parent.parent !== null ? asCall(parent.parent) : undefined;
  const [map] = call?.arguments ?? [];
  return call !== undefined && isBuiltin(call.callee, "delete") ? variableOrField(map) : undefined;
}

function variableOrField(map: SyntaxNode | null | undefined): SyntaxNode | undefined {
  return map?.type === "identifier" || map?.type === "selector_expression" ? map : undefined;
}
