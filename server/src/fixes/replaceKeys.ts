/** Writes struct keys in the place of formatted ones, wherever a map is used. */
import * as l10n from "@vscode/l10n";
import type { SyntaxNode } from "../syntax/goSyntax.js";
import type { FixInput } from "./fix.js";
import { keyOfUse } from "./formattedKey.js";
import { FileImports } from "./imports.js";
import type { KeyStruct } from "./keyStruct.js";
import type { PackageFile } from "./packageFiles.js";
import { refuse } from "./refusal.js";
import { statementLine } from "./statementLine.js";

const { t } = l10n;

/**
 * Replaces the keys in all given uses of the map `name` in one file, and drops the import that only they needed. Refuses
 * uses that another string than one of the same format may be a key in.
 */
export function replaceKeys(
  input: FixInput,
  { tree, edits }: Pick<PackageFile, "tree" | "edits">,
  uses: readonly SyntaxNode[],
  name: string,
  key: KeyStruct,
): void {
  const imports = new FileImports(input, tree);
  const replaced = new Set<number>();
  for (const use of uses) {
    const other = keyOfUse(use, tree);
    if (other === "any") continue;
    if (other?.call.arguments[0]?.text !== key.format)
      return refuse(t("`{0}` is also used otherwise: `{1}`.", name, statementLine(use)));
    // A variable with a key may be used for the map more than once.
    if (replaced.has(other.call.node.id)) continue;
    replaced.add(other.call.node.id);
    edits.replace(other.call.node, `${key.name}{${other.operands.map(({ text }) => text).join(", ")}}`);
    imports.drop(other.qualifier);
  }
  imports.write(edits);
}
