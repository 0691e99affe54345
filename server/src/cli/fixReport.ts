/** What `escapelens fix` did, for people and for other tools. */
import * as l10n from "@vscode/l10n";
import { visible } from "../explain/visible.js";
import { unifiedDiff } from "../fixAll/unifiedDiff.js";
import { offerTitle } from "../fixes/effect.js";
import type { FixId } from "../fixes/fix.js";
import type { FixedPackage } from "./fixPackage.js";

export interface FixOutcome {
  readonly go: string;
  readonly target: string;
  readonly packages: readonly FixedPackage[];
  /** Whether files were written. */
  readonly written: boolean;
  /** Paths as they are shown: see relativeTo. */
  readonly relative: (file: string) => string;
}

/** One line for each fix, at the place where its site was: `file:line:column: what it does (fix)`. */
export function formatFixes({ packages, relative }: FixOutcome): string {
  const lines = packages.flatMap(({ applied }) =>
    applied.map((fix) => {
      const { file, range, column } = fix.original;
      const place = `${relative(file)}:${range.start.line + 1}:${column}`;
      return visible(`${place}: ${offerTitle(fix)} (${fix.proposal.fix})\n`);
    }),
  );
  return lines.join("");
}

/** The changes of all files. */
export function formatDiff({ packages, relative }: FixOutcome): string {
  const diffs = packages.flatMap(({ texts, snapshot }) =>
    [...texts].map(([file, text]) => unifiedDiff(relative(file), snapshot.texts.get(file)?.text ?? "", text)),
  );
  return diffs.join("");
}

/** One object, in the manner of `escapelens check --format=json`; a contract that may grow. */
export function formatFixJson(outcome: FixOutcome): string {
  return `${JSON.stringify(fixJson(outcome), null, 2)}\n`;
}

/** The same as an object. */
export function fixJson(outcome: FixOutcome): Record<string, unknown> {
  const { go, target, packages, written, relative } = outcome;
  return {
    schema: 1,
    go,
    target,
    written,
    packages: packages.map(({ package: { importPath, dir }, error, texts }) => ({
      importPath,
      dir: relative(dir),
      error,
      files: [...texts.keys()].map(relative),
    })),
    fixes: packages.flatMap(({ applied }) =>
      applied.map(({ proposal, original, verdict, ...offer }) => ({
        fix: proposal.fix,
        title: offerTitle({ proposal, verdict, ...offer }),
        behavior: proposal.behaviour,
        site: original.id,
        package: original.package,
        file: relative(original.file),
        function: original.function,
        range: original.range,
        expression: original.expression,
        removed: verdict.removed.length,
        added: verdict.added.length,
      })),
    ),
    summary: { ...counts(outcome), fixesByKind: Object.fromEntries(kinds(outcome)) },
  };
}

/** The closing words, for stderr. */
export function formatFixSummary(outcome: FixOutcome): string {
  const { fixes, files, packagesChanged } = counts(outcome);
  if (fixes === 0) return l10n.t("Nothing to fix (packages: {0}).", outcome.packages.length);
  const words = kinds(outcome)
    .map(([fix, count]) => `${fix} ${count}`)
    .join(", ");
  return outcome.written
    ? l10n.t("Fixes applied: {0} (files: {1}, packages: {2}): {3}.", fixes, files, packagesChanged, words)
    : l10n.t("Fixes found: {0} (files: {1}, packages: {2}): {3}.", fixes, files, packagesChanged, words);
}

function counts({ packages }: FixOutcome): {
  readonly fixes: number;
  readonly files: number;
  readonly packagesChanged: number;
  readonly packagesWithErrors: number;
} {
  return {
    fixes: packages.reduce((sum, { applied }) => sum + applied.length, 0),
    files: packages.reduce((sum, { texts }) => sum + texts.size, 0),
    packagesChanged: packages.filter(({ applied }) => applied.length > 0).length,
    packagesWithErrors: packages.filter(({ error }) => error !== null).length,
  };
}

/** How many of each kind, the most frequent first. */
function kinds({ packages }: FixOutcome): [FixId, number][] {
  const byKind = new Map<FixId, number>();
  for (const { applied } of packages)
    for (const { proposal } of applied) byKind.set(proposal.fix, (byKind.get(proposal.fix) ?? 0) + 1);
  return [...byKind].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
