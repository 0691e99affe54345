/** SARIF 2.1.0 for code scanning: the findings with their flows, fixes and fingerprints. */
import type {
  ArtifactLocation,
  CodeFlow,
  Fix,
  Location,
  Log,
  PhysicalLocation,
  Region,
  ReportingDescriptor,
  Result,
} from "sarif";
import { homepage } from "../../../package.json";
import { reasonCodes } from "../analysis/reasonCodes.js";
import { reasonTitle } from "../explain/reasonTitle.js";
import { reasonPage } from "../explain/reasonPage.js";
import { withoutLinks } from "../protocol.js";
import type { Range } from "../syntax/sourceText.js";
import { version } from "../version.js";
import type { Finding, Judgment } from "./judgment.js";
import { buildName, type FoundSite, type Report, type ReportEdit } from "./report.js";

const levels = { error: "error", warning: "warning", information: "note", hint: "note" } as const;
const codes: ReadonlySet<string> = new Set(reasonCodes);

/**
 * One run with all findings. Files are relative to SRCROOT, the top of the repository; `prefix` leads from there to the
 * current folder, and is empty or ends in a slash. Code scanning shows at most 25,000 results of a run (docs.github.com,
 * SARIF support): the loudest come first.
 */
export function formatSarif(report: Report, judgment: Judgment, prefix: string): string {
  const writer = new SarifWriter(prefix);
  const results = [...judgment.findings].sort((a, b) => rank(a) - rank(b)).map((one) => writer.result(one));
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Go Escape Lens",
            version,
            semanticVersion: version,
            informationUri: homepage,
            rules: [...writer.rules.values()],
          },
        },
        automationDetails: {
          id: `escapelens/${report.builds.map(buildName).join("+").replaceAll(" ", "-")}/`,
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { SRCROOT: { description: { text: "The top of the repository." } } },
        invocations: [
          {
            executionSuccessful: report.packages.every(({ error }) => error === null),
            toolExecutionNotifications: report.packages.flatMap(({ importPath, error }) =>
              error === null
                ? []
                : [
                    {
                      level: "error" as const,
                      message: { text: withoutLinks(`${importPath}: ${error.trim()}`) },
                    },
                  ],
            ),
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rank({ severity }: Finding): number {
  return ["error", "warning", "information", "hint"].indexOf(severity);
}

class SarifWriter {
  /** By code, in the order in which results name them. */
  readonly rules = new Map<string, ReportingDescriptor>();
  readonly #indices = new Map<string, number>();
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  result(finding: Finding): Result {
    const { code, severity, message, site } = finding;
    return {
      ruleId: code,
      ruleIndex: this.#ruleIndex(code),
      level: levels[severity],
      message: { text: withoutLinks(message) },
      locations: [{ physicalLocation: this.#physical(finding.file, finding.range), ...logical(site) }],
      ...(site !== null && this.#ofSite(site)),
    };
  }

  #ofSite(site: FoundSite): Partial<Result> {
    const codeFlow = this.#codeFlow(site);
    return {
      partialFingerprints: { "escapelens/v1": site.id },
      ...(codeFlow !== undefined && { codeFlows: [codeFlow] }),
      ...(site.edits !== undefined &&
        site.edits.length > 0 && { fixes: site.edits.map((edit) => this.#fix(edit)) }),
      properties: {
        allocates: site.allocates,
        when: site.when,
        context: site.context,
        loopDepth: site.loopDepth,
        evidence: site.evidence,
        ...(site.builds !== undefined && { builds: site.builds }),
      },
    };
  }

  #ruleIndex(code: string): number {
    const known = this.#indices.get(code);
    if (known !== undefined) return known;
    const index = this.rules.size;
    this.#indices.set(code, index);
    this.rules.set(code, {
      id: code,
      name: code.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase()),
      shortDescription: { text: isReason(code) ? reasonTitle(code) : code },
      helpUri: isReason(code) ? reasonPage(code) : homepage,
      properties: { tags: ["performance", "go"] },
    });
    return index;
  }

  /** The steps that have a place; where there is only one, the result says it all. */
  #codeFlow(site: FoundSite): CodeFlow | undefined {
    const locations = site.flow.flatMap(({ file, range, reason, text }) =>
      file === null || range === null
        ? []
        : [{ location: this.#location(file, range, `${text}: ${reason}`) }],
    );
    if (locations.length === 0) return undefined;
    const first = { location: this.#location(site.file, site.range, site.message) };
    return { threadFlows: [{ locations: [first, ...locations] }] };
  }

  #location(file: string, range: Range, text: string): Location {
    return { physicalLocation: this.#physical(file, range), message: { text: withoutLinks(text) } };
  }

  #fix({ title, changes }: ReportEdit): Fix {
    const files = [...new Set(changes.map(({ file }) => file))];
    return {
      description: { text: title },
      artifactChanges: files.map((file) => ({
        artifactLocation: this.#artifact(file),
        replacements: changes
          .filter((change) => change.file === file)
          .map(({ range, newText }) => ({
            deletedRegion: region(range),
            insertedContent: { text: newText },
          })),
      })),
    };
  }

  #physical(file: string, range: Range): PhysicalLocation {
    return { artifactLocation: this.#artifact(file), region: region(range) };
  }

  #artifact(file: string): ArtifactLocation {
    const isOutside = /^(?:[/\\]|\w:)/.test(file);
    if (isOutside) return { uri: `file://${/^\w:/.test(file) ? "/" : ""}${encodedPath(file)}` };
    return { uri: encodedPath(normalized(`${this.#prefix}${file}`)), uriBaseId: "SRCROOT" };
  }
}

function isReason(code: string): code is (typeof reasonCodes)[number] {
  return codes.has(code);
}

function logical(site: FoundSite | null): Pick<Location, "logicalLocations"> {
  if (site === null) return {};
  const name = `${site.package}.${site.function}`;
  return { logicalLocations: [{ fullyQualifiedName: name, kind: "function" }] };
}

/** SARIF counts lines and columns from 1, the end exclusive in columns (SARIF 2.1.0, 3.30). */
function region({ start, end }: Range): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function encodedPath(file: string): string {
  return file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/").replaceAll("%3A", ":");
}

/** `a/../b` as `b`: code scanning finds files by their plain path. */
function normalized(file: string): string {
  const parts: string[] = [];
  for (const part of file.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
