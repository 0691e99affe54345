/** Packages that declare a builtin's name themselves, as many do with `max`: what a fix writes would mean theirs. */
import * as l10n from "@vscode/l10n";
import type { Snapshot } from "../analysis/snapshot.js";
import { perObject } from "../syntax/perObject.js";
import type { Proposal, Refusal } from "./fix.js";

const { t } = l10n;

/** What fixes write of the universe block (Go specification, Predeclared identifiers), and how it looks when it is used. */
const written: readonly (readonly [name: string, use: RegExp])[] = [
  ...["min", "max"].map((name) => [name, new RegExp(`(?<![\\w.])${name}\\(`)] as const),
  ...["any", "error", "string", "byte", "int", "int64", "uint64", "float64"].map(
    (name) => [name, new RegExp(`(?<![\\w.])${name}\\b`)] as const,
  ),
];

/** How those look in use that the package declares itself. */
const ownBuiltins = perObject(({ texts }: Snapshot): readonly RegExp[] => {
  const all = [...texts.values()].map(({ text }) => text);
  return written.filter(([name]) => all.some((text) => declares(text, name))).map(([, use]) => use);
});

/** The proposal, or a refusal in its place where the new text uses a name that the package has for something else. */
export function unlessOwnBuiltin(proposal: Proposal, snapshot: Snapshot): Proposal | Refusal {
  const own = ownBuiltins(snapshot);
  if (own.length === 0) return proposal;
  const texts = [...proposal.edit.values()].flat().map(({ newText }) => newText);
  for (const use of own) {
    const match = texts.map((text) => use.exec(text)?.[0]).find((found) => found !== undefined);
    if (match === undefined) continue;
    return { fix: proposal.fix, refusal: t("The package has its own `{0}`.", match.replace("(", "")) };
  }
  return proposal;
}

/** At package level, in a group of declarations as well. */
function declares(text: string, name: string): boolean {
  const alone = new RegExp(`^(?:func|var|const|type) ${name}\\b`, "m");
  const grouped = new RegExp(`^(?:var|const|type) \\([^)]*^\\t${name}\\b(?! *:)`, "m");
  return alone.test(text) || grouped.test(text);
}
