/** Whether an expression means the same at an earlier place as it does where a loop reads it. */
import type { Declaration } from "../syntax/declarations.js";
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { operands, present, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import type { CountedLoop } from "./appendCount.js";
import { pathRoot } from "./quantities.js";
import { isCaptured, useKind, usesOf } from "./variableUses.js";

/**
 * Whether all that the loop's number of turns is read from is declared before the offset `from`, and not changed from
 * there until the loop has read it for the last time. `definition` is the function or literal around.
 */
export function isStable({ loop, trips }: CountedLoop, from: number, definition: SyntaxNode): boolean {
  const body = loop.childForFieldName("body");
  const last = trips.isReadEachTurn || body === null ? loop.endIndex : body.startIndex;
  // A loop around reads it once more in each of its turns.
  const end = loopAround(loop, from)?.endIndex ?? last;
  return trips.operands.every((path) => {
    const root = pathRoot(path);
    const declaration = declarationOf(root);
    const isLocal = declaration !== undefined && !isPackageLevel(declaration);
    if (isLocal && declaration.name.startIndex >= from) return false;
    if (isLocal && !isVariableStable(declaration, from, end, definition)) return false;
    const isPlain = isLocal && withoutParentheses(path).type === "identifier";
    if (isPlain) return true;
    return isFieldStable(path, from, loop, end, definition);
  });
}

/** The outermost loop around that begins behind the offset. */
function loopAround(loop: SyntaxNode, from: number): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let node = loop.parent; node !== null && node.startIndex >= from; node = node.parent)
    if (node.type === "for_statement") found = node;
  return found;
}

/** Assignments count within the stretch; a variable whose address or closure may change it counts as changed. */
function isVariableStable(
  declaration: Declaration,
  from: number,
  end: number,
  definition: SyntaxNode,
): boolean {
  return usesOf(declaration, definition).every((use) => {
    const kind = useKind(use);
    if (kind === "address") return use.startIndex > end;
    if (kind !== "assigned") return true;
    return !isCaptured(use, declaration) && (use.endIndex <= from || use.startIndex >= end);
  });
}

/** Any call may change a field or a package's variable: none may stand between, nor an assignment to the path. */
function isFieldStable(
  path: SyntaxNode,
  from: number,
  loop: SyntaxNode,
  end: number,
  definition: SyntaxNode,
): boolean {
  const calls = present(definition.descendantsOfType("call_expression")).filter(
    (call) => call.startIndex >= from && call.startIndex < loop.startIndex,
  );
  if (calls.some((call) => !isHarmless(call))) return false;
  return assignedTexts(definition, from, end).every(
    (text) => text !== path.text && !path.text.startsWith(`${text}.`),
  );
}

function isHarmless(node: SyntaxNode): boolean {
  const call = asCall(node);
  const callee = call === undefined ? undefined : withoutParentheses(call.callee);
  if (callee?.type !== "identifier" || declarationOf(callee) !== undefined) return false;
  return /^(?:make|new|len|cap|append|min|max)$/.test(callee.text);
}

function assignedTexts(definition: SyntaxNode, from: number, end: number): string[] {
  const types = ["assignment_statement", "inc_statement", "dec_statement"];
  return present(definition.descendantsOfType(types))
    .filter((statement) => statement.startIndex >= from && statement.startIndex < end)
    .flatMap((statement) => {
      const left = statement.childForFieldName("left") ?? statement;
      return operands(left).map((node) => node.text);
    });
}
