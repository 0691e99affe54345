/** Analyzes packages under one or several builds, and makes a report of what was found. */
import { readFile } from "node:fs/promises";
import { analyzePackages } from "../analysis/analyzePackages.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import { allowedSites } from "../assertions/allowances.js";
import type { AssertionFailure } from "../assertions/assertion.js";
import { findBoundsChecks } from "../assertions/boundsChecks.js";
import { checkAssertions } from "../assertions/checkAssertions.js";
import { FactRecorder } from "../assertions/factRecorder.js";
import { assertionMessage } from "../explain/assertion.js";
import { siteMessage } from "../explain/message.js";
import { surroundingsOf } from "../gate/surroundings.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
import { SourceText } from "../syntax/sourceText.js";
import { withEvidence } from "./evidence.js";
import { type FoundSite, relativeTo, type Report } from "./report.js";
import { type Shard, shardOf } from "./shard.js";
import { openToolchain, type Toolchain, type ToolchainRequest } from "./toolchain.js";

export interface CollectRequest extends ToolchainRequest {
  readonly rules: SeverityRules;
  readonly shard: Shard | undefined;
  readonly evidence: boolean;
  /** Whether assertions in comments are checked: not for a revision that is compared with. */
  readonly assertions: boolean;
}

/** The report of one build. Rejects with ToolchainProblem where nothing can be analyzed, and with AbortError. */
export async function collect(request: CollectRequest, signal: AbortSignal): Promise<Report> {
  const toolchain = await openToolchain(request, signal);
  const all = toolchain.packages;
  const own = request.shard === undefined ? all : await shardOf(all, request.shard);
  const texts = await readTexts(own);
  const recorder = new FactRecorder(request.assertions && anyText(texts, /gcassert:[\w,]*inline/));
  const ownFiles = new Set(texts.keys());
  const analysis = await analyzePackages(
    own.length === all.length ? own : [...own, ...all.filter((entry) => !own.includes(entry))],
    {
      engine: recorder.listenTo(onlyOf(toolchain.engine, own)),
      overlays: new Map<string, string>(),
      // Bodies of generic functions are compiled where they are used, maybe in another shard's package.
      textOf: async (file) =>
        ownFiles.has(file) || recorder.files.has(file) ? await textOf(file, texts) : undefined,
    },
    signal,
  );
  const raw = analysis.packages.flatMap((entry) =>
    entry.sites.filter((site) => ownFiles.has(site.file) || site.kind !== "hidden"),
  );
  const sites = request.evidence ? await withEvidence(raw, toolchain, own, signal) : raw;
  const relative = relativeTo(request.folder);
  const failures = request.assertions ? await failuresOf(sites, own, texts, recorder, toolchain, signal) : [];
  return {
    builds: [{ go: toolchain.go, target: toolchain.target }],
    packages: analysis.packages
      .filter((entry) => own.includes(entry.package))
      .map(({ package: { importPath, dir }, error }) => ({ importPath, dir: relative(dir), error })),
    sites: foundSites(sites, texts, request.rules, relative),
    assertions: failures.map((failure) => reportAssertion(failure, relative)),
    unknownLines: analysis.unknownLines.length,
  };
}

/** The engine, asked for the variants of the packages alone. */
function onlyOf(engine: Toolchain["engine"], packages: readonly GoPackage[]): Toolchain["engine"] {
  const ids = new Set(packages.flatMap(({ variants }) => variants.map(({ id }) => id)));
  return {
    compile: (variants, overlays, signal) =>
      engine.compile(
        variants.filter(({ id }) => ids.has(id)),
        overlays,
        signal,
      ),
    keyOf: (variants, overlays, signal) => engine.keyOf(variants, overlays, signal),
    dependsOn: (variant, dir) => engine.dependsOn(variant, dir),
  };
}

async function readTexts(packages: readonly GoPackage[]): Promise<Map<string, SourceText>> {
  const texts = new Map<string, SourceText>();
  const files = new Set(packages.flatMap(({ variants }) => variants.flatMap((variant) => variant.files)));
  for (const file of files) await textOf(file, texts);
  return texts;
}

