/** Passes a variable by value to a function that only reads it, most of all to a goroutine, instead of its address. */
import * as l10n from "@vscode/l10n";
import type { Edit } from "../analysis/verify.js";
import { asCall, type CallSyntax } from "../syntax/calls.js";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { isSame, withoutParentheses, withParentheses } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import { calledBy } from "./callResult.js";
import { definitionIn, usesOfFunction } from "./changedFunction.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { editPackage, isExported, refuseLinked } from "./packageFiles.js";
import { packageTypes } from "./packageTypes.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";
import { passValue as passByValue, pointedType, takeValue } from "./valueParameter.js";
import { copyableSize } from "./valueTypes.js";
import { functionOf, useKind, usesOf } from "./variableUses.js";

const { t } = l10n;

/** Bytes up to which a copy is cheaper than an allocation without a doubt, and above which it may not be. */
const alwaysCheap = 128;
const limit = 512;

export const passValue: Fix = {
  id: "pass-value",
  appliesTo: (site) =>
    site.kind === "moved" &&
    site.inlinedFrom === null &&
    ["captured-reference", "goroutine", "leaking-argument", "defer-loop"].includes(site.reason),
  propose: (input) =>
    proposals("pass-value", () => withSiteFile(input, (tree, node) => propose(input, tree, node))),
};

/** Nothing for variables whose address no call of the package's own functions gets. */
function propose(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal[] {
  const found = callWithAddress(node);
  if (found === undefined) return [];
  const { call, index, name } = found;
  const { edit, type } = changed(input, tree, call, index);
  const size = copyableSize(type, packageTypes(input.snapshot));
  if (size === undefined)
    return refuse(t("A `{0}` may hold something that must not be copied, such as a lock.", type));
  if (size > limit) return refuse(t("Copying {0} bytes may cost more than the allocation.", size));
  return [
    {
      fix: "pass-value",
      edit,
      proof: "gone",
      title: t("Pass `{0}` by value", name),
      behaviour: null,
      isPreferred: size <= alwaysCheap,
      choice: null,
    },
  ];
}

interface Passed {
  readonly name: string;
  readonly call: CallSyntax;
  /** Which argument it is, from 0. */
  readonly index: number;
}

/** The one place where the variable's address is taken, as an argument of a function literal or a function by name. */
function callWithAddress(node: SyntaxNode): Passed | undefined {
  const declaration = node.type === "identifier" ? declarationOf(node) : undefined;
  const definition = declaration === undefined ? undefined : functionOf(declaration);
  if (declaration === undefined || definition === undefined || isPackageLevel(declaration)) return undefined;
  const addresses = usesOf(declaration, definition).filter((use) => useKind(use) === "address");
  const [use, ...others] = addresses;
  const address = use === undefined ? null : withParentheses(use).parent;
  const argument = address === null ? undefined : withParentheses(address);
  const list = argument?.parent;
  const call = list?.type === "argument_list" && list.parent !== null ? asCall(list.parent) : undefined;
  if (call === undefined || argument === undefined) return undefined;
  const callee = withoutParentheses(call.callee);
  if (!isOwnFunction(callee)) return undefined;
  if (others.length > 0)
    return refuse(t("The address of `{0}` is taken elsewhere too.", declaration.name.text));
  const index = call.arguments.findIndex((each) => isSame(withParentheses(each), argument));
  return index < 0 ? undefined : { name: declaration.name.text, call, index };
}

/** A function literal that is called where it stands, or a name that is the package's. */
function isOwnFunction(callee: SyntaxNode): boolean {
  if (callee.type === "func_literal") return true;
  if (callee.type !== "identifier") return false;
  const declaration = declarationOf(callee);
  return declaration === undefined || (declaration.kind === "function" && isPackageLevel(declaration));
}

function changed(
  input: FixInput,
  tree: GoTree,
  call: CallSyntax,
  index: number,
): { readonly edit: Edit; readonly type: string } {
  const types = packageTypes(input.snapshot);
  const callee = withoutParentheses(call.callee);
  if (callee.type === "func_literal") {
    const edits = new FileEdits(tree);
    takeValue(callee, index, types, edits);
    passByValue(call.node, index, edits);
    return { edit: new Map([[input.site.file, edits.toTextEdits()]]), type: pointedType(callee, index) };
  }
  const name = callee.text;
  if (isExported(name)) return refuse(t("`{0}` is exported: its callers are not all known.", name));
  refuseLinked(input, name);
  let type: string | undefined;
  const edit = editPackage(input, name, (file) => {
    const own = definitionIn(file.tree, name);
    if (own !== undefined) {
      if (own.childForFieldName("type_parameters") !== null) refuse(t("`{0}` is generic.", name));
      type = pointedType(own, index);
      takeValue(own, index, types, file.edits);
    }
    for (const use of usesOfFunction(file.tree, name)) passByValue(calledBy(use), index, file.edits);
  });
  return type === undefined
    ? refuse(t("The function `{0}` is not declared in the package's own files.", name))
    : { edit, type };
}
