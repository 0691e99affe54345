/** Syntax that can allocate without a word of the compiler, by the line where its machine code stands. */
import { asCall, calledIdentifier, calleeName, type CallSyntax } from "./calls.js";
import { enclosing, type Enclosing } from "./enclosing.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { operands, spanOf, withoutParentheses, withParentheses, type TextSpan } from "./nodes.js";
import { nodesOfTypes, positionOf } from "./positionLine.js";
import { calleeUnderline, underline } from "./underline.js";

export type AllocatingForm =
  | "append"
  | "make"
  | "make-channel"
  | "make-map"
  | "map-literal"
  | "concatenation"
  | "conversion"
  | "go-statement"
  | "defer-statement"
  | "map-assignment"
  | "return"
  | "call";

/** A place that may be what an allocation is for. */
export interface AllocatingSyntax {
  readonly form: AllocatingForm;
  readonly node: TextSpan;
  /** What to underline: within one line. */
  readonly range: TextSpan;
  readonly enclosing: Enclosing;
  /** Source text of what is called; null where nothing is. */
  readonly callee: string | null;
  /** How well the syntax alone tells that it allocates: the highest is tried first. */
  readonly likelihood: number;
}

interface Candidate {
  readonly form: AllocatingForm;
  readonly node: SyntaxNode;
  readonly likelihood: number;
  /** Lines where code of it may stand, where that is not the line of its position alone. */
  readonly lines?: readonly number[];
}

/** All such places of a file by line (from 1), those of a line in the order of the text. */
export function allocatingSyntax(tree: GoTree): ReadonlyMap<number, readonly AllocatingSyntax[]> {
  const byLine = new Map<number, AllocatingSyntax[]>();
  for (const node of nodesOfTypes(tree, nodeTypes)) {
    for (const candidate of candidatesOf(tree, node)) {
      const place = describe(tree, candidate);
      const lines = candidate.lines ?? [
        tree.source.lineOf(positionOf(node, candidate.form === "conversion")),
      ];
      for (const line of new Set(lines)) {
        const here = byLine.get(line);
        if (here === undefined) byLine.set(line, [place]);
        else here.push(place);
      }
    }
  }
  return byLine;
}

const nodeTypes = [
  ...["call_expression", "type_conversion_expression", "binary_expression", "composite_literal"],
  ...["assignment_statement", "inc_statement", "dec_statement"],
  ...["go_statement", "defer_statement", "return_statement"],
];

function candidatesOf(tree: GoTree, node: SyntaxNode): Candidate[] {
  const call = asCall(node);
  if (call !== undefined) return callCandidates(node, call);
  switch (node.type) {
    case "binary_expression":
      return concatenation(tree, node);
    case "composite_literal":
      return node.childForFieldName("type")?.type === "map_type"
        ? [{ form: "map-literal", node, likelihood: 1 }]
        : [];
    case "go_statement":
      return [{ form: "go-statement", node, likelihood: 1 }];
    case "defer_statement":
      return [{ form: "defer-statement", node, likelihood: 1 }];
    case "return_statement":
      return operands(node).length === 0 ? [] : [{ form: "return", node, likelihood: 1 }];
    default:
      return assignment(tree, node);
  }
}

function callCandidates(node: SyntaxNode, call: CallSyntax): Candidate[] {
  const name = calledIdentifier(call);
  if (name === "append") return [{ form: "append", node, likelihood: 2 }];
  if (name === "make") return [{ form: makeForm(call), node, likelihood: 2 }];
  if (isTextConversion(call)) return [{ form: "conversion", node, likelihood: 2 }];
  if (name !== undefined && isNeverInlined.test(name)) return [];
  // Functions that are inlined and grow something of their receiver, in the first place strings.Builder's.
  const grows = /^(?:Write|Append|Grow|Add|Push|Insert|Set|Put)/i.test(calleeName(call.callee)?.text ?? "");
  return [{ form: "call", node, likelihood: grows ? 2 : 1 }];
}

/** Built-in functions and conversions to numbers. */
const isNeverInlined =
  /^(?:len|cap|copy|clear|close|complex|delete|imag|max|min|new|panic|print|println|real|recover|bool|byte|rune|uintptr|u?int(?:8|16|32|64)?|float(?:32|64)|complex(?:64|128))$/;

function makeForm(call: CallSyntax): AllocatingForm {
  const type = call.arguments[0]?.type;
  if (type === "channel_type") return "make-channel";
  return type === "map_type" ? "make-map" : "make";
}

function isTextConversion({ callee, arguments: list }: CallSyntax): boolean {
  return (
    list.length === 1 && /^(?:string|\[\](?:byte|rune|uint8|int32))$/.test(withoutParentheses(callee).text)
  );
}

const literals: ReadonlySet<string> = new Set(["interpreted_string_literal", "raw_string_literal"]);
const numbers: ReadonlySet<string> = new Set([
  "int_literal",
  "float_literal",
  "rune_literal",
  "imaginary_literal",
]);

/** A whole sum, whose parts may stand on several lines. */
function concatenation(tree: GoTree, node: SyntaxNode): Candidate[] {
  if (!isSum(node) || isPartOfSum(node)) return [];
  const terms = termsOf(node);
  if (terms.some((term) => numbers.has(term.type))) return [];
  const isText = terms.some((term) => {
    const call = asCall(term);
    return literals.has(term.type) || (call !== undefined && isTextConversion(call));
  });
  const [first, last] = [tree.source.lineOf(node.startIndex), tree.source.lineOf(node.endIndex)];
  const lines = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [{ form: "concatenation", node, likelihood: isText ? 2 : 1, lines }];
}

function isSum(node: SyntaxNode): boolean {
  return node.type === "binary_expression" && node.childForFieldName("operator")?.type === "+";
}

function isPartOfSum(node: SyntaxNode): boolean {
  const { parent } = withParentheses(node);
  return parent !== null && isSum(parent);
}

function termsOf(node: SyntaxNode): SyntaxNode[] {
  const term = withoutParentheses(node);
  return isSum(term) ? operands(term).flatMap((operand) => termsOf(operand)) : [term];
}

/** `s += x` joins strings, and `m[k] = v` can grow a map. */
function assignment(tree: GoTree, node: SyntaxNode): Candidate[] {
  const found: Candidate[] = [];
  const operator = node.childForFieldName("operator")?.type;
  const right = node.childForFieldName("right");
  if (operator === "+=" && right !== null && !operands(right).some((value) => numbers.has(value.type))) {
    const isText = operands(right).some((value) => literals.has(value.type));
    found.push({ form: "concatenation", node, likelihood: isText ? 2 : 1 });
  }
  const left = node.childForFieldName("left") ?? node;
  const targets = operands(left).filter((target) => target.type === "index_expression");
  const lines = targets.map((target) => tree.source.lineOf(positionOf(target)));
  if (targets.length > 0) found.push({ form: "map-assignment", node, likelihood: 1, lines });
  return found;
}

function describe(tree: GoTree, { form, node, likelihood }: Candidate): AllocatingSyntax {
  const call = asCall(node);
  const isInlined = form === "call" && call !== undefined;
  return {
    form,
    node: spanOf(node),
    range: isInlined ? calleeUnderline(tree, call.callee) : underline(tree, node),
    enclosing: enclosing(node),
    callee: isInlined ? call.callee.text : null,
    likelihood,
  };
}
