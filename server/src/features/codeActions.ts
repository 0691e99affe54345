/** The quick fixes of the light bulb: only those that the compiler has checked. */
import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
} from "vscode-languageserver/node";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import { compare } from "../analysis/remap.js";
import type { Site } from "../analysis/site.js";
import { hashOf } from "../analysis/snapshot.js";
import { type Documents, goFilePath } from "../documents.js";
import { fixName, offerTitle, rejectionReason } from "../fixes/effect.js";
import type { FixOffers, Offer, Rejection } from "../fixes/offers.js";
import type { CodeActionData } from "../protocol.js";
import type { DiagnosticData } from "./diagnostics.js";
import { workspaceEdit, type WorkspaceEditCapabilities } from "./workspaceEdit.js";

/** What the client can do with code actions (LSP 3.17, CodeActionClientCapabilities); everything absent is missing. */
export interface CodeActionCapabilities extends WorkspaceEditCapabilities {
  /** Whether it takes code actions at all, and not only commands. */
  readonly literals: boolean;
  readonly isPreferred: boolean;
  readonly disabled: boolean;
  readonly data: boolean;
}

export interface CodeActionOptions {
  readonly documents: Pick<Documents, "get" | "goFiles">;
  readonly capabilities: CodeActionCapabilities;
  readonly offers: FixOffers;
  /** The newest finished analysis of the package of a file, at its snapshot's own places; undefined before the first. */
  analyzedOf(file: string): AnalyzedPackage | undefined;
  /** Told of what went wrong with the compiler; the menu just stays short. */
  onError(error: unknown): void;
  /** Longest time that a menu waits for the compiler, in milliseconds. */
  readonly timeLimit?: number;
}

const defaultTimeLimit = 1500;

/** The capability to announce in the answer to initialize. */
export const codeActionProvider = { codeActionKinds: [CodeActionKind.QuickFix] };

export function readCodeActionCapabilities(client: ClientCapabilities): CodeActionCapabilities {
  const codeAction = client.textDocument?.codeAction;
  const edit = client.workspace?.workspaceEdit;
  return {
    literals: codeAction?.codeActionLiteralSupport !== undefined,
    isPreferred: codeAction?.isPreferredSupport === true,
    disabled: codeAction?.disabledSupport === true,
    data: codeAction?.dataSupport === true,
    documentChanges: edit?.documentChanges === true,
    changeAnnotations: edit?.changeAnnotationSupport !== undefined,
  };
}

/**
 * Answers code action requests for the sites under the range, and for those that its diagnostics name. Nothing is offered
 * unless the open documents of the package are still what was analyzed, as the edits would land elsewhere.
 */
export function registerCodeActions(connection: Connection, options: CodeActionOptions): void {
  connection.onCodeAction(async (params: CodeActionParams, token: CancellationToken) => {
    const file = goFilePath(params.textDocument.uri);
    if (file === undefined || !options.capabilities.literals || !asksForQuickFixes(params)) return [];
    const analyzed = options.analyzedOf(file);
    if (analyzed === undefined || !isCurrent(file, analyzed, options.documents)) return [];
    const sites = sitesOf(file, params, analyzed);
    if (sites.length === 0) return [];
    const limit = AbortSignal.timeout(options.timeLimit ?? defaultTimeLimit);
    const signal = AbortSignal.any([limit, cancellation(token)]);
    const found = await Promise.all(
      sites.map((site) =>
        options.offers.of(site, analyzed, signal).catch((error: unknown) => {
          options.onError(error);
          return { offers: [], rejections: [] };
        }),
      ),
    );
    // The documents may have been edited while the compiler ran.
    if (token.isCancellationRequested || !isCurrent(file, analyzed, options.documents)) return [];
    const actions = new CodeActions(params, options);
    for (const { offers } of found) for (const offer of offers) actions.offer(offer);
    for (const { rejections } of found) for (const rejection of rejections) actions.reject(rejection);
    return actions.all();
  });
}

