/** The loaded profile of the editor: what its commands do, and what its lines and sites say. */
import * as l10n from "@vscode/l10n";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Connection } from "vscode-languageserver/node";
import type { Results } from "../../analysis/results.js";
import type { Site, SiteProfile } from "../../analysis/site.js";
import type { Capabilities } from "../../capabilities.js";
import { type Documents, fileUri, goFilePath } from "../../documents.js";
import { shareWords } from "../../explain/amounts.js";
import { link } from "../../explain/markdown.js";
import { problemSentence } from "../../explain/problem.js";
import type { GoPackage } from "../../go/packages.js";
import type { GoProblem } from "../../go/problems.js";
import { type LoadedProfile, withoutProfile } from "../../profile/loadedProfile.js";
import { loadProfile, type ProfileRequest } from "../../profile/loadProfile.js";
import { ProfileError } from "../../profile/profileError.js";
import { profilePage } from "../../profile/profilePage.js";
import { profileReport } from "../../profile/profileReport.js";
import { type ProfileSummary, summarize } from "../../profile/profileSummary.js";
import { profileProblemWords } from "../../profile/profileWords.js";
import { type ProfileLines, profileChangedMethod } from "../../protocol.js";
import type { Report } from "../progress.js";
import { showMessage } from "../showMessage.js";
import { showPage } from "../showPage.js";
import { lineMarks } from "./lineMarks.js";

export interface ProfilesOptions {
  readonly results: Results;
  readonly documents: Pick<Documents, "get" | "openFiles">;
  readonly capabilities: Pick<Capabilities, "showsDocuments">;
  readonly isTrusted: () => boolean;
  /** Absolute folders of the workspace. */
  readonly folders: () => readonly string[];
  /** All packages of the workspace, tests included. */
  packages(signal: AbortSignal): Promise<readonly GoPackage[] | { readonly problem: GoProblem }>;
  /** Analyzes the package of a file (absolute path). */
  analyze(file: string): Promise<void>;
  /** Diagnostics and whatever else shows sites are to be sent anew. */
  renew(): void;
}

export type NamedProfiles = Pick<ProfileRequest, "sources" | "before" | "metric" | "built">;

/** Lines of the page. */
const pageLines = 25;

/** Hot lines whose packages are analyzed, so that they can say why they allocate. */
const analyzedLines = 20;

export class Profiles {
  readonly #connection: Connection;
  readonly #options: ProfilesOptions;
  #loaded: LoadedProfile | undefined;

  constructor(connection: Connection, options: ProfilesOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Loads profiles, analyzes the packages of their hottest lines, and says what came of it. Rejects with AbortError. */
  async load(named: NamedProfiles, report: Report, signal: AbortSignal): Promise<void> {
    const { folders, isTrusted } = this.#options;
    const listed = await this.#options.packages(signal);
    if ("problem" in listed) {
      showMessage(this.#connection, "warning", problemSentence(listed.problem));
      return;
    }
    const textOf = (file: string) => Promise.resolve(this.#textOf(file));
    const request = {
      ...named,
      folder: folders()[0] ?? ".",
      packages: listed,
      textOf,
      mayRunGit: isTrusted(),
    };
    try {
      const onProgress = (share: number, name: string) => {
        report(share / 2, path.basename(name));
      };
      this.#take(await loadProfile(request, onProgress, signal));
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      showMessage(this.#connection, "warning", profileProblemWords(error));
      return;
    }
    const unknown = this.#unknownFiles();
    for (const [index, file] of unknown.entries()) {
      signal.throwIfAborted();
      report(0.5 + index / unknown.length / 2, path.basename(path.dirname(file)));
      await this.#options.analyze(file);
    }
    this.#options.renew();
    this.#tell();
    await this.show();
  }

  /** Shows the page of what is loaded. */
  async show(): Promise<void> {
    const loaded = this.#loaded;
    const summary = this.#summary();
    if (loaded === undefined || summary === undefined) {
      showMessage(this.#connection, "information", l10n.t("No memory profile is loaded."));
      return;
    }
    const relative = (file: string) => path.relative(this.#options.folders()[0] ?? "", file);
    const report = profileReport(loaded, summary, relative, pageLines);
    const uriOf = (file: string) => fileUri(path.resolve(this.#options.folders()[0] ?? "", file));
    const page = profilePage(report, ({ file, line, recordedLine }) => {
      const number = line === null ? recordedLine : line + 1;
      return link(`${file}:${number}`, `${uriOf(file)}#L${number}`);
    });
    const share = summary.own.bytes > 0 ? summary.joined.bytes / summary.own.bytes : 1;
    const sentence = l10n.t(
      "The memory profile is loaded: {0} of the bytes of own code have a site.",
      shareWords(share),
    );
    const shown = { name: "memory-profile", text: page, takeFocus: false, sentence };
    await showPage(this.#connection, this.#options.capabilities, shown);
  }

  clear(): void {
    this.#take(undefined);
    this.#options.renew();
    this.#tell();
  }

  /** The marks of a document; null without a profile or the document. */
  lines(uri: string): ProfileLines | null {
    const file = goFilePath(uri);
    const document = this.#options.documents.get(uri);
    if (this.#loaded === undefined || file === undefined || document === undefined) return null;
    const sites = this.#options.results.of(file)?.sites;
    const lines = this.#loaded.join(file, sites, document.getText());
    return { version: document.version, lines: lineMarks(lines, this.#loaded) };
  }

  #take(loaded: LoadedProfile | undefined): void {
    this.#loaded = loaded;
    this.#options.results.annotateWith((file, sites) => this.#annotate(file, sites));
  }

  #annotate(file: string, sites: readonly Site[]): readonly Site[] {
    const loaded = this.#loaded;
    if (loaded === undefined) return sites.map(withoutProfile);
    return loaded
      .annotate(file, sites, this.#textOf(file))
      .map((site) => (site.profile === undefined ? { ...site, profile: cold } : site));
  }

  /** Files of hot lines, one for each package that is not analyzed, the hottest first. */
  #unknownFiles(): string[] {
    const files = new Map<string, string>();
    for (const { line, sites } of this.#summary()?.lines.slice(0, analyzedLines) ?? []) {
      const folder = path.dirname(line.file);
      if (sites.length === 0 && !files.has(folder)) files.set(folder, line.file);
    }
    return [...files.values()];
  }

  #summary(): ProfileSummary | undefined {
    const { results } = this.#options;
    return (
      this.#loaded &&
      summarize(this.#loaded, (file) => {
        const sites = results.of(file)?.sites;
        return sites && { sites, text: this.#textOf(file) };
      })
    );
  }

  #tell(): void {
    void this.#connection.sendNotification(profileChangedMethod);
  }

  /** The editor's text of a file (absolute path), or that on disk; undefined when it is gone. */
  #textOf(file: string): string | undefined {
    const open = this.#options.documents.openFiles().get(file);
    if (open !== undefined) return open.text;
    try {
      return readFileSync(file, "utf8");
    } catch {
      return undefined;
    }
  }
}

/** Of a site that the loaded profile has nothing of. */
const cold: SiteProfile = {
  ...{ bytes: 0, objects: 0, share: 0, sharedWith: 0, isCopy: false, before: null },
  callers: [],
};
