/**
 * Asks the compiler for the types of expressions: the call that they stand in is replaced by one that cannot compile, and
 * types2 names the type of its operand in the error (cmd/compile/internal/types2, operand.String). Nothing is guessed: what
 * the message does not say stays unknown.
 */
import type { TextSpan } from "../syntax/nodes.js";
import type { Snapshot } from "./snapshot.js";
import type { Recompile } from "./verify.js";

/** Spans are UTF-16 offsets into the snapshot's text of the file. */
export interface TypeQuestion {
  /** Absolute path. */
  readonly file: string;
  /** The expression that gives way to the question; the operands stand within it. */
  readonly place: TextSpan;
  readonly operands: readonly TextSpan[];
}

/** Types as the compiler writes them (`int`, `time.Duration`, `[]byte`), in the order of the question's operands. */
export type OperandTypes = readonly string[];

const probe = "escapeLensTypesOf";
const field = "escapeLens";

/**
 * The types, or undefined where the compiler does not tell: below Go 1.18 in go.mod (type parameters), for untyped nil, for
 * text that does not compile anyway. Rejects as `recompile` does.
 */
export async function operandTypes(
  question: TypeQuestion,
  snapshot: Snapshot,
  recompile: Recompile,
  signal: AbortSignal,
): Promise<OperandTypes | undefined> {
  const source = snapshot.texts.get(question.file);
  if (source === undefined || question.operands.length === 0) return undefined;
  const { text } = source;
  const asked = question.operands.map(({ start, end }) => text.slice(start, end)).join(", ");
  const { start, end } = question.place;
  const edited = `${text.slice(0, start)}string(${probe}(${asked}))${text.slice(end)}\n${declaration(question.operands.length)}`;
  const outcome = await recompile(snapshot, new Map([[question.file, edited]]), signal);
  return "error" in outcome ? typesIn(outcome.error, question.operands.length) : undefined;
}

/** `func probe[T0, T1 any](T0, T1) (_ struct { escapeLens0 T0; escapeLens1 T1 }) { return }` */
function declaration(count: number): string {
  const parameters = Array.from({ length: count }, (_, index) => `T${index}`);
  const fields = parameters.map((name, index) => `${field}${index} ${name}`).join("; ");
  const list = parameters.join(", ");
  return `func ${probe}[${list} any](${list}) (_ struct{ ${fields} }) { return }\n`;
}

/** From `… (value of type struct{escapeLens0 int; escapeLens1 string}) to type string`. */
function typesIn(message: string, count: number): OperandTypes | undefined {
  const struct = new RegExp(
    String.raw`\(value of (?:struct )?type struct\{(${field}0 .*)\}\) to type string`,
  ).exec(message)?.[1];
  const types = struct?.split(new RegExp(`(?:^|; )${field}\\d+ `)).slice(1);
  return types?.length === count ? types.map(withoutQuotes) : undefined;
}

/** Where two packages of a build share a name, types2 writes their paths in quotes: `"net/http".ResponseWriter`. */
function withoutQuotes(type: string): string {
  return type.replace(/"(?:[^"]*\/)?(\w+)"\./g, "$1.");
}
