/** `sort.Slice` boxes the slice and swaps by reflection; `slices.SortFunc` does the same without (Go 1.21). */
import * as l10n from "@vscode/l10n";
import { asCall, type CallSyntax } from "../syntax/calls.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { ancestor } from "../syntax/nodes.js";
import { FileEdits } from "./edits.js";
import { elementOf, expressionType } from "./expressionType.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { FileImports } from "./imports.js";
import { operandQuestion } from "./operandQuestion.js";
import { packageTypes } from "./packageTypes.js";
import { proposals, refuse } from "./refusal.js";
import { type Comparison, comparisonOf } from "./sortComparison.js";
import { ofPackageSort, refuseComputed, sortedByMethods } from "./sortInterface.js";
import { languageMinor, withSiteFile } from "./sourceFile.js";
import { copyableSize } from "./valueTypes.js";

const { t } = l10n;

/** Both sort by the same algorithm, so that elements that compare equal end up in the same order, too. */
const replacements: Readonly<Record<string, string>> = {
  Slice: "SortFunc",
  SliceStable: "SortStableFunc",
  Sort: "SortFunc",
  Stable: "SortStableFunc",
};

/** Bytes of an element above which two copies for each comparison may cost more than the boxing. */
const largeElement = 128;

export const sortFunc: Fix = {
  id: "sort-func",
  appliesTo: (site) =>
    site.inlinedFrom === null &&
    (site.form === "boxed" || site.form === "func-literal") &&
    /\b(?:Slice(?:Stable)?|Sort|Stable|Reverse)$/.test(site.callee ?? ""),
  question: (input) =>
    operandQuestion(input, (tree, node) => {
      const call = sortCall(tree, node);
      const [slice] = call?.arguments ?? [];
      // What sort.Sort gets is read with the methods of its type.
      if (call?.arguments.length !== 2 || slice === undefined) return refuse("");
      return { call: call.node, operands: [slice] };
    }),
  propose: (input, types) =>
    proposals("sort-func", () => withSiteFile(input, (tree, node) => propose(input, tree, node, types?.[0]))),
};

/** The call around, or that around `sort.Reverse`. */
function sortCall(tree: GoTree, node: SyntaxNode): CallSyntax | undefined {
  const around = ancestor(node, new Set(["call_expression"]));
  const call = around === undefined ? undefined : asCall(around);
  return call !== undefined && ofPackageSort(call.callee, tree) === "Reverse"
    ? sortCall(tree, call.node)
    : call;
}

/** Nothing for calls of other packages' functions of these names. */
function propose(input: FixInput, tree: GoTree, node: SyntaxNode, sliceType: string | undefined): Proposal[] {
  const call = sortCall(tree, node);
  const called = call === undefined ? undefined : ofPackageSort(call.callee, tree);
  const replacement = replacements[called ?? ""];
  if (call === undefined || replacement === undefined) return [];
  if ((languageMinor(input) ?? 0) < 21)
    refuse(t("The module's Go version does not have `{0}`.", `slices.${replacement}`));
  const { slice, comparison } = sortedBy(input, tree, call.arguments, sliceType);
  const edits = new FileEdits(tree);
  const imports = new FileImports(input, tree);
  const slices = imports.qualifier("slices", call.node);
  const name = `${slices}.${comparison.isNatural ? "Sort" : replacement}`;
  edits.replace(call.callee, name);
  const [first, last] = [call.arguments[0], call.arguments.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (last.type !== "func_literal")
    edits.replace(first, comparison.isNatural ? slice.text : `${slice.text}, ${comparison.text}`);
  else if (comparison.isNatural) edits.replaceSpan(first.endIndex, last.endIndex, "");
  else edits.replace(last, comparison.text);
  if (comparison.needsCmp && imports.qualifier("cmp", slice) !== "cmp")
    refuse(t("`{0}` means something else here.", "cmp"));
  for (const qualifier of qualifiersOf(call, tree)) imports.drop(qualifier);
  imports.write(edits);
  return [
    {
      fix: "sort-func",
      edit: new Map([[input.site.file, edits.toTextEdits()]]),
      proof: "gone",
      title: t("Sort with `{0}`", name),
      behaviour: null,
      isPreferred: true,
      choice: null,
    },
  ];
}

/** The names of package sort in the call that are no longer there: a literal keeps what it says. */
function qualifiersOf({ callee, arguments: [value, ...others] }: CallSyntax, tree: GoTree): SyntaxNode[] {
  const nested = others.length > 0 || value === undefined ? [] : calls(value);
  return [callee, ...nested.map((each) => each.callee)].flatMap((each) =>
    ofPackageSort(each, tree) === undefined ? [] : (each.firstNamedChild ?? []),
  );
}

/** The calls and conversions that wrap what is sorted. */
function calls(value: SyntaxNode): CallSyntax[] {
  const call = asCall(value);
  const [inner] = call?.arguments ?? [];
  return call === undefined ? [] : [call, ...(inner === undefined ? [] : calls(inner))];
}

/** What is sorted, and how elements compare: by a literal, or by the methods of the type that it is converted to. */
function sortedBy(
  input: FixInput,
  tree: GoTree,
  [value, less]: readonly SyntaxNode[],
  sliceType: string | undefined,
): { slice: SyntaxNode; comparison: Comparison } {
  if (value !== undefined && less === undefined) return sortedByMethods(input, tree, value);
  if (value === undefined || less?.type !== "func_literal")
    return refuse(t("The comparison is not a function literal."));
  refuseComputed(value);
  const element = elementTypeOf(input, value, sliceType);
  return {
    slice: value,
    comparison: comparisonOf(less, value.text, element, packageTypes(input.snapshot)),
  };
}

/** From the declarations of the package, in the file's own words, or else in the compiler's. */
function elementTypeOf(input: FixInput, slice: SyntaxNode, sliceType: string | undefined): string {
  const types = packageTypes(input.snapshot);
  const type = expressionType(slice, types) ?? sliceType;
  const element = type === undefined || type.startsWith("map[") ? undefined : elementOf(type, types);
  if (element === undefined)
    return refuse(t("The element type of `{0}` is not written in this package.", slice.text));
  if ((copyableSize(element, types) ?? 0) > largeElement)
    refuse(t("The elements are large: each comparison would copy two."));
  return element;
}
