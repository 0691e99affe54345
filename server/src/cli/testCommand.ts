/** `escapelens test`: for teams that pin what the compiler does, holds `// want` comments against every version of Go. */
import * as l10n from "@vscode/l10n";
import { visible } from "../explain/visible.js";
import { compareWants, readWants, testedText, type Want, type WantError } from "../gate/wants.js";
import { parseGoVersion } from "../go/goVersion.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import { mayHaveWants, type WantComment, wantComments } from "../syntax/wantComments.js";
import { complain, guarded } from "./check.js";
import { collect, type CollectRequest } from "./collect.js";
import { exitCodes } from "./exitCodes.js";
import type { TestFormat } from "./formats.js";
import { type AnalysisFlags, planAnalysis, UsageError } from "./options.js";
import { type Build, buildName, type FoundSite, relativeTo, type Report } from "./report.js";

export interface TestFlags extends AnalysisFlags {
  readonly format: TestFormat;
}

/** One thing that is not as it was expected. */
export interface TestFailure {
  /** Relative to the folder of the command, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly kind: "missing" | "unexpected";
  /** The pattern as it is written, or the site's words. */
  readonly text: string;
}

/** What one build came to. */
export interface TestResult extends Build {
  /** Files that expect something. */
  readonly files: number;
  readonly expected: number;
  readonly met: number;
  readonly failures: readonly TestFailure[];
}

/** Runs the tests of the packages under each build; returns the exit status: 1 where anything is not as expected. */
export async function test(
  packages: readonly string[],
  flags: TestFlags,
  signal: AbortSignal,
): Promise<number> {
  return await guarded(async () => {
    // Without machine code the sites are those of the messages, which is what is pinned.
    const { requests } = await planAnalysis(process.cwd(), packages, { evidence: "off", ...flags });
    const results: TestResult[] = [];
    for (const request of requests) {
      const outcome = await testBuild(request, signal);
      if (outcome === undefined) return exitCodes.failed;
      results.push(outcome);
    }
    if (results.every(({ files }) => files === 0)) {
      throw new UsageError(l10n.t("No file of these packages has a // want comment."));
    }
    process.stdout.write(flags.format === "json" ? formatJson(results) : formatText(results));
    return results.some(({ failures }) => failures.length > 0) ? exitCodes.findings : exitCodes.nothing;
  });
}

/** Undefined where packages do not compile, which has been told. */
async function testBuild(request: CollectRequest, signal: AbortSignal): Promise<TestResult | undefined> {
  const { report, texts } = await collect({ ...request, assertions: false }, signal);
  const broken = report.packages.filter(({ error }) => error !== null);
  for (const { importPath, error } of broken) complain(`${importPath}: ${(error ?? "").trimEnd()}`);
  return broken.length > 0 ? undefined : testReport(report, texts, relativeTo(request.folder));
}

function testReport(
  report: Report,
  texts: ReadonlyMap<string, SourceText>,
  relative: (file: string) => string,
): TestResult {
  const [build = { go: "", target: "" }] = report.builds;
  const version = parseGoVersion(build.go);
  const total = { files: 0, expected: 0, met: 0, failures: new Array<TestFailure>() };
  for (const [path, source] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const comments = commentsOf(source);
    if (comments.length === 0) continue;
    const file = relative(path);
    const { wants, errors } = readWants(comments, version);
    if (errors.length > 0) throw new UsageError(errors.map((error) => unreadable(file, error)).join("\n"));
    const sites = report.sites.filter((site) => site.file === file);
    const { met, missing, unexpected } = compareWants(wants, sites);
    total.files++;
    total.expected += wants.length;
    total.met += met;
    total.failures.push(...failuresOf(file, missing, unexpected));
  }
  return { ...build, ...total };
}

function commentsOf(source: SourceText): readonly WantComment[] {
  return mayHaveWants(source.text) ? withTree(source, wantComments) : [];
}

function unreadable(file: string, { line, words }: WantError): string {
  const what = l10n.t("expected strings that are regular expressions, each in quotes");
  return `${file}:${line}: // want ${words}: ${what}`;
}

function failuresOf(file: string, missing: readonly Want[], unexpected: readonly FoundSite[]): TestFailure[] {
  const failures: TestFailure[] = [
    ...missing.map(({ line, text }) => ({ file, line, kind: "missing" as const, text })),
    ...unexpected.map((site) => ({
      file,
      line: site.range.start.line + 1,
      kind: "unexpected" as const,
      text: testedText(site),
    })),
  ];
  return failures.sort((a, b) => a.line - b.line);
}

function formatText(results: readonly TestResult[]): string {
  return results
    .map((result) => {
      const { files, expected, met, failures } = result;
      const verdict = failures.length === 0 ? "ok  " : "FAIL";
      const sum = l10n.t("as expected: {0} of {1}, files: {2}", met, expected, files);
      return [...failures.map(line), `${verdict} ${buildName(result)}: ${sum}`, ""].join("\n");
    })
    .join("");
}

function line({ file, line: row, kind, text }: TestFailure): string {
  const words = text.replace(/\s*\n\s*/g, " ");
  const message =
    kind === "missing" ? l10n.t("expected, and not there: {0}", words) : l10n.t("not expected: {0}", words);
  return visible(`${file}:${row}: ${message}`);
}

function formatJson(results: readonly TestResult[]): string {
  return `${JSON.stringify({ schema: 1, builds: results }, null, 2)}\n`;
}
