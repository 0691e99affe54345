/** Makes a function return a value instead of a pointer to a new one, with all its callers in the package. */
import path from "node:path";
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import { changedFunction, definitionIn, usesOfFunction } from "./changedFunction.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { editPackage, isExported } from "./packageFiles.js";
import { packageTypes } from "./packageTypes.js";
import { proposals, refuse } from "./refusal.js";
import { pointerResult, returnValues } from "./pointerResult.js";
import { adaptPointerCaller } from "./pointerCallers.js";
import { withSiteFile } from "./sourceFile.js";
import { copyableSize } from "./valueTypes.js";

const { t } = l10n;

/** Bytes up to which a copy is cheaper than an allocation without a doubt, and above which it may not be. */
const alwaysCheap = 128;
const limit = 512;

export const returnValue: Fix = {
  id: "return-value",
  appliesTo: (site) =>
    site.reason === "return-address" &&
    ["address-of-literal", "variable", "parameter", "new"].includes(site.form) &&
    site.inlinedFrom === null,
  needsImporters: ({ site }) => isExported(site.function),
  propose: (input) =>
    proposals("return-value", () => [withSiteFile(input, (_tree, node) => proposal(input, node))]),
};

function proposal(input: FixInput, node: SyntaxNode): Proposal {
  const { definition, name } = changedFunction(input, node);
  refuseImporters(input, name);
  const result = pointerResult(definition);
  const size = copyableSize(result.type, packageTypes(input.snapshot));
  if (size === undefined)
    refuse(t("A `{0}` may hold something that must not be copied, such as a lock.", result.type));
  if (size > limit) refuse(t("Copying {0} bytes may cost more than the allocation.", size));
  const zeroed = new Set<string>();
  const edit = editPackage(input, name, ({ path, tree, edits }) => {
    const own = path === input.site.file ? definitionIn(tree, name) : undefined;
    if (own !== undefined && returnValues(own, result, packageTypes(input.snapshot), edits)) zeroed.add(path);
    for (const use of usesOfFunction(tree, name)) adaptPointerCaller(use, result, edits);
  });
  return {
    fix: "return-value",
    edit,
    proof: "gone",
    title: t("Return `{0}` from `{1}` by value", result.type, name),
    behaviour:
      behaviourOf(input, name) ??
      (zeroed.size > 0
        ? t("Where there is no `{0}`, callers get a zero value instead of nil.", result.type)
        : null),
    isPreferred: size <= alwaysCheap,
    choice: null,
  };
}

/** Other packages of the module would no longer compile, and nobody compiles them here. */
function refuseImporters({ importers, snapshot }: FixInput, name: string): void {
  if (!isExported(name) || importers === undefined) return;
  // A dot import has it without a qualifier.
  const use = new RegExp(`(?:^import |^\\s+)\\. "|\\.\\s*${name}\\b`, "m");
  const importer = [...importers].find(([, text]) => use.test(text))?.[0];
  if (importer === undefined) return;
  const file = path.relative(snapshot.package.root, importer).split(path.sep).join("/");
  refuse(t("`{0}` is exported, and {1} uses it.", name, file));
}

/** An exported function of a package that other modules can import has callers that nobody here can see. */
function behaviourOf({ snapshot }: FixInput, name: string): string | null {
  const { importPath, variants } = snapshot.package;
  const isClosed =
    variants.some((variant) => variant.name === "main") || /(?:^|\/)internal(?:\/|$)/.test(importPath);
  return isExported(name) && !isClosed
    ? t("`{0}` is exported: code in other packages that needs a pointer no longer compiles.", name)
    : null;
}
