/** The quick fixes of the light bulb: what the compiler has checked, at once, and what it has not, as such. */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
} from "vscode-languageserver/node";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import { compare } from "../analysis/remap.js";
import type { Site } from "../analysis/site.js";
import { hashOf } from "../analysis/snapshot.js";
import { hasBenchmarks } from "../benchmark/listBenchmarks.js";
import { type Documents, goFilePath } from "../documents.js";
import type { FixOffers, Offers } from "../fixes/offers.js";
import { signalOf } from "./cancellation.js";
import type { CodeActionCapabilities } from "./codeActionCapabilities.js";
import { CodeActionMenu } from "./codeActionMenu.js";
import { addFixAll, addFixAllOfKinds, asksForFixAll, fixAllKind } from "./fixAllMenu.js";
import { siteIdOf } from "./siteDiagnostics.js";

export interface CodeActionOptions {
  readonly documents: Pick<Documents, "get" | "goFiles">;
  readonly capabilities: CodeActionCapabilities;
  readonly offers: FixOffers;
  /** The newest finished analysis of the package of a file, at its snapshot's own places; undefined before the first. */
  analyzedOf(file: string): AnalyzedPackage | undefined;
  /** The package of a file as it is shown while a newer text is being analyzed (presentPackage.ts). */
  presentOf?(file: string): AnalyzedPackage | undefined;
  /** Told of what went wrong with the compiler; the menu just stays short. */
  onError(error: unknown): void;
  /** Longest time that a menu waits for the compiler, in milliseconds. */
  readonly timeLimit?: number;
  /** Makes the edit of an entry that came without one; absent where nothing is resolved. */
  resolve?(action: CodeAction, token: CancellationToken): Promise<CodeAction>;
}

/** Verdicts on what is shown are there before somebody asks; a compile that just ends may still make it. */
const defaultTimeLimit = 100;

/** The capability to announce in the answer to initialize. */
export const codeActionProvider = {
  codeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
  resolveProvider: true,
};

/**
 * Answers code action requests for the sites under the range, and for those that its diagnostics name. While the open
 * documents of the package are no longer what was analyzed, fixes are offered for the sites as they are shown, unchecked:
 * like the fixing of all, they wait for the analysis when they are chosen.
 */
export function registerCodeActions(connection: Connection, options: CodeActionOptions): void {
  connection.onCodeAction(async (params: CodeActionParams, token: CancellationToken) => {
    const file = goFilePath(params.textDocument.uri);
    if (file === undefined || !options.capabilities.literals) return [];
    const menu = new CodeActionMenu(params, options);
    const current = currentAnalysis(file, options);
    if (asksForFixAll(params)) addFixAll(menu, params.textDocument.uri, current);
    const analyzed = current ?? options.presentOf?.(file);
    if (analyzed === undefined || !asksForQuickFixes(params)) return menu.all();
    const found =
      current === undefined
        ? await Promise.all(
            sitesOf(file, params, analyzed).map((site) => options.offers.ahead(site, analyzed)),
          )
        : await offersAt(file, params, analyzed, options, token);
    // The documents may have been edited while the compiler ran.
    if (token.isCancellationRequested || !isCurrent(file, analyzed, options.documents)) return [];
    for (const each of found) menu.add(each);
    const offers = found.flatMap((each) => each.offers).filter(({ proposal }) => proposal.proof !== "none");
    if (options.resolve !== undefined) {
      addFixAllOfKinds(menu, params.textDocument.uri, file, offers, analyzed);
      const isBenchmarked = offers.length > 0 && hasBenchmarks(analyzed.snapshot);
      for (const offer of onePerFix(offers)) {
        menu.prove(offer);
        if (isBenchmarked) menu.benchmark(offer);
      }
    }
    return menu.all();
  });
  connection.onCodeActionResolve(async (action, token) =>
    action.edit === undefined && options.resolve !== undefined ? options.resolve(action, token) : action,
  );
}

async function offersAt(
  file: string,
  params: CodeActionParams,
  analyzed: AnalyzedPackage,
  options: CodeActionOptions,
  token: CancellationToken,
): Promise<Offers[]> {
  const limit = AbortSignal.timeout(options.timeLimit ?? defaultTimeLimit);
  const signal = AbortSignal.any([limit, signalOf(token)]);
  return Promise.all(
    sitesOf(file, params, analyzed).map((site) =>
      options.offers.of(site, analyzed, signal).catch((error: unknown) => {
        options.onError(error);
        return { offers: [], rejections: [], unchecked: [] };
      }),
    ),
  );
}

function onePerFix(offers: Offers["offers"]): Offers["offers"] {
  const seen = new Set<string>();
  return offers.filter(({ proposal }) => !seen.has(proposal.fix) && seen.add(proposal.fix));
}

/** LSP 3.17, CodeActionContext.only: a kind stands for all that begin with it. */
function asksForQuickFixes({ context }: CodeActionParams): boolean {
  return (
    context.only === undefined || context.only.some((kind) => kind === "" || kind === CodeActionKind.QuickFix)
  );
}

function sitesOf(file: string, params: CodeActionParams, analyzed: AnalyzedPackage): Site[] {
  const named = new Set(params.context.diagnostics.map(siteIdOf));
  return analyzed.sites.filter(
    (site) => site.file === file && (touches(site, params.range) || named.has(site.id)),
  );
}

function touches(site: Site, range: CodeActionParams["range"]): boolean {
  return compare(site.range.start, range.end) <= 0 && compare(range.start, site.range.end) <= 0;
}

/** The analysis of a file that is open, where all open documents of the package are as they were analyzed. */
export function currentAnalysis(
  file: string,
  { analyzedOf, documents }: Pick<CodeActionOptions, "analyzedOf" | "documents">,
): AnalyzedPackage | undefined {
  const analyzed = analyzedOf(file);
  return analyzed !== undefined && isCurrent(file, analyzed, documents) ? analyzed : undefined;
}

/** Whether the file is open, and all open documents of the package are as they were analyzed. */
export function isCurrent(
  file: string,
  { snapshot }: AnalyzedPackage,
  documents: Pick<Documents, "goFiles">,
): boolean {
  let isOpen = false;
  for (const { path, document } of documents.goFiles()) {
    const known = snapshot.files.get(path);
    if (known === undefined) continue;
    if (known.version !== document.version && known.hash !== hashOf(document.getText())) return false;
    isOpen ||= path === file;
  }
  return isOpen;
}
