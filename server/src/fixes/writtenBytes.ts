/** How many bytes one call of a Write method adds to a buffer. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, withoutParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import type { Added } from "./appendCount.js";
import { constantCount, type Count, sum, symbolicCount } from "./count.js";
import { isPath } from "./quantities.js";
import { refuse } from "./refusal.js";
import { categoryOf } from "./syntacticTypes.js";

const { t } = l10n;

/**
 * The bytes of a call such as `b.WriteByte(c)`, `b.WriteString("text")`, `b.WriteRune('x')`. A character of a string that
 * is ranged over counts as one: the loop's count is the string's length in bytes. Refuses values whose length differs.
 */
export function bytesWritten(node: SyntaxNode): Count {
  const call = asCall(node);
  const method = call?.callee.childForFieldName("field")?.text;
  const [only] = call?.arguments ?? [];
  const value = only === undefined ? undefined : withoutParentheses(only);
  if (method === "WriteByte") return constantCount(1);
  if (value !== undefined && method === "WriteString" && isStringLiteral(value))
    return constantCount(lengthOf(value.text));
  if (value !== undefined && method === "WriteRune") {
    if (value.type === "rune_literal") return constantCount(lengthOf(value.text));
    if (isRangedCharacter(value)) return constantCount(1);
  }
  return refuse(t("How long `{0}` is differs from turn to turn.", value?.text ?? node.text));
}

/** The bytes of a call whose value may be a path, or a sum of such and of literals; `paths` are those that are read. */
export function measuredBytes(node: SyntaxNode): Added {
  const call = asCall(node);
  const method = call?.callee.childForFieldName("field")?.text;
  const [value] = call?.arguments ?? [];
  const hasLength = value !== undefined && (method === "WriteString" || method === "Write");
  return hasLength ? lengthOfSum(withoutParentheses(value)) : { count: bytesWritten(node), paths: [] };
}

function lengthOfSum(value: SyntaxNode): Added {
  if (isStringLiteral(value)) return { count: constantCount(lengthOf(value.text)), paths: [] };
  if (value.type === "binary_expression" && value.childForFieldName("operator")?.text === "+") {
    const parts = ["left", "right"].flatMap((side) => {
      const part = value.childForFieldName(side);
      return part === null ? [] : [lengthOfSum(withoutParentheses(part))];
    });
    return { count: parts.map(({ count }) => count).reduce(sum), paths: parts.flatMap(({ paths }) => paths) };
  }
  if (!isPath(value)) return refuse(t("How long `{0}` is differs from turn to turn.", value.text));
  return { count: symbolicCount(`len(${value.text})`), paths: [value] };
}

function isStringLiteral(node: SyntaxNode): boolean {
  return /^(?:interpreted|raw)_string_literal$/.test(node.type);
}

/** Bytes of a literal's value in UTF-8 (go.dev/ref/spec#String_literals). */
function lengthOf(literal: string): number {
  const body = literal.slice(1, -1);
  const encoder = new TextEncoder();
  if (literal.startsWith("`")) return encoder.encode(body.replaceAll("\r", "")).length;
  const plain = body
    .replace(/\\(?:U([0-9a-fA-F]{8})|u([0-9a-fA-F]{4}))/g, (_escape, long?: string, short?: string) =>
      String.fromCodePoint(Math.min(Number.parseInt(long ?? short ?? "0", 16), 0x10ffff)),
    )
    .replace(/\\(?:x[0-9a-fA-F]{2}|[0-7]{3}|.)/g, "0");
  return encoder.encode(plain).length;
}

/** `c` in `for _, c := range text`. */
function isRangedCharacter(value: SyntaxNode): boolean {
  const declaration = value.type === "identifier" ? declarationOf(value) : undefined;
  if (declaration?.kind !== "range-variable") return false;
  const names = declaration.node.childForFieldName("left")?.namedChildren ?? [];
  const ranged = declaration.node.childForFieldName("right");
  return isSame(names[1], declaration.name) && ranged !== null && categoryOf(ranged) === "string";
}
