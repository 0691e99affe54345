/** Reads the JSON of earlier runs back, to merge them or to make pages of them. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as l10n from "@vscode/l10n";
import * as v from "valibot";
import { reasonCodes } from "../analysis/reasonCodes.js";
import { defaultContextSeverities, severities } from "../analysis/severity.js";
import type { SiteContext } from "../analysis/site.js";
import { surroundingsOf } from "../gate/surroundings.js";
import { SourceText } from "../syntax/sourceText.js";
import { fileProblem } from "./fileProblem.js";
import { profileReport, siteProfile } from "./profileSchema.js";
import type { Report } from "./report.js";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const position = v.object({ line: count, character: count });
const range = v.object({ start: position, end: position });
const build = v.object({ go: v.string(), target: v.string() });
const nullableString = v.nullable(v.string());

const site = v.object({
  id: v.string(),
  package: v.string(),
  file: v.string(),
  function: v.string(),
  range,
  kind: v.picklist(["moved", "escapes", "hidden"]),
  expression: v.string(),
  reason: v.picklist(reasonCodes),
  allocates: v.picklist(["yes", "likely", "sometimes", "no", "unknown"]),
  when: nullableString,
  evidence: v.array(v.object({ call: v.string(), type: nullableString, bytes: v.nullable(v.number()) })),
  context: v.picklist(Object.keys(defaultContextSeverities) as SiteContext[]),
  loopDepth: count,
  inlinedFrom: nullableString,
  flow: v.array(
    v.object({ reason: v.string(), text: v.string(), file: nullableString, range: v.nullable(range) }),
  ),
  message: v.string(),
  severity: v.picklist(severities),
  fixes: v.array(v.string()),
  builds: v.exactOptional(v.array(v.string())),
  allowed: v.exactOptional(v.string()),
  profile: v.exactOptional(siteProfile),
});

const assertion = v.object({
  code: v.picklist([
    "escape-none",
    "escape-max",
    "gcassert-noescape",
    "gcassert-inline",
    "gcassert-bce",
    "checkescape",
    "mustescape",
    "directive",
  ]),
  package: v.string(),
  file: v.string(),
  range,
  message: v.string(),
  sites: v.array(v.string()),
});

const document = v.object({
  schema: v.literal(1),
  go: v.string(),
  target: v.string(),
  builds: v.exactOptional(v.array(build)),
  packages: v.array(v.object({ importPath: v.string(), dir: v.string(), error: nullableString })),
  sites: v.array(site),
  assertions: v.exactOptional(v.array(assertion)),
  profile: v.exactOptional(profileReport),
  summary: v.object({ unknownLines: count }),
});

/** The file is no JSON of `escapelens check`; the message names it and says what was expected. */
export class ReportFileError extends Error {}

/**
 * Reads a report. Columns in bytes and surroundings are taken from the sources below `folder` (absolute); where these are
 * not at hand, columns count UTF-16 code units. Rejects with ReportFileError.
 */
export async function readReport(file: string, folder: string): Promise<Report> {
  const parsed = await parsedReport(file, folder);
  const sources = new Map<string, Source | undefined>();
  for (const name of new Set([...parsed.sites, ...(parsed.assertions ?? [])].map((entry) => entry.file)))
    sources.set(name, await readSource(path.resolve(folder, name)));
  const columnOf = (name: string, start: v.InferOutput<typeof position>) => {
    const text = sources.get(name)?.text;
    return text === undefined ? start.character + 1 : text.columnOf(text.offsetOf(start));
  };
  return {
    builds: parsed.builds ?? [{ go: parsed.go, target: parsed.target }],
    packages: parsed.packages,
    sites: parsed.sites.map((entry) => {
      const lines = sources.get(entry.file)?.lines;
      return {
        ...entry,
        column: columnOf(entry.file, entry.range.start),
        surroundings: lines === undefined ? null : surroundingsOf(lines, entry.range.start.line),
      };
    }),
    assertions: (parsed.assertions ?? []).map((entry) => ({
      ...entry,
      column: columnOf(entry.file, entry.range.start),
    })),
    ...(parsed.profile !== undefined && { profile: parsed.profile }),
    unknownLines: parsed.summary.unknownLines,
    notes: [],
  };
}

interface Source {
  readonly text: SourceText;
  readonly lines: readonly string[];
}

async function readSource(file: string): Promise<Source | undefined> {
  const contents = await readFile(file, "utf8").catch(() => undefined);
  if (contents === undefined) return undefined;
  const text = new SourceText(contents);
  return { text, lines: text.text.split(/\r\n|\n|\r/) };
}

async function parsedReport(file: string, folder: string): Promise<v.InferOutput<typeof document>> {
  try {
    const result = v.safeParse(document, JSON.parse(await readFile(path.resolve(folder, file), "utf8")));
    if (result.success) return result.output;
    const [issue] = result.issues;
    throw new Error(`${v.getDotPath(issue) ?? ""}: ${issue.message}`);
  } catch (error) {
    const problem = fileProblem(error, file);
    if (problem !== undefined) throw new ReportFileError(problem);
    const words = l10n.t("this is no output of escapelens check --format=json");
    throw new ReportFileError(
      `${file}: ${words} (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
