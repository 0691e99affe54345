/** Puts what is too large for an implicit stack variable into a declared array, for which Go's limit is higher. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import { functionDeclaration } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { integerConstant } from "../syntax/integerConstant.js";
import { present } from "../syntax/nodes.js";
import { assignedVariable, makeSlice, statementOf } from "./allocatedSlice.js";
import { arrayLengthText } from "./arrayLength.js";
import { sizeOfType } from "./constants.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { proposals, refuse } from "./refusal.js";
import { freeName, isBuiltin, withSiteFile } from "./sourceFile.js";

const { t } = l10n;

export const fixedArray: Fix = {
  id: "fixed-array",
  appliesTo: (site) =>
    site.reason === "too-large" && ["make", "new", "address-of-literal"].includes(site.form),
  propose: (input) =>
    proposals("fixed-array", () => withSiteFile(input, (tree, node) => [proposal(input, tree, node)])),
};

interface ArrayForm {
  /** Type of the array. */
  readonly type: string;
  /** Bytes; undefined where a name in the type is declared elsewhere. */
  readonly size: number | undefined;
  /** What is declared, for a variable's name. */
  declaration(name: string): string;
  /** What takes the expression's place. */
  expression(name: string): string;
}

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal {
  const form = makeForm(node) ?? newForm(node) ?? literalForm(node);
  if (form === undefined) return refuse(t("Only slices and arrays of constant size can become an array."));
  refuseUnlessInLimit(input, form);
  const statement = statementOf(tree, node);
  const definition = functionDeclaration(node) ?? statement;
  const assigned = assignedVariable(node);
  const name = freeName(assigned === undefined ? "array" : `${assigned.name.text}Array`, definition);
  const edits = new FileEdits(tree);
  edits.insertLineBefore(statement, form.declaration(name));
  edits.replace(node, form.expression(name));
  const behaviour = stackBehaviour(form.size, definition);
  return {
    fix: "fixed-array",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "gone",
    title: t("Convert to a fixed array `{0}` on the stack", form.type),
    behaviour,
    isPreferred: behaviour === null,
    choice: null,
  };
}

function makeForm(node: SyntaxNode): ArrayForm | undefined {
  const made = makeSlice(node);
  if (made === undefined) return undefined;
  const { element, length, capacity } = made;
  const type = `[${arrayLengthText(capacity ?? length)}]${element.text}`;
  const end = capacity === undefined ? "" : integerConstant(length) === 0 ? "0" : length.text;
  return {
    type,
    size: sizeOf(capacity ?? length, element),
    declaration: (name) => `var ${name} ${type}`,
    expression: (name) => `${name}[:${end}]`,
  };
}

/** `new([N]T)` */
function newForm(node: SyntaxNode): ArrayForm | undefined {
  const call = asCall(node);
  const [type] = call?.arguments ?? [];
  if (call === undefined || type?.type !== "array_type" || !isBuiltin(call.callee, "new")) return undefined;
  return {
    type: type.text,
    size: sizeOfType(type),
    declaration: (name) => `var ${name} ${type.text}`,
    expression: (name) => `&${name}`,
  };
}

/** `&[N]T{…}` */
function literalForm(node: SyntaxNode): ArrayForm | undefined {
  const literal = node.type === "unary_expression" ? node.childForFieldName("operand") : null;
  const type = literal?.type === "composite_literal" ? literal.childForFieldName("type") : null;
  const body = literal?.childForFieldName("body") ?? null;
  if (literal === null || type?.type !== "array_type" || body === null) return undefined;
  const isEmpty = /^\{\s*\}$/.test(body.text);
  if (!isEmpty && body.text.includes("\n")) return undefined;
  return {
    type: type.text,
    size: sizeOfType(type),
    declaration: (name) => (isEmpty ? `var ${name} ${type.text}` : `${name} := ${literal.text}`),
    expression: (name) => `&${name}`,
  };
}

function sizeOf(count: SyntaxNode, element: SyntaxNode): number | undefined {
  const [length, size] = [integerConstant(count), sizeOfType(element)];
  return length === undefined || size === undefined ? undefined : length * size;
}

/** Bytes of the largest declared variable on the stack (cmd/compile/internal/ir/cfg.go, golang/go#73536). */
function declaredLimit(goMinor: number): number {
  return goMinor >= 24 ? 128 * 1024 : 10 * 1024 * 1024;
}

function refuseUnlessInLimit(input: FixInput, { size }: ArrayForm): void {
  const limit = declaredLimit(input.goMinor);
  if (size !== undefined && size > limit)
    refuse(t("It has {0} bytes, more than Go puts on the stack in one variable.", size.toLocaleString("en")));
}

/** Above this many bytes in each call, a deep stack is worth a question. */
const smallStack = 256 * 1024;

/** Stacks grow by copying, up to 1 GB in all (runtime, SetMaxStack), so that a large frame is not free. */
function stackBehaviour(size: number | undefined, definition: SyntaxNode): string | null {
  if (size === undefined || size > smallStack)
    return t("Each call needs that much stack, which grows by copying.");
  const name = definition.childForFieldName("name")?.text;
  const calls = present(definition.descendantsOfType("call_expression"));
  const isRecursive = calls.some(({ firstNamedChild }) => {
    const called =
      firstNamedChild?.type === "selector_expression"
        ? firstNamedChild.childForFieldName("field")
        : firstNamedChild;
    return called?.text === name;
  });
  return isRecursive ? t("The function calls itself, and each call needs that much stack.") : null;
}
