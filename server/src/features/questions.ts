/** Answers the questions of the protocol: ask, and compare under another build. */
import path from "node:path";
import type { CancellationToken, Connection } from "vscode-languageserver/node";
import type { BuildOptions } from "../analysis/goSetups.js";
import { goFilePath } from "../documents.js";
import type { InstalledToolchain } from "../go/installedToolchains.js";
import { commonTargets } from "../go/targets.js";
import {
  type Asked,
  askMethod,
  type AskParams,
  type Builds,
  buildsMethod,
  compareMethod,
  type CompareParams,
} from "../protocol.js";
import type { Questions, Reply } from "../questions/questions.js";
import { signalOf } from "./cancellation.js";
import { declinedWords } from "./status.js";
import { explanationOf, placeTitle } from "./explanationDocument.js";

interface QuestionRequests {
  readonly questions: Questions;
  readonly isTrusted: () => boolean;
  /** The version and the target of a folder's own build; empty where Go cannot be set up. */
  readonly buildOf: (folder: string) => Promise<{ readonly go: string; readonly target: string }>;
}

/** Registers the requests. */
export function registerQuestions(connection: Connection, options: QuestionRequests): void {
  const { questions, isTrusted } = options;
  const asked = async (
    uri: string,
    place: AskParams["range"]["start"],
    answer: (file: string) => Promise<Reply | undefined>,
  ): Promise<Asked | null> => {
    const file = goFilePath(uri);
    if (file === undefined) return null;
    if (!isTrusted()) return { problem: declinedWords("untrusted") };
    const reply = await answer(file);
    if (reply === undefined) return null;
    return "problem" in reply ? reply : { explanation: explanationOf(reply.page, placeTitle(file, place)) };
  };
  connection.onRequest(askMethod, ({ textDocument, range }: AskParams, token: CancellationToken) =>
    asked(textDocument.uri, range.start, (file) => questions.ask(file, range, signalOf(token))),
  );
  connection.onRequest(compareMethod, (params: CompareParams, token: CancellationToken) =>
    asked(params.textDocument.uri, params.position, async (file) => {
      const installed = (await questions.versions(path.dirname(file))) ?? [];
      const change = changedBuild(params, installed);
      return await questions.compare(file, params.position, change, signalOf(token));
    }),
  );
  connection.onRequest(buildsMethod, ({ textDocument }: Pick<AskParams, "textDocument">) =>
    builds(textDocument.uri, options),
  );
}

async function builds(
  uri: string,
  { questions, isTrusted, buildOf }: QuestionRequests,
): Promise<Builds | null> {
  const file = goFilePath(uri);
  if (file === undefined || !isTrusted()) return null;
  const folder = path.dirname(file);
  const [own, installed] = await Promise.all([buildOf(folder), questions.versions(folder)]);
  if (installed === undefined) return null;
  return {
    ...own,
    versions: installed.map(({ version }) => version).filter((version) => version !== own.go),
    targets: commonTargets.filter((target) => target !== own.target),
  };
}

/** A version that is not installed is left to the go command, which says so. */
function changedBuild(
  { version, target }: Pick<CompareParams, "version" | "target">,
  installed: readonly InstalledToolchain[],
): (options: BuildOptions) => BuildOptions {
  const toolchain = installed.find((each) => each.version === version);
  const [goos, goarch] = target?.split("/") ?? [];
  return (options) => ({
    ...options,
    path: toolchain?.go ?? options.path,
    env: {
      ...options.env,
      ...(version === null ? {} : { GOTOOLCHAIN: toolchain?.gotoolchain ?? version }),
      ...(goos === undefined || goarch === undefined ? {} : { GOOS: goos, GOARCH: goarch }),
    },
  });
}
