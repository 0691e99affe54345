/** Takes a constant apart that a format would have written: the values behind its verbs, as Go literals. */
import { escapeRegExp } from "../go/regExp.js";
import type { FormatPiece } from "./formatVerbs.js";

const wanted: Readonly<Record<string, string>> = { bool: "(true|false)", string: "(.*)" };
const lazy: Readonly<Record<string, string>> = { ...wanted, string: "(.*?)" };

/**
 * `"u:7:x"` under `u:%d:%s` is `7` and `"x"`. `kinds` are the basic types of the verbs' operands. Undefined where the
 * literal is escaped or raw, does not fit the format, or fits it in two ways.
 */
export function constantKey(
  literal: string,
  pieces: readonly FormatPiece[],
  kinds: readonly string[],
): string[] | undefined {
  const text = /^"([^"\\]*)"$/.exec(literal)?.[1];
  if (text === undefined) return undefined;
  const [longest, shortest] = [wanted, lazy].map((table) =>
    pattern(pieces, kinds, table)?.exec(text)?.slice(1),
  );
  if (longest === undefined || shortest === undefined) return undefined;
  if (longest.some((part, index) => part !== shortest[index])) return undefined;
  return longest.map((part, index) => (kinds[index] === "string" ? `"${part}"` : part));
}

function pattern(
  pieces: readonly FormatPiece[],
  kinds: readonly string[],
  table: Readonly<Record<string, string>>,
): RegExp | undefined {
  let verb = 0;
  const parts = pieces.map((piece) => {
    if (piece.kind === "text") return escapeRegExp(piece.literal.slice(1, -1));
    const kind = kinds[verb++] ?? "";
    return /^[dsv]$/.test(piece.verb) && piece.precision === undefined
      ? (table[kind] ?? "(0|-?[1-9][0-9]*)")
      : undefined;
  });
  return parts.includes(undefined) ? undefined : new RegExp(`^${parts.join("")}$`, "s");
}
