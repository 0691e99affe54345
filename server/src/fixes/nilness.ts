/** Whether the rest of a function can tell a nil slice from an empty one. */
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { withParentheses } from "../syntax/nodes.js";
import { useKind } from "./variableUses.js";

/** Functions that do the same with both. */
const indifferent =
  /^(?:strings\.Join|bytes\.Join|sort\.\w+|slices\.(?:Sort\w*|Reverse|Contains\w*|Index\w*|BinarySearch\w*|Max\w*|Min\w*)|string|print|println)$/;

/** Whether the use hands the slice on, or compares it: whoever gets it can see that it is nil. */
export function observesNil(use: SyntaxNode): boolean {
  switch (useKind(use)) {
    case "index":
    case "range":
    case "length":
    case "capacity":
    case "spread":
    case "copied":
    case "appendee":
      return false;
    case "assigned":
      return false;
    case "other":
      return !isIndifferentArgument(use);
    default:
      return true;
  }
}

function isIndifferentArgument(use: SyntaxNode): boolean {
  const list = withParentheses(use).parent;
  const call = list?.type === "argument_list" && list.parent !== null ? asCall(list.parent) : undefined;
  return call !== undefined && indifferent.test(call.callee.text);
}
