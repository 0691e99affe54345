/** Wiring of memory profiles: loaded from files and servers, or taken by running a test. */
import * as l10n from "@vscode/l10n";
import type { CancellationToken, Connection } from "vscode-languageserver/node";
import type { PackageLocator } from "./analysis/packageLocator.js";
import type { Results } from "./analysis/results.js";
import type { Capabilities } from "./capabilities.js";
import { type Documents, goFilePath } from "./documents.js";
import { packageToRun } from "./features/packageToRun.js";
import { type NamedProfiles, Profiles } from "./features/profile/profiles.js";
import { readProfileTarget, readTestTarget } from "./features/profile/readTargets.js";
import { failureWords, showMessage } from "./features/showMessage.js";
import { trustedWork } from "./features/trustedWork.js";
import { moduleRoots } from "./go/moduleRoots.js";
import { loadPackages } from "./go/packageGraph.js";
import type { GoPackage } from "./go/packages.js";
import type { GoProblem } from "./go/problems.js";
import type { LiveAnalysis } from "./liveAnalysis.js";
import { takeProfile, type TestFunction, testAt } from "./profile/takeProfile.js";
import { profileLinesMethod, type ProfileLinesParams } from "./protocol.js";
import { SourceText } from "./syntax/sourceText.js";

export interface ProfilingOptions {
  readonly results: Results;
  readonly documents: Documents;
  readonly capabilities: Pick<Capabilities, "workDoneProgress" | "showsDocuments">;
  readonly locator: PackageLocator;
  readonly live: LiveAnalysis;
  /** Absolute folders of the workspace. */
  readonly folders: () => readonly string[];
  /** Sends anew what shows sites. */
  readonly renew: () => void;
}

/** Answers requests for marked lines; returns what the commands do. */
export function registerProfiles(connection: Connection, options: ProfilingOptions) {
  const { documents, live, folders, locator, capabilities } = options;
  const profiles = new Profiles(connection, {
    ...options,
    isTrusted: () => live.isTrusted,
    packages: (signal) => packagesOf(folders(), locator, signal),
    analyze: (file) => live.analyze(file),
  });
  connection.onRequest(profileLinesMethod, ({ uri }: ProfileLinesParams) => profiles.lines(uri));
  const inProgress = trustedWork(connection, live, capabilities.workDoneProgress);
  const load = (named: NamedProfiles, token: CancellationToken) =>
    inProgress(l10n.t("Loading the memory profile"), token, (signal, report) =>
      profiles.load(named, report, signal),
    );
  return {
    async loadProfile(target: unknown, token: CancellationToken): Promise<void> {
      const named = readProfileTarget(target);
      if (named === undefined) throw new Error("loadProfile needs the sources of a profile.");
      await load(named, token);
    },
    async takeProfile(target: unknown, token: CancellationToken): Promise<void> {
      const place = readTestTarget(target);
      const file = place && goFilePath(place.uri);
      const document = place && documents.get(place.uri);
      if (place === undefined || file === undefined)
        throw new Error("takeProfile needs a Go file and a line.");
      const test = document && testAt(new SourceText(document.getText()), place.line);
      if (test === undefined || !file.endsWith("_test.go")) {
        const words = l10n.t(
          "Put the cursor into a test, benchmark or example first: it is run and profiled.",
        );
        showMessage(connection, "information", words);
        return;
      }
      await inProgress(
        l10n.t("Running {0} with a memory profile", test.name),
        token,
        async (signal, report) => {
          report(0, test.name);
          const taken = await take(file, test, options, signal);
          if ("failure" in taken) showMessage(connection, "warning", taken.failure);
          else await profiles.load(taken.named, report, signal);
        },
      );
    },
    showProfile: () => profiles.show(),
    clearProfile: () => {
      profiles.clear();
    },
  };
}

/** The texts that are run are known, so that nothing has to be found out of them later. */
async function take(
  file: string,
  test: TestFunction,
  { locator, documents }: ProfilingOptions,
  signal: AbortSignal,
): Promise<{ readonly named: NamedProfiles } | { readonly failure: string }> {
  const found = await packageToRun(file, locator, signal);
  if ("problem" in found) return { failure: found.problem };
  const overlays = documents.openTexts();
  const taken = await takeProfile({ ...found, test, overlays }, signal);
  if ("failure" in taken) return { failure: failureWords(test.name, taken.failure) };
  return { named: { sources: [taken.file], before: [], metric: "alloc", built: overlays } };
}

async function packagesOf(
  folders: readonly string[],
  locator: PackageLocator,
  signal: AbortSignal,
): Promise<readonly GoPackage[] | { readonly problem: GoProblem }> {
  const packages: GoPackage[] = [];
  let problem: GoProblem | undefined;
  for (const folder of folders) {
    const answer = await locator.setUp(folder);
    if ("problem" in answer) {
      problem ??= answer.problem;
      continue;
    }
    const { go, env, flags } = answer.setup;
    for (const root of await moduleRoots(folder, answer.setup, signal)) {
      const graph = await loadPackages({ go, env, flags, root, patterns: ["./..."], tests: true }, signal);
      packages.push(...graph.packages);
      problem ??= graph.problems[0];
    }
  }
  return packages.length === 0 && problem !== undefined ? { problem } : packages;
}
