/** Answers about a place of a file, as the editor gives them, without an editor. */
import { cpus } from "node:os";
import { readFile } from "node:fs/promises";
import { FunctionTable } from "../../analysis/functionTable.js";
import { GoSetups } from "../../analysis/goSetups.js";
import { PackageLocator } from "../../analysis/packageLocator.js";
import { readText } from "../../analysis/readText.js";
import type { OpenFile } from "../../analysis/snapshot.js";
import { takerSources } from "../../analysis/takers.js";
import type { Page } from "../../explain/page.js";
import { parallelism } from "../../go/buildPlan.js";
import { escapeRegExp } from "../../go/regExp.js";
import { Questions, type SiteEvidence } from "../../questions/questions.js";
import { buildOptions, defaultSettings } from "../../settings.js";
import { type Range, SourceText } from "../../syntax/sourceText.js";
import { ToolRefusal } from "./agentTools.js";

/** A range of a file (absolute path); or a line (from 0), and what is meant of it: an expression, or the sites on it. */
export type Place =
  | { readonly file: string; readonly range: Range }
  | {
      readonly file: string;
      readonly line: number;
      readonly expression: string | undefined;
      readonly sites: readonly { readonly range: Range }[];
    };

export interface AskOptions {
  /** What is known already of the sites of a file (absolute path). */
  readonly sitesOf: (file: string) => readonly SiteEvidence[];
  readonly build: {
    /** Absolute path. */
    readonly folder: string;
    readonly tags?: string;
    /** At most one, `GOOS/GOARCH`. */
    readonly target?: readonly string[];
  };
}

/** The answer in words. Rejects with ToolRefusal where the place has nothing to ask about, and with AbortError. */
export async function askAbout(place: Place, options: AskOptions, signal: AbortSignal): Promise<string> {
  const ranges = "range" in place ? [place.range] : await rangesOf(place);
  if (ranges.length === 0)
    return "The compiler puts nothing of this line on the heap. Name an expression of it to learn why, and what would move it.";
  const surroundings = { locator: locator(options), openFiles: () => new Map<string, OpenFile>() };
  const sources = takerSources({
    ...surroundings,
    functions: new FunctionTable(),
    readText,
    isTrusted: () => true,
    log: () => undefined,
  });
  const questions = new Questions({ ...surroundings, sitesOf: options.sitesOf, sources });
  const pages: string[] = [];
  for (const range of ranges) {
    const reply = await questions.ask(place.file, range, signal);
    if (reply === undefined)
      throw new ToolRefusal("There is no variable or expression at this place that can be asked about.");
    if ("problem" in reply) throw new ToolRefusal(reply.problem);
    pages.push(textOf(reply.page));
  }
  return pages.join(`\n${"-".repeat(80)}\n\n`);
}

function textOf({ lines }: Page): string {
  return `${lines.join("\n")}\n`;
}

async function rangesOf(place: Exclude<Place, { readonly range: Range }>): Promise<readonly Range[]> {
  const { file, line, expression, sites } = place;
  if (expression === undefined) return sites.map(({ range }) => range);
  const contents = await readFile(file, "utf8").catch(() => undefined);
  if (contents === undefined) throw new ToolRefusal(`${file} cannot be read.`);
  const source = new SourceText(contents);
  const start = source.offsetOf({ line, character: 0 });
  const end = source.offsetOf({ line, character: Number.MAX_SAFE_INTEGER });
  const at = indexOfWhole(source.text.slice(start, end), expression);
  if (at === undefined) throw new ToolRefusal(`Line ${line + 1} has no \`${expression}\`.`);
  return [source.range(start + at, start + at + expression.length)];
}

/** Where an expression stands in a line: `x` is not meant by the `x` of `max`. */
function indexOfWhole(line: string, expression: string): number | undefined {
  const quoted = escapeRegExp(expression);
  return new RegExp(`(?<![\\p{L}\\p{N}_])${quoted}(?![\\p{L}\\p{N}_])`, "u").exec(line)?.index;
}

function locator({ build }: AskOptions): PackageLocator {
  const [goos = "", goarch = ""] = build.target?.[0]?.split("/") ?? [];
  const env = build.target === undefined ? {} : { GOOS: goos, GOARCH: goarch };
  const options = { ...buildOptions(defaultSettings), buildTags: build.tags ?? "", env };
  return new PackageLocator({
    setups: new GoSetups(),
    parallelism: parallelism("cli", cpus().length),
    // Go is found as on the command line: on the PATH.
    workspaceFolders: () => [],
    buildOptionsOf: () => Promise.resolve(options),
    log: () => undefined,
  });
}
