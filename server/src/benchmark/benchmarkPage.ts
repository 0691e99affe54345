/** A comparison of benchmarks as a page of Markdown. */
import * as l10n from "@vscode/l10n";
import { changeWords } from "../explain/amounts.js";
import { codeBlock } from "../explain/markdown.js";
import { markdownTable } from "../explain/markdownTable.js";
import type { ComparedValue, Comparison } from "./comparison.js";

const { t } = l10n;

export interface BenchmarkTitle {
  readonly importPath: string;
  readonly before: string;
  readonly after: string;
  readonly count: number;
}

/** The page of one package. */
export function benchmarkPage({ values, benchstat, isSame }: Comparison, about: BenchmarkTitle): string {
  const heading = `## ${t("Benchmarks of {0}", about.importPath)}`;
  if (isSame) return [heading, sameWords(), ""].join("\n\n");
  const names = [...new Set(values.map(({ benchmark }) => benchmark))];
  return [
    heading,
    t(
      "“{0}” and “{1}”: medians of {2} runs each, in turn, of as many iterations. A difference is real where it is unlikely to be chance (Mann-Whitney, p below 0.05).",
      about.before,
      about.after,
      about.count,
    ),
    values.length === 0 ? t("No benchmark was found.") : table(names, values, about),
    ...(benchstat === null ? [] : ["benchstat:", codeBlock(benchstat.trimEnd(), "text")]),
    "",
  ].join("\n\n");
}

/** What is said where nothing was measured, because what differs has no part in the program. */
export function sameWords(): string {
  return t("There is nothing to compare: both sides are the same program, byte for byte.");
}

/** Benchmarks that the sentence names. */
const nameLimit = 3;

/** The real differences in a sentence: `BenchmarkA: allocs/op −29 %, B/op −59 %; BenchmarkB: …`. */
export function comparisonSentence({ values, isSame }: Comparison): string {
  if (isSame) return sameWords();
  if (values.length === 0) return t("No benchmark was found.");
  const real = values.filter(({ isReal }) => isReal);
  if (real.length === 0) return t("No difference could be told from chance.");
  const names = [...new Set(real.map(({ benchmark }) => benchmark))];
  const told = names.slice(0, nameLimit).map((name) => {
    const own = real.filter(({ benchmark }) => benchmark === name);
    return `${name}: ${own.map((value) => `${value.unit} ${changeOf(value)}`).join(t(", "))}`;
  });
  return [...told, ...(names.length > nameLimit ? ["…"] : [])].join("; ");
}

function changeOf({ before, after }: ComparedValue): string {
  return changeWords(before, after) ?? `${number(before)} → ${number(after)}`;
}

function table(names: readonly string[], values: readonly ComparedValue[], about: BenchmarkTitle): string {
  const head = [t("Benchmark"), t("Unit"), about.before, about.after, t("Change"), "p", t("Real")];
  const rows = names.flatMap((name) =>
    values.filter(({ benchmark }) => benchmark === name).map((value, index) => row(value, index === 0)),
  );
  return markdownTable(["left", "left", "right", "right", "right", "right", "left"], head, rows);
}

function row({ benchmark, unit, before, after, p, isReal }: ComparedValue, isFirst: boolean): string[] {
  const change = changeWords(before, after) ?? (after === 0 ? "±0 %" : "—");
  return [
    isFirst ? `\`${benchmark}\`` : "",
    unit,
    number(before),
    number(after),
    change,
    p < 0.0005 ? "< 0.001" : p.toFixed(3),
    isReal ? t("yes") : t("no"),
  ];
}

function number(value: number): string {
  return String(value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
}
