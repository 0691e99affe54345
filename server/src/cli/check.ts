/** `escapelens check`: analyses packages and reports what is on the heap. */
import { readFile } from "node:fs/promises";
import { analyzePackages } from "../analysis/analyzePackages.js";
import { defaultSeverityRules, type Severity } from "../analysis/severity.js";
import { SourceText } from "../syntax/sourceText.js";
import { exitCodes } from "./exitCodes.js";
import { formatJson } from "./json.js";
import { rate, relativeTo, type Report } from "./report.js";
import { formatSummary, formatText } from "./text.js";
import { openToolchain, ToolchainProblem } from "./toolchain.js";

export interface CheckOptions {
  readonly patterns: readonly string[];
  readonly format: "text" | "json";
  readonly level: Severity;
  readonly tests: boolean;
  readonly tags?: string;
  readonly go?: string;
  readonly showNotAllocating: boolean;
}

/** Runs the check in the current folder, prints the report to stdout and all else to stderr; returns the exit status. */
export async function check(options: CheckOptions, signal: AbortSignal): Promise<number> {
  try {
    const report = await analyze(options, signal);
    process.stdout.write(options.format === "json" ? formatJson(report) : formatText(report));
    for (const { importPath, error } of report.packages)
      if (error !== null) complain(`${importPath}: ${error.trimEnd()}`);
    if (report.unknownLines > 0)
      complain(`${report.unknownLines} lines of the compiler were not understood.`);
    const isEmpty = report.sites.length === 0 && report.packages.some((entry) => entry.error !== null);
    if (!isEmpty) complain(formatSummary(report));
    if (report.packages.some((entry) => entry.error !== null)) return exitCodes.failed;
    return report.findings.length > 0 ? exitCodes.findings : exitCodes.nothing;
  } catch (error) {
    if (!(error instanceof ToolchainProblem)) throw error;
    complain(error.message);
    return exitCodes.failed;
  }
}

async function analyze(options: CheckOptions, signal: AbortSignal): Promise<Report> {
  const folder = process.cwd();
  const toolchain = await openToolchain({ ...options, folder }, signal);
  const input = {
    engine: toolchain.engine,
    overlays: new Map<string, string>(),
    textOf: async (file: string) => new SourceText(await readFile(file, "utf8")),
  };
  const analysis = await analyzePackages(toolchain.packages, input, signal);
  const rules = { ...defaultSeverityRules, showNotAllocating: options.showNotAllocating };
  const sites = analysis.packages.flatMap((entry) => entry.sites);
  return {
    go: toolchain.go,
    target: toolchain.target,
    packages: analysis.packages.map(({ package: { importPath, dir }, error }) => ({
      importPath,
      dir,
      error,
    })),
    ...rate(sites, rules, options.level),
    unknownLines: analysis.unknownLines.length,
    relative: relativeTo(folder),
  };
}

function complain(message: string): void {
  process.stderr.write(`escapelens: ${message}\n`);
}
