/** Makes an unexported function return an array instead of a slice of constant length, with all its callers. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { adaptCaller } from "./arrayCallers.js";
import { type ArrayResult, adaptDefinition, arrayResult } from "./arrayResult.js";
import { changedFunction, definitionIn, usesOfFunction } from "./changedFunction.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { editPackage, isExported } from "./packageFiles.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";

const { t } = l10n;

/** Bytes up to which a copy is cheaper than an allocation without a doubt, and above which it may not be. */
const alwaysCheap = 128;
const limit = 1024;

export const returnArray: Fix = {
  id: "return-array",
  appliesTo: (site) =>
    ["returned", "return-address"].includes(site.reason) &&
    ["make", "composite-literal", "variable"].includes(site.form) &&
    site.inlinedFrom === null,
  propose: (input) =>
    proposals("return-array", () => [withSiteFile(input, (_tree, node) => proposal(input, node))]),
};

function proposal(input: FixInput, node: SyntaxNode): Proposal {
  const { definition, name } = changedFunction(input, node);
  if (isExported(name)) refuse(t("`{0}` is exported: its callers are not all known.", name));
  const result = arrayResult(definition, node);
  if (result.bytes > limit) refuse(t("Copying {0} bytes may cost more than the allocation.", result.bytes));
  const edit = editPackage(input, name, ({ path, tree, edits }) => {
    const own = path === input.site.file ? definitionIn(tree, name) : undefined;
    if (own !== undefined) adaptDefinition(own, result, edits);
    for (const use of usesOfFunction(tree, name)) adaptCaller(use, result, edits);
  });
  return {
    fix: "return-array",
    edit,
    proof: "gone",
    title: t("Return an array `{0}` from `{1}` instead of a slice", typeText(result), name),
    behaviour: null,
    isPreferred: result.bytes <= alwaysCheap,
    choice: null,
  };
}

function typeText({ length, element }: ArrayResult): string {
  return `[${length}]${element}`;
}
