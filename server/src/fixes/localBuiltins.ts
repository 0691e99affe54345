/** Functions that declare a builtin's name themselves, such as `len := …`: what a fix writes there would mean theirs. */
import * as l10n from "@vscode/l10n";
import type { TextEdit } from "../analysis/verify.js";
import type { Snapshot } from "../analysis/snapshot.js";
import { functionDeclaration } from "../syntax/functions.js";
import { present } from "../syntax/nodes.js";
import { declarationOf, isPackageLevel } from "../syntax/scopes.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import type { Proposal, Refusal } from "./fix.js";
import { unlessOwnBuiltin } from "./ownBuiltins.js";

const { t } = l10n;

/** What fixes write of the universe block (Go specification, Predeclared identifiers). */
const names = [
  ...["append", "cap", "copy", "len", "make", "max", "min", "new", "nil", "true", "false"],
  ...["any", "bool", "byte", "error", "float64", "int", "int64", "string", "uint64"],
];

/** The proposal, or a refusal in its place where the new text uses a name that the package or the function has for something else. */
export function unlessBuiltinTaken(proposal: Proposal, snapshot: Snapshot): Proposal | Refusal {
  const checked = unlessOwnBuiltin(proposal, snapshot);
  return "edit" in checked ? unlessLocalBuiltin(checked, snapshot) : checked;
}

function unlessLocalBuiltin(proposal: Proposal, { texts }: Snapshot): Proposal | Refusal {
  for (const [file, edits] of proposal.edit) {
    const source = texts.get(file);
    const name = source === undefined ? undefined : shadowedIn(source, edits);
    if (name !== undefined)
      return { fix: proposal.fix, refusal: t("`{0}` means something else here.", name) };
  }
  return proposal;
}

function shadowedIn(source: SourceText, edits: readonly TextEdit[]): string | undefined {
  const suspects = names.filter((name) => mayDeclare(source.text, name));
  const used = suspects.filter((name) => edits.some(({ newText }) => uses(newText, name)));
  return used.length === 0
    ? undefined
    : withTree(source, ({ root }) =>
        used.find((name) =>
          edits.some(({ range, newText }) => {
            if (!uses(newText, name)) return false;
            const offset = source.offsetOf(range.start);
            const place = root.namedDescendantForIndex(offset, offset);
            const around = place === null ? undefined : functionDeclaration(place);
            return present(around?.descendantsOfType(["identifier", "type_identifier"]) ?? []).some(
              (node) => node.text === name && isLocal(declarationOf(node)),
            );
          }),
        ),
      );
}

function isLocal(declaration: ReturnType<typeof declarationOf>): boolean {
  return declaration !== undefined && !isPackageLevel(declaration);
}

/** Quick test by the text, since hardly a file does: `len := `, `var len`, `(len int`. */
function mayDeclare(text: string, name: string): boolean {
  return new RegExp(
    `\\b${name}\\b[\\w, ]*:=|\\b(?:var|const|type)\\s+${name}\\b|[(,]\\s*${name}(?:, \\w+)* +[\\w*[.(]`,
  ).test(text);
}

function uses(newText: string, name: string): boolean {
  return new RegExp(`(?<![\\w.])${name}\\b`).test(newText);
}
