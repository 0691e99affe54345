/** Takes the struct that Unmarshal or Decode fills from a pool, and puts it back when the function returns. */
import * as l10n from "@vscode/l10n";
import type { CallSyntax } from "../syntax/calls.js";
import { functionDeclaration } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { firstLine, freePackageName } from "./bufferPool.js";
import { FileEdits } from "./edits.js";
import { declaredAlone } from "./declaredTogether.js";
import { fillingCall, fillsItself, isKnown, mayBeFilled, refuseKept } from "./filledVariable.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { FileImports } from "./imports.js";
import { type PackageTypes, packageTypes } from "./packageTypes.js";
import { proposals, refuse } from "./refusal.js";
import { languageMinor, withSiteFile } from "./sourceFile.js";
import { isCaptured, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export const poolTarget: Fix = {
  id: "pool-target",
  appliesTo: mayBeFilled,
  propose: (input) =>
    proposals("pool-target", () => withSiteFile(input, (tree, node) => propose(input, tree, node))),
};

/** Nothing for variables that no such call fills, and in loops, where one variable before the loop is better. */
function propose(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal[] {
  const call = fillingCall(node);
  const declaration = node.type === "identifier" ? declarationOf(node) : undefined;
  if (call === undefined || declaration === undefined) return [];
  const { type, statement } = declaredAlone(declaration, tree);
  const types = packageTypes(input.snapshot);
  if (types.types.get(type)?.isStruct !== true || ancestor(statement, loops) !== undefined) return [];
  const name = declaration.name.text;
  const top = functionDeclaration(declaration.name);
  if (top === undefined || !isSame(statement.parent?.parent, top.childForFieldName("body")))
    return refuse(t("`{0}` is not declared in the function's own body.", name));
  refuseLocalType(type, statement, types);
  const uses = usesOf(declaration, top);
  for (const use of uses) {
    if (isCaptured(use, declaration)) refuse(t("A function literal uses `{0}`.", name));
    refuseKept(use, type, types);
  }
  const edits = new FileEdits(tree);
  const imports = new FileImports(input, tree);
  const pool = freePackageName(input, `${lowered(type)}Pool`);
  const sync = imports.qualifier("sync", statement);
  const any = (languageMinor(input) ?? 18) < 18 ? "interface{}" : "any";
  const lines = [`${name} := ${pool}.Get().(*${type})`, `*${name} = ${type}{}`, `defer ${pool}.Put(${name})`];
  edits.replace(statement, lines.join("\n"));
  for (const use of uses) writeUse(use, edits);
  const value = `${sync}.Pool{New: func() ${any} { return new(${type}) }}`;
  edits.insertLineBefore(firstLine(top), `var ${pool} = ${value}\n`);
  imports.write(edits);
  return [
    {
      fix: "pool-target",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: "pooled",
      title: t("Take `{0}` from a pool", name),
      behaviour: behaviourOf(call, tree, type, types),
      isPreferred: false,
      choice: null,
    },
  ];
}

const loops: ReadonlySet<string> = new Set(["for_statement", "func_literal"]);

/** A type of the function's own, or a parameter of it, means nothing at package level. */
function refuseLocalType(type: string, statement: SyntaxNode, { types }: PackageTypes): void {
  const written = statement.descendantsOfType("type_identifier").find((each) => each?.text === type);
  const declaration = written === undefined || written === null ? undefined : declarationOf(written);
  const isPackages = declaration === undefined || isPackageLevel(declaration);
  if (!isPackages || types.get(type)?.isGeneric === true)
    refuse(t("The type `{0}` is the function's own.", type));
}

/** `&v` is `v` now, a field stays as it is, and the value as a whole is `*v`. */
function writeUse(use: SyntaxNode, edits: FileEdits): void {
  const kind = useKind(use);
  const outer = withParentheses(use).parent;
  if (kind === "field") return;
  if (kind === "address" && outer !== null) edits.replace(outer, use.text);
  else edits.replace(use, `*${use.text}`);
}

/** A method of the type's own may keep what it fills. */
function behaviourOf(call: CallSyntax, tree: GoTree, type: string, types: PackageTypes): string | null {
  const isPlain = isKnown(call, tree) && !fillsItself(type, types);
  return isPlain ? null : t("`{0}` must not keep the pointer: the variable is used again.", call.callee.text);
}

function lowered(type: string): string {
  return /^\p{Lu}+$/u.test(type) ? type.toLowerCase() : type.charAt(0).toLowerCase() + type.slice(1);
}
