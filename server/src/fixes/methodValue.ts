/** A method value such as `c.Inc` is an allocation; a function literal without captures is none, and one before a loop is one. */
import * as l10n from "@vscode/l10n";
import { fileNames } from "../syntax/fileNames.js";
import { innermostFunction } from "../syntax/functions.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor, isWithin } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { insertBeforeLoop } from "./labeledLoop.js";
import { type MethodFacts, packageTypes } from "./packageTypes.js";
import { proposals, refuse } from "./refusal.js";
import { freeName, withSiteFile } from "./sourceFile.js";
import { functionOf, isWrittenThrough, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

export const methodValue: Fix = {
  id: "method-value",
  appliesTo: (site) => site.form === "method-value" && site.inlinedFrom === null,
  propose: (input) =>
    proposals("method-value", () => [withSiteFile(input, (tree, node) => proposal(input, tree, node))]),
};

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal {
  const receiver = node.type === "selector_expression" ? node.childForFieldName("operand") : null;
  if (receiver?.type !== "identifier") return refuse(t("The receiver is no plain variable."));
  if (fileNames(tree).imports.has(receiver.text) && declarationOf(receiver)?.kind === "import")
    return refuse(t("The receiver is in another package."));
  const declaration = declarationOf(receiver);
  const isPackages = declaration === undefined || isPackageLevel(declaration);
  return isPackages ? asLiteral(input, tree, node, receiver) : beforeLoop(input, tree, node, receiver);
}

/** `c.Inc` becomes `func() { c.Inc() }`, which uses nothing but the package's variable. */
function asLiteral(input: FixInput, tree: GoTree, node: SyntaxNode, receiver: SyntaxNode): Proposal {
  const { types, methods, variables } = packageTypes(input.snapshot);
  const variable = variables.get(receiver.text);
  const method = node.childForFieldName("field")?.text ?? "";
  const type = variable?.replace(/^\*/, "");
  const facts = type === undefined ? undefined : methods.get(`${type}.${method}`);
  if (type === undefined || facts === undefined || types.get(type)?.isGeneric !== false)
    return refuse(t("The signature of `{0}` is not declared in this package.", node.text));
  if (new RegExp(`\\b${receiver.text}\\b`).test(facts.parameters))
    refuse(t("`{0}` means something else here.", receiver.text));
  const edits = new FileEdits(tree);
  edits.replace(node, literalText(node.text, facts));
  // The address of a variable is the same at any time; what a pointer or a copy holds is not.
  const isSame = facts.isPointer && variable === type;
  return {
    fix: "method-value",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "gone",
    title: t("Call `{0}` in a function literal", node.text),
    behaviour: isSame
      ? null
      : t("`{0}` is read at each call, and no longer when the function is made.", receiver.text),
    isPreferred: true,
    choice: null,
  };
}

function literalText(callee: string, { parameters, result }: MethodFacts): string {
  const { text, names } = namedParameters(parameters);
  const returned = result === "" ? "" : ` ${result}`;
  return `func${text}${returned} { ${result === "" ? "" : "return "}${callee}(${names.join(", ")}) }`;
}

/** Every parameter needs a name to be handed on; those without one, or with a blank, are refused. */
function namedParameters(parameters: string): { text: string; names: string[] } {
  const inner = parameters.slice(1, -1).trim();
  if (inner === "") return { text: "()", names: [] };
  if (/[(){}\n]/.test(inner))
    return refuse(t("The method's parameters are too involved: `{0}`.", parameters));
  const names = inner.split(",").map((part) => {
    const match = /^\s*([\p{L}_][\p{L}\p{N}_]*)(?:\s+(\.\.\.)?\S.*)?$/u.exec(part);
    const name = match?.[1];
    if (name === undefined || name === "_") return refuse(t("The method's parameters have no names."));
    return match?.[2] === undefined ? name : `${name}...`;
  });
  const isTyped = /\s/.test(inner.split(",").at(-1)?.trim() ?? "");
  if (!isTyped) return refuse(t("The method's parameters have no names."));
  return { text: parameters, names };
}

/** One method value before the loop instead of one in each turn. */
function beforeLoop(input: FixInput, tree: GoTree, node: SyntaxNode, receiver: SyntaxNode): Proposal {
  const declaration = declarationOf(receiver);
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined)
    return refuse(t("The syntax around it is broken."));
  let loop: SyntaxNode | undefined;
  const within = innermostFunction(node);
  for (let outer = node.parent; outer !== null && outer.id !== within?.id; outer = outer.parent) {
    if (isWithin(declaration.name, outer)) break;
    if (outer.type === "for_statement") loop = outer;
  }
  if (loop === undefined)
    return refuse(
      t(
        "`{0}` is a variable of this function: a function literal would be allocated as well.",
        receiver.text,
      ),
    );
  const around = loop;
  const isChanged = usesOf(declaration, definition).some((use) => {
    const isChange = useKind(use) === "assigned" || useKind(use) === "address" || isWrittenThrough(use);
    return isChange && (isWithin(use, around) || ancestor(use, new Set(["func_literal"])) !== undefined);
  });
  if (isChanged) refuse(t("The loop's body changes `{0}`.", receiver.text));
  if (!isPointerMethod(input, node))
    refuse(t("The method may take a copy of `{0}`, which can change.", receiver.text));
  const field = node.childForFieldName("field")?.text ?? "f";
  const name = freeName(field.charAt(0).toLowerCase() + field.slice(1), definition);
  const edits = new FileEdits(tree);
  insertBeforeLoop(edits, tree, loop, [`${name} := ${node.text}`]);
  edits.replace(node, name);
  return {
    fix: "method-value",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "fewer",
    title: t("Make the method value `{0}` once, before the loop", node.text),
    behaviour: null,
    isPreferred: true,
    choice: null,
  };
}

/** Whether all methods of that name in the package have pointer receivers. */
function isPointerMethod(input: FixInput, node: SyntaxNode): boolean {
  const method = node.childForFieldName("field")?.text ?? "";
  const { methods } = packageTypes(input.snapshot);
  const candidates = [...methods].filter(([name]) => name.endsWith(`.${method}`));
  return candidates.length > 0 && candidates.every(([, { isPointer }]) => isPointer);
}
