/** The entries of one menu: each edit once, what is checked first, what changes no allocation last. */
import * as l10n from "@vscode/l10n";
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from "vscode-languageserver/node";
import { compare } from "../analysis/remap.js";
import type { Site } from "../analysis/site.js";
import type { Documents } from "../documents.js";
import { fixName, offerTitle, rejectionReason, uncheckedQuestion, uncheckedTitle } from "../fixes/effect.js";
import type { Offer, Offers, Rejection, Unchecked } from "../fixes/offers.js";
import { type BenchmarkTarget, type FixAllTarget, type FixTarget, serverCommands } from "../protocol.js";
import type { CodeActionCapabilities } from "./codeActionCapabilities.js";
import { siteIdOf } from "./siteDiagnostics.js";
import { workspaceEdit } from "./workspaceEdit.js";

export interface MenuOptions {
  readonly documents: Pick<Documents, "get">;
  readonly capabilities: CodeActionCapabilities;
}

type Unverified = Unchecked | Offer;

export class CodeActionMenu {
  readonly #params: CodeActionParams;
  readonly #options: MenuOptions;
  readonly #actions = new Map<string, CodeAction>();
  readonly #more: CodeAction[] = [];
  readonly #claimsNothing = new Set<CodeAction>();

  constructor(params: CodeActionParams, options: MenuOptions) {
    this.#params = params;
    this.#options = options;
  }

  /** All that is known of a site's fixes. */
  add({ offers, rejections, unchecked }: Offers): void {
    for (const offer of offers)
      this.#offer(offer, offerTitle(offer), offer.proposal.behaviour, offer.proposal.isPreferred);
    for (const each of unchecked) this.#unchecked(each);
    const isOffered = unchecked.length > 0 || offers.some(({ proposal }) => proposal.proof !== "none");
    const byCompiler = rejections.filter(({ reason }) => !("refusal" in reason));
    for (const rejection of byCompiler) this.#reject(rejection);
    // What the syntax speaks against is worth a line only where it is all that there is.
    if (isOffered || byCompiler.length > 0) return;
    for (const rejection of rejections) if (rejection.fix !== "suppress") this.#reject(rejection);
  }

  /** An entry for many sites, whose edit is made when the person has chosen it. */
  fixAll(title: string, target: FixAllTarget, kind: string): void {
    const { resolvesEdit, applyEdit } = this.#options.capabilities;
    if (!resolvesEdit && !applyEdit) return;
    const command = { title: plain(title), command: serverCommands.fixAll, arguments: [target] };
    this.#more.push({ title: plain(title), kind, ...(resolvesEdit ? { data: target } : { command }) });
  }

  /** An entry that tries a fix without making it. */
  prove({ site, proposal }: Offer): void {
    const target = fixTarget(this.#params.textDocument.uri, site, proposal);
    this.#run(l10n.t("Prove this fix: {0}", proposal.title), serverCommands.proveFix, target);
  }

  /** An entry that runs benchmarks with a fix and without it. */
  benchmark({ site, proposal }: Offer): void {
    const { uri } = this.#params.textDocument;
    const compare = { fix: fixTarget(uri, site, proposal) };
    const target: BenchmarkTarget = { uri, compare, benchmarks: null };
    this.#run(l10n.t("Prove this fix by benchmark: {0}", proposal.title), serverCommands.benchmark, target);
  }

  all(): CodeAction[] {
    const actions = [...this.#actions.values()];
    const isLast = (action: CodeAction) => this.#claimsNothing.has(action);
    return [...actions.filter((action) => !isLast(action)), ...this.#more, ...actions.filter(isLast)];
  }

  #run(title: string, command: string, target: FixTarget | BenchmarkTarget): void {
    const action = { title: plain(title), kind: CodeActionKind.QuickFix };
    this.#more.push({ ...action, command: { title: action.title, command, arguments: [target] } });
  }

  /** Two sites may need the same edit, such as two appends to one slice. A question makes the client ask first. */
  #offer({ proposal, site }: Unverified, title: string, question: string | null, isPreferred: boolean): void {
    const { capabilities, documents } = this.#options;
    const diagnostics = this.#diagnosticsOf(site);
    const key = JSON.stringify([...proposal.edit]);
    const same = this.#actions.get(key);
    if (same !== undefined) {
      same.diagnostics = [...(same.diagnostics ?? []), ...diagnostics];
      return;
    }
    const { behaviour, fix } = proposal;
    const action: CodeAction = {
      ...entry(this.#fullTitle(title, behaviour), diagnostics),
      ...(capabilities.data && { data: { id: site.id, fix, behaviour } }),
      edit: workspaceEdit(proposal.edit, title, question, capabilities, documents),
      ...(capabilities.isPreferred && { isPreferred: isPreferred && behaviour === null }),
    };
    this.#actions.set(key, action);
    if (proposal.proof === "none") this.#claimsNothing.add(action);
  }

  /** Checked once it is chosen, where the client asks for the edit then; else its title and its question have to do. */
  #unchecked(unchecked: Unchecked): void {
    const { site, proposal } = unchecked;
    const { behaviour, edit } = proposal;
    const title = uncheckedTitle(unchecked);
    if (!this.#options.capabilities.resolvesEdit) {
      this.#offer(unchecked, title, [behaviour, uncheckedQuestion()].join(" ").trim(), false);
      return;
    }
    const key = JSON.stringify([...edit]);
    if (this.#actions.has(key)) return;
    const data = { ...fixTarget(this.#params.textDocument.uri, site, proposal), behaviour };
    this.#actions.set(key, { ...entry(this.#fullTitle(title, behaviour), this.#diagnosticsOf(site)), data });
  }

  /** What may change stands in the title where the client cannot ask. */
  #fullTitle(title: string, behaviour: string | null): string {
    return behaviour === null || this.#options.capabilities.changeAnnotations
      ? title
      : `${title}. ${behaviour}`;
  }

  #reject(rejection: Rejection): void {
    if (!this.#options.capabilities.disabled) return;
    const { site, fix } = rejection;
    const reason = rejectionReason(rejection);
    const key = `${fix} ${reason}`;
    if (this.#actions.has(key)) return;
    this.#actions.set(key, {
      ...entry(fixName(fix), this.#diagnosticsOf(site)),
      ...(this.#options.capabilities.data && { data: { id: site.id, fix, behaviour: null } }),
      disabled: { reason },
    });
  }

  #diagnosticsOf(site: Site): Diagnostic[] {
    return this.#params.context.diagnostics.filter((diagnostic) => {
      const id = siteIdOf(diagnostic);
      if (id !== undefined) return id === site.id;
      const isSame =
        compare(diagnostic.range.start, site.range.start) === 0 && diagnostic.code === site.reason;
      return diagnostic.source === "escape" && isSame;
    });
  }
}

function fixTarget(uri: string, site: Site, { fix, title }: Unverified["proposal"]): FixTarget {
  return { uri, id: site.id, fix, title };
}

function entry(title: string, diagnostics: Diagnostic[]): CodeAction {
  return { title: plain(title), kind: CodeActionKind.QuickFix, diagnostics };
}

/** Menus show text as it is: backticks stay, line ends do not. */
function plain(title: string): string {
  return title.replace(/\s+/g, " ");
}
