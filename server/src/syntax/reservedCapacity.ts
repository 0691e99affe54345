/**
 * Whether the capacity that a slice was made with is enough for all that is appended to it, as far as syntax shows it: a
 * constant one for a constant number of elements, and `len(x)` for one element in each turn of a loop over `x`.
 */
import { asCall, calledIdentifier, type CallSyntax } from "./calls.js";
import { type Declaration, initialValue } from "./declarations.js";
import { DeclaredTypes, isString } from "./declaredTypes.js";
import { innermostFunction } from "./functions.js";
import type { SyntaxNode } from "./goSyntax.js";
import { integerConstant } from "./integerConstant.js";
import { isSame, isWithin, onlyOperand, operands, present, withoutParentheses } from "./nodes.js";
import { declarationOf, isPackageLevel } from "./scopes.js";

/**
 * Whether no append can outgrow the capacity. `calls`: the appends to the declared slice, which only they change, in the
 * function that declares it by a make.
 */
export function isEnough(declaration: Declaration, calls: readonly CallSyntax[]): boolean {
  const value = initialValue(declaration);
  const [, length, capacity] = (value && asCall(withoutParentheses(value)))?.arguments ?? [];
  const used = length && integerConstant(length);
  const scope = innermostFunction(declaration.name);
  if (capacity === undefined || used === undefined || scope === undefined) return false;
  // Nothing tells how often what lies between a jump back and its label runs, nor a function literal.
  if (scope.descendantsOfType("goto_statement").length > 0) return false;
  if (appendsTo(declaration, scope).length !== calls.length) return false;
  const room = integerConstant(capacity);
  if (room === undefined) return used === 0 && isOneForEach(withoutParentheses(capacity), declaration, calls);
  const added = calls.map((call) => constantCount(call, declaration));
  return added.every((count) => count !== undefined) && added.reduce((a, b) => a + b, used) <= room;
}

/** All appends to the variable in the function, those in function literals among them. */
function appendsTo({ name }: Declaration, scope: SyntaxNode): SyntaxNode[] {
  return present(scope.descendantsOfType("call_expression")).filter((node) => {
    const call = asCall(node);
    const [slice] = call?.arguments ?? [];
    const isAppend = call !== undefined && calledIdentifier(call) === "append";
    return isAppend && slice?.text === name.text && isSame(declarationOf(slice)?.name, name);
  });
}

/** Elements that all runs of the append add; undefined where that is no constant. */
function constantCount(call: CallSyntax, declaration: Declaration): number | undefined {
  const turns = loopsBetween(call.node, declaration).map((loop) => constantTurns(loop));
  const values = valueCount(call);
  if (values === undefined || turns.some((count) => count === undefined)) return undefined;
  return turns.reduce<number>((product, count) => product * (count ?? 0), values);
}

/** Of `append(s, a, b)`; undefined of `append(s, more...)`. */
function valueCount({ node, arguments: list }: CallSyntax): number | undefined {
  const isSpread = node.childForFieldName("arguments")?.text.includes("...") === true;
  return isSpread ? undefined : list.length - 1;
}

/** Loops around the append and not around the declaration, the innermost first. */
function loopsBetween(node: SyntaxNode, { name }: Declaration): SyntaxNode[] {
  const loops: SyntaxNode[] = [];
  for (let at = node.parent; at !== null && !isWithin(name, at); at = at.parent)
    if (at.type === "for_statement") loops.push(at);
  return loops;
}

function headerOf(loop: SyntaxNode): SyntaxNode | undefined {
  return operands(loop).find(({ type }) => type === "range_clause" || type === "for_clause");
}

/** How often the loop turns at most, where constants tell. */
function constantTurns(loop: SyntaxNode): number | undefined {
  const header = headerOf(loop);
  if (header?.type === "for_clause") return countedTurns(loop, header);
  const right = header?.childForFieldName("right");
  if (header?.type !== "range_clause" || !right) return undefined;
  const operand = withoutParentheses(right);
  return integerConstant(operand) ?? arrayLength(operand);
}

/** Of a variable that is declared as an array, or as a pointer to one. */
function arrayLength(operand: SyntaxNode): number | undefined {
  const declaration = operand.type === "identifier" ? declarationOf(operand) : undefined;
  const type = declaration && new DeclaredTypes().declared(declaration, () => undefined);
  const array = type?.kind === "pointer" ? type.element : type;
  const length = array?.kind === "written" ? array.node.childForFieldName("length") : null;
  return length === null ? undefined : integerConstant(length);
}

