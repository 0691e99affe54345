/** Places in a loop after which the loop is always left: they run once each time the loop is entered. */
import { asCall, calledIdentifier } from "./calls.js";
import type { SyntaxNode } from "./goSyntax.js";
import { ancestor, isSame, isWithin, operands, present } from "./nodes.js";

const loops: ReadonlySet<string> = new Set(["for_statement"]);
const breakable: ReadonlySet<string> = new Set([
  "for_statement",
  "expression_switch_statement",
  "type_switch_statement",
  "select_statement",
]);

/** The statement that an unlabeled break leaves; undefined in broken code. */
export function breakTarget(statement: SyntaxNode): SyntaxNode | undefined {
  return ancestor(statement, breakable);
}

/**
 * Whether the loop is always left between this place in its body and the end of the turn, so that no turn comes by the
 * place again: a list of statements around it ends with a return, a panic or a break of the loop, and nothing on the way
 * there goes on with the next turn. A goto may lead anywhere.
 */
export function leavesLoop(place: SyntaxNode, loop: SyntaxNode): boolean {
  let isLeft = false;
  let statement = place;
  for (let outer = place.parent; outer !== null && !isSame(outer, loop); outer = outer.parent) {
    // A return of a function literal that is called in the loop ends the literal only.
    if (outer.type === "func_literal") isLeft = false;
    if (outer.type === "statement_list" && endsLoop(outer, loop))
      isLeft ||= !staysFrom(statement, outer, loop);
    statement = outer;
  }
  return isLeft;
}

/** Whether the loop is left at the end of the list. */
function endsLoop(list: SyntaxNode, loop: SyntaxNode): boolean {
  const last = operands(list).at(-1);
  return last !== undefined && isExit(last, loop);
}

function isExit(statement: SyntaxNode, loop: SyntaxNode): boolean {
  switch (statement.type) {
    case "return_statement":
      return true;
    case "break_statement": {
      const target = labeledTarget(statement);
      return target === undefined ? isSame(breakTarget(statement), loop) : isWithin(loop, target);
    }
    case "continue_statement": {
      const target = labeledTarget(statement);
      return target !== undefined && !isSame(target, loop) && isWithin(loop, target);
    }
    case "expression_statement": {
      const call = asCall(operands(statement)[0] ?? statement);
      return call !== undefined && calledIdentifier(call) === "panic";
    }
    case "if_statement": {
      const branches = [
        statement.childForFieldName("consequence"),
        statement.childForFieldName("alternative"),
      ];
      return branches.every((branch) => branch !== null && isExit(branch, loop));
    }
    case "block":
      return operands(statement).some((list) => endsLoop(list, loop));
    default:
      return false;
  }
}

/** Whether one of the statements of a list from this one on may go on with the loop's next turn. */
function staysFrom(first: SyntaxNode, list: SyntaxNode, loop: SyntaxNode): boolean {
  return operands(list)
    .filter(({ startIndex }) => startIndex >= first.startIndex)
    .flatMap((statement) => present(statement.descendantsOfType(["continue_statement", "goto_statement"])))
    .some((jump) => jump.type === "goto_statement" || isSame(continueTarget(jump), loop));
}

function continueTarget(statement: SyntaxNode): SyntaxNode | undefined {
  return labeledTarget(statement) ?? ancestor(statement, loops);
}

/** The statement behind the label that a break or continue names; undefined where it names none. */
function labeledTarget(statement: SyntaxNode): SyntaxNode | undefined {
  const name = operands(statement)[0]?.text;
  if (name === undefined) return undefined;
  const labeled = new Set(["labeled_statement"]);
  let found = ancestor(statement, labeled);
  while (found !== undefined && found.childForFieldName("label")?.text !== name)
    found = ancestor(found, labeled);
  return found === undefined ? undefined : operands(found).at(-1);
}
