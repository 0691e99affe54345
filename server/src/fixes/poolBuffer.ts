/** Takes a bytes.Buffer that escapes from a pool, and puts it back when the function returns. */
import * as l10n from "@vscode/l10n";
import { type Declaration, declaringStatement } from "../syntax/declarations.js";
import { fileNames } from "../syntax/fileNames.js";
import { functionDeclaration } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, operands, withParentheses } from "../syntax/nodes.js";
import { declarationOf } from "../syntax/scopes.js";
import { FileEdits, startsLine } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { FileImports } from "./imports.js";
import { firstLine, freePackageName, isShadowed, poolInPackage } from "./bufferPool.js";
import { proposals, refuse } from "./refusal.js";
import { languageMinor, withSiteFile } from "./sourceFile.js";
import { functionOf, isCaptured, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export const poolBuffer: Fix = {
  id: "pool-buffer",
  appliesTo: (site) =>
    site.inlinedFrom === null &&
    (site.kind === "moved" || site.form === "new" || site.form === "address-of-literal"),
  propose: (input) =>
    proposals("pool-buffer", () => withSiteFile(input, (tree, node) => propose(input, tree, node))),
};

/** Nothing for what is no bytes.Buffer. */
function propose(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal[] {
  const buffer = bufferAt(tree, node);
  if (buffer === undefined) return [];
  const { declaration, statement, isPointer, qualifier } = buffer;
  const name = declaration.name.text;
  const definition = functionOf(declaration);
  const top = functionDeclaration(declaration.name);
  if (definition === undefined || top === undefined) return refuse(t("The syntax around it is broken."));
  if (ancestor(statement, new Set(["for_statement", "func_literal"])) !== undefined)
    refuse(t("The buffer is made in a loop or a function literal, where a deferred Put comes late."));
  if (!isSame(statement.parent?.parent, top.childForFieldName("body")) || !startsLine(tree, statement))
    refuse(t("`{0}` is not declared in the function's own body.", name));
  const uses = usesOf(declaration, definition);
  for (const use of uses) refuseKept(use, declaration, isPointer);
  const edits = new FileEdits(tree);
  const imports = new FileImports(input, tree);
  const known = poolInPackage(input);
  const pool = known ?? freePackageName(input, "bufferPool");
  const lines = [
    `${name} := ${pool}.Get().(*${qualifier}.Buffer)`,
    `${name}.Reset()`,
    `defer ${pool}.Put(${name})`,
  ];
  edits.replace(statement, lines.join("\n"));
  if (!isPointer) for (const use of uses) writeUse(use, edits);
  if (known === undefined) {
    const sync = imports.qualifier("sync", statement);
    const any = (languageMinor(input) ?? 18) < 18 ? "interface{}" : "any";
    const value = `${sync}.Pool{New: func() ${any} { return new(${qualifier}.Buffer) }}`;
    edits.insertLineBefore(firstLine(top), `var ${pool} = ${value}\n`);
  } else if (isShadowed(known, statement)) refuse(t("`{0}` means something else here.", known));
  imports.write(edits);
  return [
    {
      fix: "pool-buffer",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: "pooled",
      title: t("Take `{0}` from a pool of buffers", name),
      behaviour: t(
        "The buffer is used again: nothing may keep it, or bytes of it, once the function has returned.",
      ),
      isPreferred: false,
      choice: null,
    },
  ];
}

interface LocalBuffer {
  readonly declaration: Declaration;
  readonly statement: SyntaxNode;
  readonly isPointer: boolean;
  /** The file's name of package bytes. */
  readonly qualifier: string;
}

/** `var b bytes.Buffer`, `b := bytes.Buffer{}`, `b := &bytes.Buffer{}` and `b := new(bytes.Buffer)`. */
function bufferAt(tree: GoTree, node: SyntaxNode): LocalBuffer | undefined {
  const list = node.type === "identifier" ? null : withParentheses(node).parent;
  const assigned = list?.type === "expression_list" ? list.parent : null;
  const left = assigned?.type === "short_var_declaration" ? assigned.childForFieldName("left") : null;
  const name = node.type === "identifier" ? node : left === null ? undefined : operands(left)[0];
  const declaration = name === undefined ? undefined : declarationOf(name);
  if (declaration?.kind !== "variable") return undefined;
  const statement = declaringStatement(declaration);
  const match =
    /^(?:var\s+\w+\s+(\w+)\.Buffer|\w+\s*:=\s*(&?)(\w+)\.Buffer\{\}|\w+\s*:=\s*new\((\w+)\.Buffer\))$/u.exec(
      statement?.text ?? "",
    );
  const qualifier = match?.[1] ?? match?.[3] ?? match?.[4];
  if (statement === undefined || match === null || qualifier === undefined) return undefined;
  if (fileNames(tree).imports.get(qualifier) !== "bytes") return undefined;
  return { declaration, statement, isPointer: match[2] === "&" || match[4] !== undefined, qualifier };
}

/** Methods that hand out the buffer's own bytes, which the next user of the buffer overwrites. */
const handsOut = /^(?:Bytes|Next|AvailableBuffer|ReadBytes)$/;

function refuseKept(use: SyntaxNode, declaration: Declaration, isPointer: boolean): void {
  const name = use.text;
  if (isCaptured(use, declaration)) refuse(t("A function literal uses `{0}`.", name));
  const kind = useKind(use);
  if (kind === "field") {
    const selector = withParentheses(use).parent;
    const method = selector?.childForFieldName("field")?.text ?? "";
    const call = selector?.parent;
    if (call?.type !== "call_expression" || !isSame(call.childForFieldName("function"), selector))
      refuse(t("A method value of `{0}` may outlive the function.", name));
    else if (handsOut.test(method) && !isStatementArgument(call))
      refuse(t("The bytes of `{0}` may outlive the function: `{1}`.", name, call.text));
    return;
  }
  const holder = kind === "address" && !isPointer ? withParentheses(use).parent : use;
  const isArgument = holder !== null && withParentheses(holder).parent?.type === "argument_list";
  if (!isArgument || (isPointer ? kind !== "other" : kind !== "address"))
    refuse(t("Something else keeps `{0}`.", name));
  if (/^(?:go|defer)_statement$/.test(holder.parent?.parent?.parent?.type ?? ""))
    refuse(t("`{0}` is used by a deferred call or a goroutine.", name));
  if (isReturned(holder)) refuse(t("What is made of `{0}` is returned.", name));
}

/** A call's argument whose results are not kept: `w.Write(b.Bytes())`, also where they are only checked. */
function isStatementArgument(call: SyntaxNode): boolean {
  const list = withParentheses(call).parent;
  return list?.type === "argument_list" && !isReturned(call);
}

/** Whether the call that gets it makes what is returned or kept: a reader or writer around the buffer, for one. */
function isReturned(argument: SyntaxNode): boolean {
  const call = ancestor(argument, new Set(["call_expression"]));
  const holder =
    call === undefined ? undefined : ancestor(call, new Set(["return_statement", "composite_literal"]));
  return holder !== undefined && isSame(ancestor(holder, functions), ancestor(argument, functions));
}

const functions: ReadonlySet<string> = new Set([
  "function_declaration",
  "method_declaration",
  "func_literal",
]);

/** `&b` is `b` now; calls of its methods stay as they are. */
function writeUse(use: SyntaxNode, edits: FileEdits): void {
  const address = withParentheses(use).parent;
  if (useKind(use) === "address" && address !== null) edits.replace(address, use.text);
}
