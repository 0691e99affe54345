/** From a compiler's message to the syntax that it is about. */
import type { Anchor, AnchorResult, Finding, NodeForm, PlacedMessage, Target } from "./anchors/anchor.js";
import { callFinding } from "./anchors/calls.js";
import { candidatesOnLine, candidatesWithin, lineFinding } from "./anchors/columnless.js";
import { conversionAround } from "./anchors/conversions.js";
import { expressionAt } from "./anchors/expressions.js";
import { literalAt } from "./anchors/literals.js";
import { operandFinding } from "./anchors/operands.js";
import { declarationFinding, statementFinding } from "./anchors/statements.js";
import { typeSwitchVariableAt, variableAt } from "./anchors/variables.js";
import { asCall, enclosingCall } from "./calls.js";
import { enclosing } from "./enclosing.js";
import type { GoTree, SyntaxNode } from "./goSyntax.js";
import { foldWhiteSpace, isSame, spanOf, tokenAt } from "./nodes.js";
import { underline } from "./underline.js";

export type {
  Anchor,
  AnchorResult,
  MissingAnchor,
  NodeForm,
  PlacedMessage,
  TypeForm,
} from "./anchors/anchor.js";

/**
 * Finds what a message is about. The compiler's positions are tokens within nodes, not their starts: see `expressionAt`.
 * Never throws, also within syntax errors; `missing` means that the source is not the one that was compiled.
 */
export function anchorOf(tree: GoTree, message: PlacedMessage): AnchorResult {
  const finding =
    message.column === undefined ? findOnLine(tree, message) : findAt(tree, message, message.column);
  return finding === undefined ? { quality: "missing" } : toAnchor(tree, finding);
}

function findAt(tree: GoTree, message: PlacedMessage, column: number): Finding | undefined {
  const offset = tree.source.offsetAt(message.line, column);
  const token = offset === undefined ? undefined : tokenAt(tree, offset);
  if (token === undefined) return undefined;
  return findInLoopBody(tree, message, token) ?? find({ tree, message, token });
}

/**
 * The body of a loop over a function is a closure; inlined into that function, and this into the loop, its messages come
 * to stand at `for`. They are the body's own where just one place in it has their text.
 */
function findInLoopBody(tree: GoTree, message: PlacedMessage, token: SyntaxNode): Finding | undefined {
  const isInlined =
    token.type === "for" && message.inlinedCalls.length > 0 && message.text !== "func literal";
  const body = isInlined ? token.parent?.childForFieldName("body") : undefined;
  if (body === null || body === undefined) return undefined;
  const own = { ...message, inlinedCalls: [] };
  const found = distinct(candidatesWithin(tree, own, spanOf(body)));
  return found.length === 1 ? found[0] : undefined;
}

function findOnLine(tree: GoTree, message: PlacedMessage): Finding | undefined {
  const found = distinct(candidatesOnLine(tree, message));
  const chosen = found.length === 1 ? found[0] : found[message.ordinal ?? found.length];
  return chosen ?? lineFinding(tree, message.line);
}

/** What is found at the targets, each node once. */
function distinct(targets: readonly Target[]): Finding[] {
  return targets
    .map((target) => find(target))
    .filter((finding) => finding !== undefined)
    .filter((finding, index, all) => all.findIndex((other) => isSame(other.node, finding.node)) === index);
}

function find(target: Target): Finding | undefined {
  return (
    declarationFinding(target) ??
    typeSwitchFinding(target) ??
    expressionFinding(target) ??
    statementFinding(target)
  );
}

function typeSwitchFinding(target: Target): Finding | undefined {
  return target.message.form === "moved" ? typeSwitchVariableAt(target) : undefined;
}

function expressionFinding(target: Target): Finding | undefined {
  const { message, token } = target;
  const expression = expressionAt(token);
  if (expression === undefined || message.form === "wrapper") return undefined;
  const call = token.type === "(" ? asCall(expression) : undefined;
  if (call !== undefined) return callFinding(target, call);
  // Parameters that do not escape are named at their declarations, as variables are.
  if (message.form === "moved") return variableAt(target);
  return (
    conversionAround(expression, message.text) ??
    literalAt(target, expression) ??
    operandFinding(target, expression)
  );
}

/** Forms that hold statements: an edit of those leaves the site the same. */
const hasBody: ReadonlySet<NodeForm> = new Set(["func-literal", "range-func-body", "declaration", "line"]);

function toAnchor(tree: GoTree, finding: Finding): Anchor {
  const { node } = finding;
  const range = finding.range ?? underline(tree, node);
  const identity = hasBody.has(finding.nodeForm) ? range : spanOf(node);
  return {
    quality: finding.quality,
    nodeForm: finding.nodeForm,
    typeForm: finding.typeForm,
    node: spanOf(node),
    range,
    sourceText: foldWhiteSpace(tree.source.text.slice(identity.start, identity.end)),
    calleeName: finding.calleeName,
    enclosingCall: enclosingCall(node),
    enclosing: enclosing(node),
  };
}
