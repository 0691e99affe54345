/** What would have to change for the compiler to decide otherwise, as far as the code at hand shows it. */
import * as l10n from "@vscode/l10n";
import type { ExpressionAnswer, ToldUse, VariableAnswer } from "./answer.js";

const { t } = l10n;

/** Sentences, for what stays on the stack. */
export function conditions(answer: VariableAnswer | ExpressionAnswer, goMinor: number): string[] {
  return answer.kind === "variable" ? ofVariable(answer, goMinor) : ofExpression(answer);
}

function ofVariable(answer: VariableAnswer, goMinor: number): string[] {
  const { subject, uses, values, leaks, stays } = answer;
  const [value] = values.filter((each) => each.stays !== undefined);
  const lines = value === undefined ? [] : [ofValue(value.text, subject.name)];
  if (stays !== undefined) lines.push(ofParameter(subject.name));
  lines.push(...uses.flatMap((told) => ofUse(told, answer)));
  if (lines.length === 0 && leaks.length === 0) lines.push(ofAddress(answer));
  // What is smaller than that anyhow need not be told so.
  if (subject.role === "variable" && ["array", "other"].includes(subject.category))
    lines.push(ofSize(subject.name, goMinor));
  return lines;
}

function ofParameter(name: string): string {
  return t(
    "What callers pass for `{0}` would have to be on the heap if it were stored in something that lives longer, or passed to a function that keeps it.",
    name,
  );
}

/** Only what has the variable's own address can move it. */
function ofUse({ use, taken, capture }: ToldUse, answer: VariableAnswer): string[] {
  const { name } = answer.subject;
  if (use.role === "captured") return capture?.byReference === false ? [] : [ofCapture(name)];
  if (use.role === "receiver" && taken?.parameter.type.startsWith("*") === true && !isPointer(answer))
    return [t("`{0}` would move to the heap if `{1}` kept its receiver.", name, taken.function.name)];
  if (use.role === "sliced")
    return [t("What is sliced would move to the heap if `{0}` outlived the function.", use.text)];
  if (!use.isAddress) return [];
  if (use.role !== "argument")
    return [t("`{0}` would move to the heap if what holds `{1}` outlived the function.", name, use.text)];
  const callee = taken?.function.name ?? use.call?.text ?? "";
  return [t("`{0}` would move to the heap if `{1}` kept the pointer that it is passed.", name, callee)];
}

/** Then a method has the pointer, and not the address of the variable. */
function isPointer({ subject, values }: VariableAnswer): boolean {
  return subject.category === "pointer" || values.some(({ text }) => /^&|^new\(/.test(text));
}

function ofCapture(name: string): string {
  return t(
    "`{0}` would move to the heap if the function literal outlived the function: returned, stored, or run by `go`.",
    name,
  );
}

function ofAddress({ subject }: VariableAnswer): string {
  return t(
    "`{0}` would move to the heap if its address outlived `{1}`: returned, stored in something that lives longer, or used by a function literal that does.",
    subject.name,
    subject.function.name,
  );
}

/** cmd/compile/internal/ir/cfg.go, MaxStackVarSize: 10 MiB until Go 1.23. */
function ofSize(name: string, goMinor: number): string {
  return t("Also if `{0}` were larger than {1}.", name, goMinor < 24 ? "10 MiB" : "128 KiB");
}

function ofValue(text: string, name: string): string {
  return t(
    "`{0}` would be on the heap if `{1}` were returned, stored in something that lives longer, or passed to a function that keeps it.",
    text,
    name,
  );
}

function ofExpression({ subject, stays, holder }: ExpressionAnswer): string[] {
  if (stays === undefined) return [];
  if (holder !== undefined) return [ofValue(subject.text, holder.subject.name)];
  return [
    t(
      "`{0}` would be on the heap if it were returned, stored in something that lives longer, or passed to a function that keeps it.",
      subject.text,
    ),
  ];
}
