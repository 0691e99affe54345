/** Replaces `w.Write([]byte(s))` by a write of the string itself. */
import * as l10n from "@vscode/l10n";
import type { OperandTypes } from "../analysis/operandTypes.js";
import { asCall, callAround, type CallSyntax } from "../syntax/calls.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { present, withoutParentheses } from "../syntax/nodes.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { FileImports } from "./imports.js";
import { operandQuestion } from "./operandQuestion.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";
import { spaced } from "./spacing.js";
import { writeCall } from "./writers.js";

const { t } = l10n;

export const writeString: Fix = {
  id: "write-string",
  appliesTo: (site) =>
    site.form === "conversion" && site.kind === "escapes" && site.callee?.endsWith(".Write") === true,
  question: (input) =>
    operandQuestion(input, (_tree, node) => {
      const { call, writer, value } = writtenBytes(node);
      return { call: call.node, operands: [writer, value] };
    }),
  propose: (input, types) =>
    proposals("write-string", () => [
      withSiteFile(input, (tree, node) => proposal(input, tree, node, types)),
    ]),
};

function proposal(
  input: FixInput,
  tree: GoTree,
  node: SyntaxNode,
  types: OperandTypes | undefined,
): Proposal {
  const { call, writer, value } = writtenBytes(node);
  const [writerType, type] = types ?? [];
  if (type !== "string") return refuse(t("What is written is not of type `string`."));
  const imports = new FileImports(input, tree);
  const written = writeCall(writer, writerType, (depth) => spaced(value, depth), call.node, imports);
  const edits = new FileEdits(tree);
  edits.replace(call.node, written.code);
  imports.write(edits);
  return {
    fix: "write-string",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "gone",
    title: t("Write the string with `{0}`", written.name),
    behaviour: written.behaviour,
    isPreferred: written.behaviour === null,
    choice: null,
  };
}

/** `writer.Write([]byte(value))` */
function writtenBytes(node: SyntaxNode): { call: CallSyntax; writer: SyntaxNode; value: SyntaxNode } {
  const conversion = asCall(node);
  const [value] = conversion?.arguments ?? [];
  const call = callAround(node);
  const callee = call === undefined ? undefined : withoutParentheses(call.callee);
  const writer = callee?.childForFieldName("operand");
  const isBytes = conversion?.callee.text === "[]byte" && conversion.arguments.length === 1;
  const isWrite = callee?.childForFieldName("field")?.text === "Write" && call?.arguments.length === 1;
  if (!isBytes || !isWrite || value === undefined || writer === null || writer === undefined)
    return refuse(t("It is not the one argument of a `Write`."));
  if (present(call.node.descendantsOfType("comment")).length > 0)
    refuse(t("There is a comment among the arguments."));
  return { call, writer, value };
}
