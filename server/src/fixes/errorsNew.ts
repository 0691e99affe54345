/** Replaces a fmt.Errorf that formats nothing by errors.New. */
import * as l10n from "@vscode/l10n";
import type { GoTree, SyntaxNode } from "../syntax/goSyntax.js";
import { constantError } from "./constantErrors.js";
import { FileEdits } from "./edits.js";
import type { Fix, FixInput, Proposal } from "./fix.js";
import { isInlinedError } from "./hoistError.js";
import { FileImports } from "./imports.js";
import { proposals, refuse } from "./refusal.js";
import { withSiteFile } from "./sourceFile.js";

const { t } = l10n;

/** Go 1.26 has fmt.Errorf call errors.New at once where there is no per cent sign (go.dev/cl/708836). */
const direct = 26;

export const errorsNew: Fix = {
  id: "errors-new",
  appliesTo: (site) => isInlinedError(site) && site.inlinedFrom === "fmt.Errorf",
  propose: (input) =>
    proposals("errors-new", () => [withSiteFile(input, (tree, node) => proposal(input, tree, node))]),
};

function proposal(input: FixInput, tree: GoTree, node: SyntaxNode): Proposal {
  const error = constantError(tree, node);
  if (input.goMinor >= direct && !error.text.includes("%"))
    return refuse(t("`fmt.Errorf` without verbs allocates no more than `errors.New`."));
  const imports = new FileImports(input, tree);
  const edits = new FileEdits(tree);
  edits.replace(error.call, `${imports.qualifier("errors", node)}.New(${error.literal})`);
  imports.drop(error.qualifier);
  imports.write(edits);
  return {
    fix: "errors-new",
    edit: new Map([[input.site.file, edits.toTextEdits()]]),
    proof: "structural",
    title: t("Replace `fmt.Errorf` with `errors.New`"),
    behaviour: null,
    isPreferred: true,
    choice: null,
  };
}
