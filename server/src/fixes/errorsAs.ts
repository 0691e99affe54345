/** Finds an error of one type without a variable whose address errors.As gets. */
import * as l10n from "@vscode/l10n";
import { asCall, type CallSyntax } from "../syntax/calls.js";
import { type Declaration, writtenType } from "../syntax/declarations.js";
import { fileNames } from "../syntax/fileNames.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isSame, isWithin, withoutParentheses, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { FileEdits, startsLine } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { FileImports } from "./imports.js";
import { proposals, refuse } from "./refusal.js";
import { freeName, languageMinor, withSiteFile } from "./sourceFile.js";
import { functionOf, isCaptured, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/** The first version of Go whose package errors has AsType (go.dev/doc/go1.26). */
const asTypeMinor = 26;

export const errorsAs: Fix = {
  id: "errors-as",
  appliesTo: (site) => site.kind === "moved" && site.form === "variable" && site.inlinedFrom === null,
  propose: (input) =>
    proposals("errors-as", () => withSiteFile(input, (tree, node) => propose(input, tree, node))),
};

/** Nothing for variables that errors.As does not get. */
function propose(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal[] {
  const asked = asCallOf(tree, node);
  if (asked === undefined) return [];
  const { declaration, definition, call, qualifier } = asked;
  const name = declaration.name.text;
  const type = writtenType(declaration)?.text;
  const variable = ancestor(declaration.name, new Set(["var_declaration"]));
  const isAlone =
    variable !== undefined &&
    startsLine(tree, variable) &&
    declaration.node.childForFieldName("value") === null &&
    new RegExp(`^var\\s+${name}\\s`).test(variable.text);
  if (!isAlone || type === undefined) return refuse(t("`{0}` is not declared on its own.", name));
  const uses = usesOf(declaration, definition);
  if (uses.some((use) => isCaptured(use, declaration))) refuse(t("A function literal uses `{0}`.", name));
  if (uses.some((use) => useKind(use) === "assigned")) refuse(t("`{0}` is assigned elsewhere too.", name));
  const statement = conditionOf(call);
  const isLocal = uses.every((use) => isWithin(use, statement)) && !isNegated(call.node);
  if (!isLocal && !isSame(nextStatement(variable), statement))
    return refuse(t("`{0}` is used outside the statement that asks for it.", name));
  const hasAsType = (languageMinor(input) ?? 0) >= asTypeMinor && input.goMinor >= asTypeMinor;
  const ok = freeName("ok", definition);
  const error = call.arguments[0]?.text ?? "";
  const edits = new FileEdits(tree);
  const imports = new FileImports(input, tree);
  if (!hasAsType) imports.drop(qualifier);
  const value = hasAsType
    ? `${qualifier.text}.AsType[${type}](${error})`
    : `${operandText(call.arguments[0], error)}.(${type})`;
  const condition = statement.childForFieldName("condition");
  if (condition === null) return refuse(t("The syntax around it is broken."));
  const found = `${name}, ${ok} := ${value}`;
  if (isLocal) {
    edits.deleteLine(variable);
    edits.replaceSpan(condition.startIndex, condition.startIndex, `${found}; `);
  } else edits.replace(variable, found);
  edits.replace(call.node, ok);
  imports.write(edits);
  return [
    {
      fix: "errors-as",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: "gone",
      title: hasAsType
        ? t("Replace `errors.As` with `errors.AsType`")
        : t("Replace `errors.As` with a type assertion"),
      behaviour: hasAsType ? null : t("An error that only wraps a `{0}` is no longer found.", type),
      isPreferred: hasAsType,
      choice: null,
    },
  ];
}

interface AsCall {
  readonly declaration: Declaration;
  readonly definition: SyntaxNode;
  readonly call: CallSyntax;
  /** The file's name of package errors, before the dot. */
  readonly qualifier: SyntaxNode;
}

/** The one place where the variable's address is taken, if that is `errors.As(err, &v)`. */
function asCallOf(tree: GoTree, node: SyntaxNode): AsCall | undefined {
  const declaration = node.type === "identifier" ? declarationOf(node) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration?.kind !== "variable" || definition === undefined || isPackageLevel(declaration))
    return undefined;
  const addresses = usesOf(declaration, definition).filter((use) => useKind(use) === "address");
  const [use] = addresses;
  const list = use === undefined ? null : withParentheses(withParentheses(use).parent ?? use).parent;
  const call = list?.type === "argument_list" && list.parent !== null ? asCall(list.parent) : undefined;
  const callee = call === undefined ? undefined : withoutParentheses(call.callee);
  const qualifier = callee?.childForFieldName("operand");
  const isErrors =
    callee?.childForFieldName("field")?.text === "As" &&
    qualifier?.type === "identifier" &&
    fileNames(tree).imports.get(qualifier.text) === "errors" &&
    declarationOf(qualifier)?.kind !== "variable";
  if (call?.arguments.length !== 2 || !isErrors) return undefined;
  if (addresses.length > 1) refuse(t("The address of `{0}` is taken elsewhere too.", declaration.name.text));
  return { declaration, definition, call, qualifier };
}

/**
 * The if statement in whose condition the call stands: it is asked before anything else there, or of a plain variable, so
 * that nothing can tell when.
 */
function conditionOf({ node: call, arguments: [error] }: CallSyntax): SyntaxNode {
  const isPlain = error?.type === "identifier";
  let node = withParentheses(call);
  for (let outer = node.parent; outer !== null; outer = node.parent) {
    const isOperand =
      outer.type === "binary_expression" && (isPlain || isSame(outer.childForFieldName("left"), node));
    if (!isOperand && !isNot(outer)) break;
    node = withParentheses(outer);
  }
  const statement = node.parent;
  const isCondition =
    statement?.type === "if_statement" &&
    isSame(statement.childForFieldName("condition"), node) &&
    statement.childForFieldName("initializer") === null &&
    statement.parent?.type === "statement_list";
  return isCondition ? statement : refuse(t("`errors.As` is not the first condition of an if statement."));
}

function isNot(node: SyntaxNode): boolean {
  return node.type === "unary_expression" && node.childForFieldName("operator")?.text === "!";
}

function isNegated(call: SyntaxNode): boolean {
  const { parent } = withParentheses(call);
  return parent !== null && isNot(parent);
}

/** The statement behind, comments left out. */
function nextStatement(statement: SyntaxNode): SyntaxNode | undefined {
  let next = statement.nextNamedSibling;
  while (next?.type === "comment") next = next.nextNamedSibling;
  return next ?? undefined;
}

/** An operand that a type assertion can follow. */
function operandText(node: SyntaxNode | undefined, text: string): string {
  const isPrimary = /^(?:identifier|selector_expression|call_expression|index_expression)$/.test(
    node?.type ?? "",
  );
  return isPrimary ? text : `(${text})`;
}
