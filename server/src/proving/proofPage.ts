/** What trying a fix has shown, as a page of markdown and as one sentence. */
import * as l10n from "@vscode/l10n";
import { markdownTable } from "../explain/markdownTable.js";
import type { ProofResult } from "./proveFix.js";
import type { TestOutcome, TestResults } from "./testRun.js";

export interface TriedFix {
  /** What the fix does. */
  readonly title: string;
  /** `p.go:12`, and the function there. */
  readonly place: string;
  readonly function: string;
}

export interface ProofTitle extends TriedFix {
  readonly importPath: string;
}

/** The heading of a page about a fix that was not made, and what it is about. */
export function triedFixHeading({ title, place, function: name }: TriedFix): string[] {
  return [`# ${title}`, l10n.t("In `{0}`, {1}. The fix was only tried: no file was changed.", name, place)];
}

/** Lines of output that are shown for tests that fail. */
const outputLines = 40;

/** One sentence for a message. */
export function proofSentence(result: ProofResult): string {
  return `${testSentence(result)} ${allocationSentence(result)}`;
}

/** The whole page. */
export function proofPage(result: ProofResult, about: ProofTitle): string {
  return [
    ...triedFixHeading(about),
    `## ${l10n.t("Tests of {0}", about.importPath)}`,
    testSentence(result),
    ...testTables(result),
    `## ${l10n.t("Allocations")}`,
    allocationSentence(result),
    ...allocationTable(result),
    "",
  ].join("\n\n");
}

function testSentence({ tests }: ProofResult): string {
  if ("reason" in tests) return tests.reason;
  const changed = changedTests(tests.before, tests.after);
  if (changed.length > 0)
    return l10n.t("Tests with another result than before: {0}.", changed.map(({ name }) => name).join(", "));
  if (tests.before.passed !== tests.after.passed)
    return l10n.t("The tests no longer run to their end as before.");
  const { pass, fail } = counts(tests.after);
  if (!tests.after.passed && fail === 0)
    return l10n.t("The tests cannot be run, with the fix or without it.");
  return fail > 0
    ? l10n.t("All tests end as before: {0} pass, {1} fail with and without the fix.", pass, fail)
    : l10n.t("All tests end as before: {0} pass.", pass);
}

function testTables({ tests }: ProofResult): string[] {
  if ("reason" in tests) return [];
  const row = (side: string, results: TestResults) => {
    const { pass, fail, skip } = counts(results);
    return [side, ...[pass, fail, skip].map(String)];
  };
  const table = markdownTable(
    ["left", "right", "right", "right"],
    ["", l10n.t("pass"), l10n.t("fail"), l10n.t("skipped")],
    [row(l10n.t("as it is"), tests.before), row(l10n.t("with the fix"), tests.after)],
  );
  const changed = changedTests(tests.before, tests.after);
  const lines = changed.map(({ name, before, after }) => `- \`${name}\`: ${word(before)} → ${word(after)}`);
  const hasTold = changed.length > 0 || !tests.after.passed;
  const output = tests.after.output.trimEnd().split("\n").slice(-outputLines).join("\n");
  return [table, ...(lines.length > 0 ? [lines.join("\n")] : []), ...(hasTold ? [fenced(output)] : [])];
}

function allocationSentence({ allocations }: ProofResult): string {
  if ("reason" in allocations) return l10n.t("Allocations were not measured. {0}", allocations.reason);
  const { before, after } = allocations;
  return l10n.t(
    "One call allocates {0} times ({1} B) as it is, and {2} times ({3} B) with the fix.",
    before.allocations,
    before.bytes,
    after.allocations,
    after.bytes,
  );
}

function allocationTable({ allocations }: ProofResult): string[] {
  if ("reason" in allocations) return [];
  const { before, after, call } = allocations;
  return [
    markdownTable(
      ["left", "right", "right"],
      ["", l10n.t("allocations"), l10n.t("bytes")],
      [
        [l10n.t("as it is"), String(before.allocations), String(before.bytes)],
        [l10n.t("with the fix"), String(after.allocations), String(after.bytes)],
      ],
    ),
    l10n.t("Measured with `testing.AllocsPerRun` over 100 calls with made-up arguments, not inlined:"),
    fenced(call, "go"),
  ];
}

interface ChangedTest {
  readonly name: string;
  readonly before: TestOutcome | undefined;
  readonly after: TestOutcome | undefined;
}

function changedTests(before: TestResults, after: TestResults): ChangedTest[] {
  const names = new Set([...before.outcomes.keys(), ...after.outcomes.keys()]);
  return [...names]
    .map((name) => ({ name, before: before.outcomes.get(name), after: after.outcomes.get(name) }))
    .filter((test) => test.before !== test.after);
}

function counts({ outcomes }: TestResults): Record<TestOutcome, number> {
  const count = { pass: 0, fail: 0, skip: 0 };
  for (const outcome of outcomes.values()) count[outcome]++;
  return count;
}

function word(outcome: TestOutcome | undefined): string {
  switch (outcome) {
    case undefined:
      return l10n.t("not run");
    case "pass":
      return l10n.t("pass");
    case "fail":
      return l10n.t("fail");
    case "skip":
      return l10n.t("skipped");
  }
}

/** A fence longer than any in the text. */
function fenced(text: string, language = "text"): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
