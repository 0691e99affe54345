import { isDeepStrictEqual } from "node:util";
import {
  type Connection,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
} from "vscode-languageserver/node";
import type { FileResult, Results } from "../analysis/results.js";
import { type Marker, markersOf } from "../analysis/markers.js";
import type { Severity, SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
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
  readonly #connection: Connection;
  readonly #options: DiagnosticsOptions;
  readonly #published = new Map<string, Diagnostic[]>();
  /** Documents edited since: what was published for them stands elsewhere now. */
  readonly #moved = new Set<string>();

  constructor(connection: Connection, options: DiagnosticsOptions) {
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
  return markersOf(result.sites, rules).map((marker) => {
    const site = { ...marker.site, ...result.firstWords.get(marker.site.id) };
    return diagnosticOf({ ...marker, site }, result.stale !== undefined, capabilities);
  });
}

function diagnosticOf(marker: Marker, isStale: boolean, capabilities: Capabilities): Diagnostic {
  const { site, severity } = marker;
  const message = markerMessage(marker);
  const data: DiagnosticData = {
    id: site.id,
    reason: site.reason,
    allocates: site.allocates,
    inlinedFrom: site.inlinedFrom,
  };
  const related = capabilities.relatedInformation ? relatedInformation(site) : [];
  return {
    range: site.range,
    severity: lspSeverity[severity],
    source: "escape",
    code: site.reason,
    ...(capabilities.codeDescription && { codeDescription: { href: reasonPage(site.reason) } }),
    message: isStale ? staleMessage(message) : message,
    ...(related.length > 0 && { relatedInformation: related }),
    ...(capabilities.diagnosticData && { data }),
  };
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
