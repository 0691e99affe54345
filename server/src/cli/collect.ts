/** Analyzes packages under one or several builds, and makes a report of what was found. */
import { atOnce } from "../analysis/inTurns.js";
import { severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site, SiteProfile } from "../analysis/site.js";
import { allowedSites } from "../assertions/allowances.js";
import type { AssertionFailure } from "../assertions/assertion.js";
import { assertsBounds, findBoundsChecks } from "../assertions/boundsChecks.js";
import { checkAssertions } from "../assertions/checkAssertions.js";
import { FactRecorder } from "../assertions/factRecorder.js";
import { assertionMessage } from "../explain/assertion.js";
import { droppedFlagWords } from "../explain/droppedFlag.js";
import { tooLargeWords } from "../explain/tooLarge.js";
import { siteMessage } from "../explain/message.js";
import { surroundingsOf } from "../gate/surroundings.js";
import { buildStampSteps } from "../go/buildStamp.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";
import type { ProjectStamp } from "../go/projectStamp.js";
import type { SourceText } from "../syntax/sourceText.js";
import { showProgress } from "./progress.js";
import { analyzeProject, type ProjectAnalysis } from "./projectAnalysis.js";
import { type FoundSite, relativeTo, type Report } from "./report.js";
import { type Shard, shardOf } from "./shard.js";
import { readSources, type Sources } from "./sources.js";
import { openToolchain, type Toolchain, type ToolchainRequest } from "./toolchain.js";

export interface CollectRequest extends ToolchainRequest {
  readonly rules: SeverityRules;
  readonly shard: Shard | undefined;
  readonly evidence: boolean;
  /** Whether assertions in comments are checked: not for a revision that is compared with. */
  readonly assertions: boolean;
  /** Adds to the sites what is known from elsewhere, such as from a profile. */
  readonly annotate?: (found: FoundProject, signal: AbortSignal) => Promise<readonly Site[]>;
}

/** What an analysis of packages found. */
export interface FoundProject {
  readonly sites: readonly Site[];
  readonly packages: readonly GoPackage[];
  /** By absolute path. */
  readonly texts: ReadonlyMap<string, SourceText>;
}

export interface Collected {
  readonly report: Report;
  /** What was analyzed, by absolute path. */
  readonly texts: ReadonlyMap<string, SourceText>;
  /** Of all that was looked at; undefined where it cannot be told. */
  readonly stamp: ProjectStamp | undefined;
}

/** The report of one build. Rejects with ToolchainProblem where nothing can be analyzed, and with AbortError. */
export async function collect(request: CollectRequest, signal: AbortSignal): Promise<Collected> {
  const since = Date.now();
  const toolchain = await openToolchain(request, signal);
  const all = toolchain.packages;
  const own = request.shard === undefined ? all : await shardOf(all, request.shard);
  const sources = await readSources(own);
  const { texts } = sources;
  const recorder = new FactRecorder(request.assertions && anyText(texts, /gcassert:[\w,]*inline/));
  const analysis = await analyze({ request, toolchain, own, sources, recorder }, signal);
  const found = analysis.packages.flatMap((entry) => entry.sites);
  const project = { sites: found, packages: toolchain.packages, texts };
  const sites = request.annotate === undefined ? found : await request.annotate(project, signal);
  const relative = relativeTo(request.folder);
  const failures = request.assertions ? await failuresOf(sites, own, texts, recorder, toolchain, signal) : [];
  const report = {
    builds: [{ go: toolchain.go, target: toolchain.target }],
    packages: analysis.packages
      .filter((entry) => own.includes(entry.package))
      .map(({ package: { importPath, dir }, error }) => ({ importPath, dir: relative(dir), error })),
    sites: foundSites(sites, texts, request.rules, relative),
    assertions: failures.map((failure) => reportAssertion(failure, relative)),
    unknownLines: analysis.unknownLines,
    notes: [
      ...toolchain.setup.dropped.map(droppedFlagWords),
      ...[...sources.tooLarge].sort().map((file) => tooLargeWords(relative(file))),
    ],
  };
  const { folder, patterns } = request;
  const { setup, roots, builds } = toolchain;
  const { hashes } = sources;
  const stamp = atOnce(buildStampSteps({ folder, patterns, setup, roots, builds, hashes, since }));
  return { report, texts, stamp };
}

interface AnalysisInput {
  readonly request: CollectRequest;
  readonly toolchain: Toolchain;
  readonly own: readonly GoPackage[];
  readonly sources: Sources;
  readonly recorder: FactRecorder;
}

async function analyze(input: AnalysisInput, signal: AbortSignal): Promise<ProjectAnalysis> {
  const { request, toolchain, own, sources, recorder } = input;
  const progress = showProgress(process.stderr.isTTY, (text) => process.stderr.write(text));
  try {
    return await analyzeProject(
      { toolchain, own, sources, evidence: request.evidence, recorder, progress },
      signal,
    );
  } finally {
    progress.end();
  }
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
    files.some((file) => assertsBounds(texts.get(file)?.text ?? "")),
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

/** A site in the shape of a report. */
export function foundSite(site: Site, { allowed, severity, surroundings, relative }: SiteDetails): FoundSite {
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
    ...(site.profile !== undefined && { profile: reportProfileOf(site.profile, relative) }),
    column: site.column,
    surroundings,
  };
}

function reportProfileOf(profile: SiteProfile, relative: (file: string) => string): SiteProfile {
  const callers = profile.callers.map((caller) => ({ ...caller, file: relative(caller.file) }));
  return { ...profile, callers };
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