async function textOf(file: string, texts: Map<string, SourceText>): Promise<SourceText | undefined> {
  const known = texts.get(file);
  if (known !== undefined) return known;
  // A package whose file is gone does not compile, which is reported in the go command's words.
  const contents = await readFile(file, "utf8").catch(() => undefined);
  const text = contents === undefined ? undefined : new SourceText(contents);
  if (text !== undefined) texts.set(file, text);
  return text;
}

function anyText(texts: ReadonlyMap<string, SourceText>, pattern: RegExp): boolean {
  return [...texts.values()].some(({ text }) => pattern.test(text));
}

async function failuresOf(
  sites: readonly Site[],
  packages: readonly GoPackage[],
  texts: ReadonlyMap<string, SourceText>,
  recorder: FactRecorder,
  toolchain: Toolchain,
  signal: AbortSignal,
): Promise<AssertionFailure[]> {
  const variants = packages.flatMap((entry) => entry.variants);
  const asserting = variants.filter(({ files }) =>
    files.some((file) => /gcassert:[\w,]*bce/.test(texts.get(file)?.text ?? "")),
  );
  const boundsChecks = [];
  for (const group of byRoot(asserting)) {
    boundsChecks.push(...(await findBoundsChecks(toolchain.batch, group, signal)));
  }
  const { inlinedCalls, inlining } = recorder;
  return checkAssertions(sites, { inlinedCalls, inlining, boundsChecks }, assertedFiles(variants), texts);
}

function byRoot(variants: readonly PackageVariant[]): PackageVariant[][] {
  const roots = new Map<string, PackageVariant[]>();
  for (const variant of variants) roots.set(variant.root, [...(roots.get(variant.root) ?? []), variant]);
  return [...roots.values()];
}

/** Each file once, in the order of its path. */
function assertedFiles(variants: readonly PackageVariant[]): { file: string; importPath: string }[] {
  const owners = new Map<string, string>();
  for (const { files, importPath } of variants)
    for (const file of files) if (!owners.has(file)) owners.set(file, importPath);
  return Array.from(owners, ([file, importPath]) => ({ file, importPath })).sort((a, b) =>
    a.file < b.file ? -1 : 1,
  );
}

function foundSites(
  sites: readonly Site[],
  texts: ReadonlyMap<string, SourceText>,
  rules: SeverityRules,
  relative: (file: string) => string,
): FoundSite[] {
  const allowed = allowedSites(sites, texts);
  const lines = new Map<string, readonly string[]>();
  const linesOf = (file: string) => {
    const known = lines.get(file) ?? texts.get(file)?.text.split(/\r\n|\n|\r/) ?? [];
    lines.set(file, known);
    return known;
  };
  return sites.map((site) =>
    foundSite(site, {
      allowed: allowed.get(site),
      severity: severityOf(site, rules),
      surroundings: surroundingsOf(linesOf(site.file), site.range.start.line),
      relative,
    }),
  );
}

interface SiteDetails extends Pick<FoundSite, "severity" | "surroundings"> {
  readonly allowed: string | undefined;
  readonly relative: (file: string) => string;
}

function foundSite(site: Site, { allowed, severity, surroundings, relative }: SiteDetails): FoundSite {
  return {
    id: site.id,
    package: site.package,
    file: relative(site.file),
    function: site.function,
    range: site.range,
    kind: site.kind,
    expression: site.expression,
    reason: site.reason,
    allocates: site.allocates,
    when: site.when,
    evidence: site.evidence,
    context: site.context,
    loopDepth: site.loopDepth,
    inlinedFrom: site.inlinedFrom,
    flow: site.flow.map(({ reason, text, file, range }) => ({
      reason,
      text,
      file: file === null ? null : relative(file),
      range,
    })),
    message: siteMessage(site),
    severity,
    fixes: [],
    ...(allowed !== undefined && { allowed }),
    column: site.column,
    surroundings,
  };
}

function reportAssertion(
  failure: AssertionFailure,
  relative: (file: string) => string,
): Report["assertions"][number] {
  const { code, importPath, file, range, column, sites } = failure;
  return {
    code,
    package: importPath,
    file: relative(file),
    range,
    column,
    message: assertionMessage(failure),
    sites: sites.map((site) => site.id),
  };
}
