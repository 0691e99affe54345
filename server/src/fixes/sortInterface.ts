/** Slices that are sorted through sort.Interface, whose three methods a type of the package has. */
import * as l10n from "@vscode/l10n";
import { asCall } from "../syntax/calls.js";
import { fileNames } from "../syntax/fileNames.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { operands } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { withTree } from "../syntax/treeSitter.js";
import type { FixInput } from "./fix.js";
import { packageTypes } from "./packageTypes.js";
import { refuse } from "./refusal.js";
import { type Comparison, comparisonOf } from "./sortComparison.js";

const { t } = l10n;

interface SortedSlice {
  readonly slice: SyntaxNode;
  readonly comparison: Comparison;
}

/**
 * `sort.Sort(byAge(people))`: the slice, and the type's `Less` as a comparison of elements that holds in this file; also of
 * package sort's own types, and backwards for `sort.Reverse`.
 */
export function sortedByMethods(input: FixInput, tree: GoTree, value: SyntaxNode): SortedSlice {
  const call = asCall(value);
  const [inner] = call?.arguments ?? [];
  if (call === undefined || inner === undefined || ofPackageSort(call.callee, tree) !== "Reverse")
    return sortedForwards(input, tree, value);
  const { slice, comparison } = sortedForwards(input, tree, inner);
  // The same comparison with its parameters the other way round.
  const text = comparison.text.replace(/^func\((\w+), (\w+) /, "func($2, $1 ");
  return { slice, comparison: { text, isNatural: false, needsCmp: /\bcmp\.Compare\(/.test(text) } };
}

/** What package sort's types are slices of, whose values are ordered as `<` has it; floats have NaN. */
const ownTypes: ReadonlyMap<string, string> = new Map([
  ["IntSlice", "int"],
  ["StringSlice", "string"],
]);

/** `Reverse` of `sort.Reverse`; undefined where it is not of package sort. */
export function ofPackageSort(callee: SyntaxNode, tree: GoTree): string | undefined {
  const qualifier = callee.childForFieldName(callee.type === "qualified_type" ? "package" : "operand");
  const isSort = qualifier !== null && fileNames(tree).imports.get(qualifier.text) === "sort";
  if (!isSort || (declarationOf(qualifier)?.kind ?? "import") !== "import") return undefined;
  return callee.childForFieldName(callee.type === "qualified_type" ? "name" : "field")?.text;
}

function sortedForwards(input: FixInput, tree: GoTree, value: SyntaxNode): SortedSlice {
  const conversion = asCall(value);
  const basic =
    conversion === undefined ? undefined : ownTypes.get(ofPackageSort(conversion.callee, tree) ?? "");
  const [slice] = conversion?.arguments ?? [];
  if (basic !== undefined && slice !== undefined) {
    refuseComputed(slice);
    const text = `func(a, b ${basic}) int { return cmp.Compare(a, b) }`;
    return { slice, comparison: { text, isNatural: true, needsCmp: false } };
  }
  const name = conversion?.callee.type === "identifier" ? conversion.callee.text : undefined;
  const types = packageTypes(input.snapshot);
  const facts = name === undefined ? undefined : types.types.get(name);
  if (conversion?.arguments.length !== 1 || slice === undefined || name === undefined || facts === undefined)
    return refuse(t("It is not converted to a slice type of this package."));
  refuseComputed(slice);
  const element = /^\[\]([\w.*]+)$/.exec(facts.underlying)?.[1];
  const declaration = declarationOf(conversion.callee);
  const isLocal = declaration !== undefined && !isPackageLevel(declaration);
  if (element === undefined || facts.isGeneric || isLocal)
    return refuse(t("It is not converted to a slice type of this package."));
  if (!hasUsualMethod(input, name, "Len", [/^return len\((\w+)\)$/])) refuse(unusual(name, "Len"));
  if (!hasUsualMethod(input, name, "Swap", swaps)) refuse(unusual(name, "Swap"));
  const comparison = withMethod(input, name, "Less", (less, receiver) =>
    comparisonOf(less, receiver, element, types),
  );
  if (comparison === undefined) return refuse(unusual(name, "Less"));
  if (!comparison.isNatural) refuseForeign(comparison.text, element, tree, conversion.callee);
  return { slice, comparison };
}

/** What is sorted is written twice or read at another time, so it must be a plain variable or a field of one. */
export function refuseComputed(slice: SyntaxNode): void {
  if (!/^(?:identifier|selector_expression)$/.test(slice.type) || /[([]/.test(slice.text))
    refuse(t("The slice is no plain variable: `{0}`.", slice.text));
}

function unusual(type: string, method: string): string {
  return t("The method `{0}` of `{1}` does more than sort.Interface asks.", method, type);
}

/** With the receiver and the two indexes in the order of the parameters. */
const swaps = [/^(\w+)\[(\w+)\], \1\[(\w+)\] = \1\[\3\], \1\[\2\]$/] as const;

function hasUsualMethod(input: FixInput, type: string, method: string, bodies: readonly RegExp[]): boolean {
  const isUsual = withMethod(input, type, method, (declaration, receiver) => {
    const body = declaration.childForFieldName("body");
    const list = body === null ? [] : operands(operands(body)[0] ?? body);
    const [only] = list;
    const match = bodies.map((each) => each.exec(only?.text ?? "")).find((each) => each !== null);
    if (list.length !== 1 || match?.[1] !== receiver) return false;
    return match[2] === undefined || match[2] !== match[3];
  });
  return isUsual === true;
}

/** Reads the method of a type by value, in whichever file it stands; undefined where there is none such. */
function withMethod<T>(
  input: FixInput,
  type: string,
  method: string,
  read: (declaration: SyntaxNode, receiver: string) => T,
): T | undefined {
  const pattern = new RegExp(`^func \\((\\w+) ${type}\\) ${method}\\(`, "m");
  for (const source of input.snapshot.texts.values()) {
    const receiver = pattern.exec(source.text)?.[1];
    if (receiver === undefined) continue;
    return withTree(source, ({ root }) => {
      const declaration = operands(root).find(
        (node) => node.type === "method_declaration" && pattern.test(node.text),
      );
      return declaration === undefined ? undefined : read(declaration, receiver);
    });
  }
  return undefined;
}

/** The comparison was written in another place: what it names must mean the same where it is called. */
function refuseForeign(text: string, element: string, tree: GoTree, at: SyntaxNode): void {
  const names = [/\bstrings\.\w/.test(text) ? "strings" : undefined, /^\*?(\w+)\./.exec(element)?.[1]];
  for (const name of names)
    if (name !== undefined && !fileNames(tree).imports.has(name))
      refuse(t("The comparison needs package `{0}`, which this file does not import.", name));
  const base = /^\*?(\w+)$/.exec(element)?.[1];
  if (base !== undefined && isShadowedAt(base, at)) refuse(t("`{0}` means something else here.", base));
}

/** Whether a declaration in the function around the node has the name. */
function isShadowedAt(name: string, node: SyntaxNode): boolean {
  let top = node;
  while (top.parent !== null && top.parent.type !== "source_file") top = top.parent;
  return top.descendantsOfType(["identifier", "type_identifier"]).some((each) => {
    if (each?.text !== name) return false;
    const found = declarationOf(each);
    return found !== undefined && !isPackageLevel(found);
  });
}
