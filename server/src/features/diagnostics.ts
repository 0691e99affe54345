import { isDeepStrictEqual } from "node:util";
import {
  type Connection,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
} from "vscode-languageserver/node";
import type { FileResult, Results } from "../analysis/results.js";
import { type Marker, markersOf } from "../analysis/markers.js";
import { type Severity, severityOf, type SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import type { FirstLook } from "../analysis/succession.js";
import type { Capabilities } from "../capabilities.js";
import type { AssertionMarkers } from "./assertionMarkers.js";
import { type Documents, fileUri } from "../documents.js";
import { flowStepWords, tellingSteps } from "../explain/flow.js";
import { reasonPage } from "../explain/reasonPage.js";
import { markerMessage } from "../explain/message.js";
import { staleMessage } from "../explain/stale.js";

interface DiagnosticsOptions {
  readonly results: Results;
  readonly documents: Documents;
  readonly capabilities: Capabilities;
  rulesOf(uri: string): Promise<SeverityRules>;
  /** Assertions that do not hold (assertionMarkers.ts). */
  readonly assertions: Pick<AssertionMarkers, "of">;
}

/** What a diagnostic carries for code actions and for other tools (LSP 3.17, Diagnostic.data). */
export interface DiagnosticData {
  readonly id: string;
  readonly reason: string;
  readonly allocates: string;
  readonly inlinedFrom: string | null;
}

const lspSeverity: Readonly<Record<Exclude<Severity, "off">, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Most steps of a flow that go with one diagnostic; the hover has them all. */
const relatedLimit = 8;

/**
 * Pushes the diagnostics of open documents, with the document's version, and only when they changed. Edits alone publish
 * nothing: editors move markers with the text themselves.
 */
export class DiagnosticsPublisher {
  readonly #connection: Pick<Connection, "sendDiagnostics">;
  readonly #options: DiagnosticsOptions;
  readonly #published = new Map<string, Diagnostic[]>();
  /** Documents edited since: what was published for them stands elsewhere now. */
  readonly #moved = new Set<string>();

  constructor(connection: Pick<Connection, "sendDiagnostics">, options: DiagnosticsOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Publishes what is known of an open document; returns how many entries it has now. */
  async publish(uri: string, file: string): Promise<number> {
    const rules = await this.#options.rulesOf(uri);
    const document = this.#options.documents.get(uri);
    if (document === undefined) return 0;
    const result = this.#options.results.of(file);
    // Ranges of another version would land on the wrong code: the next analysis brings newer ones.
    if (result !== undefined && result.version !== null && result.version !== document.version) return 0;
    const { capabilities, assertions } = this.#options;
    const sites = result === undefined ? [] : diagnosticsOf(result, rules, capabilities);
    const diagnostics = [...sites, ...assertions.of(file, capabilities)];
    const published = this.#published.get(uri) ?? [];
    const moved = this.#moved.delete(uri) && published.length > 0;
    if (!moved && isDeepStrictEqual(published, diagnostics)) return diagnostics.length;
    this.#published.set(uri, diagnostics);
    await this.#connection.sendDiagnostics({
      uri,
      diagnostics,
      ...(capabilities.diagnosticVersion && { version: document.version }),
    });
    return diagnostics.length;
  }

  /** What was published no longer stands where it was, so the next result is sent even if it looks the same. */
  edited(uri: string): void {
    this.#moved.add(uri);
  }

  /** Takes back what was published for a document that was closed. */
  async clear(uri: string): Promise<void> {
    this.#moved.delete(uri);
    const published = this.#published.get(uri);
    this.#published.delete(uri);
    if (published === undefined || published.length === 0) return;
    await this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }
}

function diagnosticsOf(result: FileResult, rules: SeverityRules, capabilities: Capabilities): Diagnostic[] {
  const { sites, firstLooks, stale } = result;
  const loud = sites.map((site) => asLoud(site, firstLooks.get(site.id), rules));
  return markersOf(loud, rules).map((marker) => {
    const said = withoutLateWords({ ...marker.site, ...firstLooks.get(marker.site.id) });
    return diagnosticOf(marker, said, stale !== undefined, capabilities);
  });
}

/**
 * The site as loud as it was first shown where it would be withdrawn otherwise: that waits for an edit. Where it was loud
 * only by what was known before an edit, that edit is why it goes.
 */
function asLoud(site: Site, first: FirstLook | undefined, rules: SeverityRules): Site {
  if (first === undefined || first.isRemembered === true) return site;
  if (severityOf(site, rules) !== "off") return site;
  const before = { ...site, ...first };
  return severityOf(before, rules) === "off" ? site : before;
}

/** `said`: the marker's site in the words in which it was first shown. */
function diagnosticOf(
  { site, severity, others }: Marker,
  said: Site,
  isStale: boolean,
  capabilities: Capabilities,
): Diagnostic {
  const message = markerMessage({ site: said, others });
  const { id, allocates, inlinedFrom } = site;
  const data: DiagnosticData = { id, reason: said.reason, allocates, inlinedFrom };
  const related = capabilities.relatedInformation ? relatedInformation(said) : [];
  return {
    range: site.range,
    severity: lspSeverity[severity],
    source: "escape",
    code: said.reason,
    ...(capabilities.codeDescription && { codeDescription: { href: reasonPage(said.reason) } }),
    message: isStale ? staleMessage(message) : message,
    ...(related.length > 0 && { relatedInformation: related }),
    ...(capabilities.diagnosticData && { data }),
  };
}

/** Only the machine code tells that callers have copies of the function: the sentence that came before it holds, too. */
function withoutLateWords(site: Site): Site {
  return site.when === "not inlined" ? { ...site, when: null } : site;
}

/** Whether a diagnostic of the site tells its whole flow: not when steps have no place, or are too many. */
export function tellsFlow(site: Site, capabilities: Capabilities): boolean {
  return (
    capabilities.relatedInformation && relatedInformation(site).length === tellingSteps(site.flow).length
  );
}

function relatedInformation(site: Site): DiagnosticRelatedInformation[] {
  return tellingSteps(site.flow)
    .slice(0, relatedLimit)
    .flatMap((step) =>
      step.file === null || step.range === null
        ? []
        : [{ location: { uri: fileUri(step.file), range: step.range }, message: flowStepWords(step) }],
    );
}
