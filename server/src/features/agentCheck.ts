/** Answers what a coding agent asks of the editor: the sites of a file or package, in the JSON of the command line. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver/node";
import type { LocatedPackage, Location, PackageLocator } from "../analysis/packageLocator.js";
import type { Results } from "../analysis/results.js";
import type { SeverityRules } from "../analysis/severity.js";
import type { Site } from "../analysis/site.js";
import type { JsonReport } from "../cli/json.js";
import { relativeTo } from "../cli/report.js";
import { fileUri } from "../documents.js";
import { problemSentence } from "../explain/problem.js";
import { filesOf } from "../go/packages.js";
import type { GoProblem } from "../go/problems.js";
import { checkMethod, type CheckParams } from "../protocol.js";
import { signalOf } from "./cancellation.js";
import { readerOf } from "./readerOf.js";
import { declinedWords } from "./status.js";
import { exportObject } from "./tree/exportSites.js";
import { ranked } from "./tree/siteRank.js";

export interface AgentCheckOptions {
  readonly results: Pick<Results, "of">;
  readonly locator: Pick<PackageLocator, "locate">;
  readonly live: {
    readonly isTrusted: boolean;
    /** Analyzes the package of a file until it is known what allocates; returns why that came to nothing, else null. */
    prove(file: string): Promise<GoProblem | null>;
  };
  /** Absolute folders of the workspace. */
  folders(): readonly string[];
  rulesOf(uri: string): Promise<SeverityRules>;
}

/** Sites of an answer: more is more than an agent reads. */
const usualLimit = 100;
const largestLimit = 1000;

/** What the agent named. Paths are absolute. */
interface Target {
  /** The workspace folder that it is in. */
  readonly folder: string;
  /** Null where the whole package is meant. */
  readonly file: string | null;
  readonly directory: string;
}

/** Registers the request (protocol.ts, `checkMethod`). */
export function registerAgentCheck(connection: Connection, options: AgentCheckOptions): void {
  connection.onRequest(checkMethod, async (params: unknown, token: CancellationToken) => {
    const asked = readCheckParams(params);
    if (asked === undefined)
      throw new ResponseError(
        ErrorCodes.InvalidParams,
        "path is needed; line and limit are whole numbers from 1.",
      );
    if (!options.live.isTrusted) throw failure(declinedWords("untrusted"));
    return await check(asked, options, signalOf(token));
  });
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Models do not always keep to a schema. */
const readCheckParams = readerOf<CheckParams>(
  v.object({
    path: v.pipe(
      v.string(),
      v.check((named) => named.trim() !== "" && !named.includes("\0")),
    ),
    line: v.exactOptional(count),
    limit: v.exactOptional(count),
  }),
);

async function check(
  params: CheckParams,
  options: AgentCheckOptions,
  signal: AbortSignal,
): Promise<JsonReport & { readonly omitted: number }> {
  const target = await findTarget(params.path, options.folders());
  const { file, located } = await locateTarget(target, options, signal);
  const problem = await options.live.prove(file);
  const files = filesOf(located.package.variants);
  if (problem !== null && problem.code !== "does-not-compile") throw refusal(problem);
  if (problem === null && options.results.of(located.listedFile) === undefined)
    throw failure("The code has changed meanwhile: ask again.");
  // What is still known of a text that compiled is not what was asked for.
  const known = problem === null ? files.flatMap((each) => options.results.of(each)?.sites ?? []) : [];
  const sites = ranked(known.filter((site) => isAsked(site, target, located, params.line)));
  const told = sites.slice(0, Math.min(params.limit ?? usualLimit, largestLimit));
  const { importPath, dir } = located.package;
  const error = problem === null ? null : problemSentence(problem);
  const report = exportObject({
    sites: told,
    folder: target.folder,
    build: { go: located.go, target: located.target },
    rules: await options.rulesOf(fileUri(file)),
    packages: [{ importPath, dir: relativeTo(target.folder)(dir), error }],
  });
  return { ...report, omitted: sites.length - told.length };
}

/** Nothing outside of the workspace is analyzed, whoever asks. */
async function findTarget(named: string, folders: readonly string[]): Promise<Target> {
  for (const folder of folders) {
    const absolute = path.resolve(folder, named);
    if (absolute !== folder && !absolute.startsWith(folder + path.sep)) continue;
    const found = await stat(absolute).catch(() => undefined);
    if (found?.isDirectory() === true) return { folder, file: null, directory: absolute };
    if (found?.isFile() === true && absolute.endsWith(".go"))
      return { folder, file: absolute, directory: path.dirname(absolute) };
  }
  throw failure(`${named} is no Go file and no folder of the workspace.`);
}

/** The package, and a file of it that the analysis can begin with: in a folder, the first one that is in the build. */
async function locateTarget(
  { file, directory }: Target,
  { locator }: AgentCheckOptions,
  signal: AbortSignal,
): Promise<{ file: string; located: LocatedPackage }> {
  const files = file === null ? await goFilesIn(directory) : [file];
  let answer: Location | undefined;
  for (const each of files) {
    answer = await locator.locate(each, signal);
    if (!("problem" in answer)) return { file: each, located: answer };
    if (answer.problem.code !== "excluded") break;
  }
  if (answer !== undefined && "problem" in answer) throw refusal(answer.problem);
  throw failure(`There is no Go file in ${directory}.`);
}

/** Those of the package itself before its tests. */
async function goFilesIn(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".go")).toSorted();
  const isTest = (name: string) => name.endsWith("_test.go");
  const ordered = [...names.filter((name) => !isTest(name)), ...names.filter(isTest)];
  return ordered.map((name) => path.join(directory, name));
}

function isAsked(
  { file, range }: Site,
  target: Target,
  located: LocatedPackage,
  line: number | undefined,
): boolean {
  if (target.file === null) return true;
  if (file !== located.listedFile) return false;
  return line === undefined || (range.start.line < line && line <= range.end.line + 1);
}

function refusal(problem: GoProblem): ResponseError {
  return failure(problemSentence(problem));
}

function failure(words: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, words);
}