/** `for i := 0; i < 8; i++`, where nothing else changes `i`. */
function countedTurns(loop: SyntaxNode, header: SyntaxNode): number | undefined {
  const [initializer, condition, update] = ["initializer", "condition", "update"].map((field) =>
    header.childForFieldName(field),
  );
  const variable = onlyOperand(initializer?.childForFieldName("left"));
  const start = onlyOperand(initializer?.childForFieldName("right"));
  const limit = condition?.childForFieldName("right");
  const operator = condition?.childForFieldName("operator")?.type;
  if (variable === undefined || start === undefined || !limit || update?.type !== "inc_statement")
    return undefined;
  const isCounted =
    initializer?.type === "short_var_declaration" &&
    operands(update)[0]?.text === variable.text &&
    condition?.childForFieldName("left")?.text === variable.text &&
    (operator === "<" || operator === "<=");
  const [from, to] = [integerConstant(start), integerConstant(limit)];
  const body = loop.childForFieldName("body");
  if (!isCounted || from === undefined || to === undefined || body === null) return undefined;
  return isChangedIn(body, variable.text) ? undefined : Math.max(0, to - from + (operator === "<=" ? 1 : 0));
}

/** Whether a make of `len(x)` has room for the one value that each turn of a loop over `x` appends. */
function isOneForEach(
  capacity: SyntaxNode,
  declaration: Declaration,
  [call, ...others]: readonly CallSyntax[],
): boolean {
  const length = asCall(capacity);
  const measured =
    length !== undefined && calledIdentifier(length) === "len" ? length.arguments[0] : undefined;
  if (call === undefined || others.length > 0 || measured?.type !== "identifier") return false;
  const [loop, ...outer] = loopsBetween(call.node, declaration);
  const header = loop && headerOf(loop);
  const ranged = header?.type === "range_clause" ? header.childForFieldName("right") : null;
  if (loop === undefined || outer.length > 0 || ranged?.type !== "identifier" || valueCount(call) !== 1)
    return false;
  const source = declarationOf(measured);
  if (source === undefined || !isSame(declarationOf(ranged)?.name, source.name)) return false;
  return isNeverChanged(source) && staysAsLong(source, loop);
}

/** Whether it is a local variable that keeps the value which it is declared with. */
function isNeverChanged(declaration: Declaration): boolean {
  if (isPackageLevel(declaration)) return false;
  let scope = innermostFunction(declaration.name);
  for (
    let outer = scope;
    outer !== undefined;
    outer = outer.parent ? innermostFunction(outer.parent) : undefined
  )
    scope = outer;
  return scope !== undefined && !isChangedIn(scope, declaration.name.text, declaration);
}

/** Slices, arrays and strings keep their length; a map may grow while its loop runs, and a channel has none to count on. */
function staysAsLong(declaration: Declaration, loop: SyntaxNode): boolean {
  const type = new DeclaredTypes().declared(declaration, () => undefined);
  const kind = type?.kind === "written" ? type.node.type : type?.kind;
  if (kind === "slice" || kind === "array_type" || isString(type)) return true;
  if (kind !== "map_type") return false;
  const calls = present(loop.descendantsOfType("call_expression")).map((node) => asCall(node));
  const isQuiet = calls.every((call) => call !== undefined && quiet.test(calledIdentifier(call) ?? ""));
  const isWritten = present(loop.descendantsOfType("index_expression")).some(
    (node) => node.childForFieldName("operand")?.text === declaration.name.text && isAssigned(node),
  );
  return isQuiet && !isWritten;
}

/** Functions of the language that change no map. */
const quiet = /^(?:append|cap|len|max|min|string|byte|rune|u?int(?:8|16|32|64)?|float(?:32|64))$/;

/** Whether the variable is assigned to, or may be through its address; `except`: where it is declared. */
function isChangedIn(scope: SyntaxNode, name: string, except?: Declaration): boolean {
  const named = present(scope.descendantsOfType("identifier")).filter(({ text }) => text === name);
  return named.some((node) => {
    if (except !== undefined && isSame(node, except.name)) return false;
    return isAssigned(node) || isAddressed(node);
  });
}

function isAddressed({ parent }: SyntaxNode): boolean {
  return parent?.type === "unary_expression" && parent.childForFieldName("operator")?.type === "&";
}

/** On the left of an assignment, of a `:=` that may declare another variable, of a range clause, or of `++`. */
function isAssigned(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent?.type === "inc_statement" || parent?.type === "dec_statement") return true;
  const statement = parent?.type === "expression_list" ? parent.parent : parent;
  const left = statement?.childForFieldName("left");
  const assigns = /^(?:assignment_statement|short_var_declaration|range_clause)$/;
  return left !== null && left !== undefined && assigns.test(statement?.type ?? "") && isWithin(node, left);
}