/** Collects a menu's entries, each edit once. */
class CodeActions {
  readonly #params: CodeActionParams;
  readonly #options: CodeActionOptions;
  readonly #actions = new Map<string, CodeAction>();
  readonly #claimsNothing = new Set<CodeAction>();

  constructor(params: CodeActionParams, options: CodeActionOptions) {
    this.#params = params;
    this.#options = options;
  }

  /** Two sites may need the same edit, such as two appends to one slice. */
  offer(offer: Offer): void {
    const { proposal, site } = offer;
    const { capabilities, documents } = this.#options;
    const diagnostics = diagnosticsOf(site, this.#params.context.diagnostics);
    const key = JSON.stringify([...proposal.edit]);
    const same = this.#actions.get(key);
    if (same !== undefined) {
      same.diagnostics = [...(same.diagnostics ?? []), ...diagnostics];
      return;
    }
    const title = offerTitle(offer);
    const unasked = proposal.behaviour !== null && !capabilities.changeAnnotations;
    const action: CodeAction = {
      ...this.#action(unasked ? `${title}. ${proposal.behaviour}` : title, diagnostics, {
        id: site.id,
        fix: proposal.fix,
        behaviour: proposal.behaviour,
      }),
      edit: workspaceEdit(proposal.edit, title, proposal.behaviour, capabilities, documents),
      ...(capabilities.isPreferred && {
        isPreferred: proposal.isPreferred && proposal.behaviour === null,
      }),
    };
    this.#actions.set(key, action);
    if (proposal.proof === "none") this.#claimsNothing.add(action);
  }

  /** What the compiler turned down is shown with its reason, where the client can show that; the rest is not its word. */
  reject(rejection: Rejection): void {
    const { site, fix, reason } = rejection;
    if (!this.#options.capabilities.disabled || "refusal" in reason) return;
    const key = `${fix} ${rejectionReason(rejection)}`;
    if (this.#actions.has(key)) return;
    const diagnostics = diagnosticsOf(site, this.#params.context.diagnostics);
    this.#actions.set(key, {
      ...this.#action(fixName(fix), diagnostics, { id: site.id, fix, behaviour: null }),
      disabled: { reason: rejectionReason(rejection) },
    });
  }

  /** What changes no allocation comes last, whichever site it is for. */
  all(): CodeAction[] {
    const actions = [...this.#actions.values()];
    const isLast = (action: CodeAction) => this.#claimsNothing.has(action);
    return [...actions.filter((action) => !isLast(action)), ...actions.filter(isLast)];
  }

  #action(title: string, diagnostics: Diagnostic[], data: CodeActionData): CodeAction {
    return {
      title: plain(title),
      kind: CodeActionKind.QuickFix,
      diagnostics,
      ...(this.#options.capabilities.data && { data }),
    };
  }
}

/** Menus show text as it is: backticks stay, line ends do not. */
function plain(title: string): string {
  return title.replace(/\s+/g, " ");
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

function diagnosticsOf(site: Site, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter((diagnostic) => {
    const id = siteIdOf(diagnostic);
    if (id !== undefined) return id === site.id;
    const isSame = compare(diagnostic.range.start, site.range.start) === 0 && diagnostic.code === site.reason;
    return diagnostic.source === "escape" && isSame;
  });
}

/** The site that one of our diagnostics is about; clients hand its data back as it was. */
function siteIdOf(diagnostic: Diagnostic): string | undefined {
  if (diagnostic.source !== "escape") return undefined;
  const data = diagnostic.data as Partial<DiagnosticData> | null | undefined;
  return typeof data?.id === "string" ? data.id : undefined;
}

/** Whether the file is open, and all open documents of the package are as they were analyzed. */
function isCurrent(
  file: string,
  { snapshot }: AnalyzedPackage,
  documents: CodeActionOptions["documents"],
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

function cancellation(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}
