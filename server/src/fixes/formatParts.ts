/** What a formatting call prints, as the operands of a chain of `+`. */
import * as l10n from "@vscode/l10n";
import type { OperandTypes } from "../analysis/operandTypes.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { withoutParentheses } from "../syntax/nodes.js";
import type { FixInput } from "./fix.js";
import type { FormatCall } from "./formatCall.js";
import { type Conversion, conversionOf } from "./formatOperand.js";
import { type FormattedType, formattedType, isConstantOperand } from "./formattedTypes.js";
import type { FormatPiece } from "./formatVerbs.js";
import { refuse } from "./refusal.js";
import { spaced } from "./spacing.js";

const { t } = l10n;

/** An operand of the chain as gofmt writes it at that depth. */
type Part = (depth: number) => string;

export interface FormatParts {
  readonly parts: readonly Part[];
  /** Import paths that the parts need. */
  readonly packages: ReadonlySet<string>;
  /** `strconv.Itoa` and its like that the parts call, conversions included. */
  readonly functions: readonly string[];
  /** Operands that fmt would box with an allocation. */
  readonly boxes: number;
  /** Allocations of the parts by themselves. */
  readonly conversions: number;
}

/** Longest chain that somebody would want to read. */
const limit = 9;

/**
 * The parts of a call whose operands have the given types. Refuses types and verbs without a plain counterpart, `%w`, and
 * what would be too long.
 */
export function formatParts(input: FixInput, call: FormatCall, types: OperandTypes): FormatParts {
  const formatted = call.operands.map((operand, index) => {
    const type = formattedType(input, types[index] ?? "");
    if (type !== undefined) return { operand, type };
    return refuse(t("`{0}` has the type `{1}`, which package fmt writes.", operand.text, types[index] ?? ""));
  });
  const pieces =
    call.pieces ??
    plainPieces(
      call,
      formatted.map(({ type }) => type),
    );
  const parts: Part[] = [];
  const packages = new Set<string>();
  const functions: string[] = [];
  let [boxes, conversions, next] = [0, 0, 0];
  for (const piece of pieces) {
    const verb = piece.kind === "verb" ? formatted[next++] : undefined;
    if (piece.kind === "text") parts.push(() => piece.literal);
    if (verb === undefined || piece.kind === "text") continue;
    const conversion = conversionOf(piece.verb, piece.precision, verb.type);
    if (!isConstantOperand(verb.operand) && !/^(?:bool|u?int8)$/.test(verb.type.basic)) boxes++;
    conversions += conversion.allocations;
    if (conversion.package !== undefined) packages.add(conversion.package);
    if (!conversion.isBare) functions.push(conversion.code.slice(0, conversion.code.indexOf("(")));
    parts.push(...partsOf(verb.operand, conversion));
  }
  if (parts.length === 0) return refuse(t("Nothing is formatted."));
  if (parts.length > limit) return refuse(t("The concatenation would be too long to read."));
  return { parts, packages, functions, boxes, conversions };
}

/** Print puts a blank between operands neither of which is a string, Println between all, and a line end behind. */
function plainPieces({ name }: FormatCall, types: readonly FormattedType[]): FormatPiece[] {
  const isLine = name.endsWith("ln");
  const text = (literal: string): FormatPiece => ({ kind: "text", literal });
  const pieces = types.flatMap((type, index): FormatPiece[] => {
    const previous = types[index - 1];
    const isApart = previous !== undefined && type.basic !== "string" && previous.basic !== "string";
    const blank = previous !== undefined && (isLine || isApart) ? [text('" "')] : [];
    return [...blank, { kind: "verb", verb: "v", precision: undefined }];
  });
  return isLine ? [...pieces, text('"\\n"')] : pieces;
}

function partsOf(operand: SyntaxNode, conversion: Conversion): Part[] {
  if (conversion.isBare) return chain(operand);
  const depths = conversion.code.includes(", ") ? 1 : 0;
  return [
    (depth) => conversion.code.replace("{}", () => spaced(withoutParentheses(operand), depth + depths)),
  ];
}

/** The operands of `a + b + c`; anything else is one. */
function chain(operand: SyntaxNode): Part[] {
  const node = withoutParentheses(operand);
  const left = node.childForFieldName("left");
  const right = node.childForFieldName("right");
  if (node.type !== "binary_expression" || left === null || right === null)
    return [(depth) => spaced(node, depth)];
  return [...chain(left), ...chain(right)];
}
