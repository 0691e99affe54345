/** `escapelens mcp`: the tools that agents call, made of what the other commands are made of. */
import path from "node:path";
import { severities } from "../../analysis/severity.js";
import { reasonPage } from "../../explain/reasonPage.js";
import { analyze, mendable, planCheck } from "../check.js";
import { exitCodes } from "../exitCodes.js";
import { fixPackages } from "../fix.js";
import { fixJson, formatDiff } from "../fixReport.js";
import { jsonReport, jsonSite } from "../json.js";
import { judge } from "../judgment.js";
import type { AnalysisFlags } from "../options.js";
import type { Build, FoundSite, Report } from "../report.js";
import type { Session } from "../session.js";
import type { AgentServer } from "./agentServer.js";
import { type AgentTools, ToolRefusal } from "./agentTools.js";
import { askAbout, type Place } from "./askAbout.js";
import type { AskInput, CheckInput, ExplainInput, FixesInput } from "./schemas.js";

/** Sites of one answer, unless the agent says otherwise: what it reads costs it more than what we find. */
const usualLimit = 100;

/** Serves until the client goes; returns the exit status. */
export async function serveAgents(session: Session, server: AgentServer): Promise<number> {
  await server.runAgentServer(new PackageTools(session, process.cwd()), session.signal);
  return session.signal.aborted ? exitCodes.interrupted : exitCodes.nothing;
}

class PackageTools implements AgentTools {
  readonly #session: Session;
  readonly #start: string;

  /** `start` is the folder (absolute path) that others are relative to. */
  constructor(session: Session, start: string) {
    this.#session = session;
    this.#start = start;
  }

  check(input: CheckInput, signal: AbortSignal): ReturnType<AgentTools["check"]> {
    return refusing(async () => {
      const { level = "hint", limit = usualLimit, newSince } = input;
      const flags = { level, failOn: "off" as const, ...(newSince !== undefined && { newSince }) };
      const { report, outcome } = await this.#analyze(input, { ...flags, ...testsFlag(input) }, signal);
      const judgment = judge(report, { ...outcome, ...outcome.gate });
      const told = judgment.findings.flatMap(({ site }) => (site === null ? [] : [site])).toSorted(byWeight);
      const sites = told.slice(0, limit).map(jsonSite);
      return { ...jsonReport(report, judgment), sites, omitted: told.length - sites.length };
    });
  }

  explain(input: ExplainInput, signal: AbortSignal): ReturnType<AgentTools["explain"]> {
    return refusing(async () => {
      const { report } = await this.#analyze(input, {}, signal);
      const site = report.sites.find(({ id }) => id === input.site);
      if (site === undefined)
        throw new ToolRefusal(`No site has the id ${input.site}: the code may have changed since.`);
      const place = { file: path.resolve(this.#folder(input), site.file), range: site.range };
      const explanation = await this.#askAbout(place, report, input, signal);
      const { reason } = site;
      return { ...head(report), site: jsonSite(site), explanation, reasonPage: reasonPage(reason) };
    });
  }

  ask(input: AskInput, signal: AbortSignal): ReturnType<AgentTools["ask"]> {
    return refusing(async () => {
      const folder = this.#folder(input);
      const file = path.resolve(folder, input.file);
      const { report } = await this.#analyze({ ...input, packages: [packageOf(folder, file)] }, {}, signal);
      const line = input.line - 1;
      const here = report.sites.filter((site) => path.resolve(folder, site.file) === file);
      const sites = here.filter(({ range }) => range.start.line <= line && line <= range.end.line);
      const place = { file, line, expression: input.expression, sites };
      const answer = await this.#askAbout(place, report, input, signal);
      return { ...head(report), file: input.file, sites: sites.map(jsonSite), answer };
    });
  }

  fixes(input: FixesInput, signal: AbortSignal): ReturnType<AgentTools["fixes"]> {
    return refusing(async () => {
      await this.#session.prepare();
      const flags = {
        ...buildFlags(input),
        diff: true,
        ...(input.kinds !== undefined && { fix: input.kinds }),
        unsafe: input.unsafe === true,
        everywhere: input.everywhere === true,
      };
      const outcome = await fixPackages(
        this.#folder(input),
        input.packages ?? [],
        flags,
        this.#signal(signal),
      );
      return { ...fixJson(outcome), diff: formatDiff(outcome) };
    });
  }

  async #analyze(
    input: BuildInput & { readonly packages?: readonly string[] | undefined },
    flags: Parameters<typeof planCheck>[2],
    signal: AbortSignal,
  ): ReturnType<typeof analyze> {
    const session = { ...this.#session, signal: this.#signal(signal) };
    const all = { ...buildFlags(input), ...flags };
    return await analyze(await planCheck(this.#folder(input), input.packages ?? [], all), session);
  }

  async #askAbout(place: Place, report: Report, input: BuildInput, signal: AbortSignal): Promise<string> {
    await this.#session.prepare();
    const folder = this.#folder(input);
    const sitesOf = (file: string): FoundSite[] =>
      report.sites.filter((site) => path.resolve(folder, site.file) === file);
    const build = { ...buildFlags(input), folder };
    return await askAbout(place, { sitesOf, build }, this.#signal(signal));
  }

  #folder({ folder }: BuildInput): string {
    return path.resolve(this.#start, folder ?? "");
  }

  #signal(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#session.signal]);
  }
}

type BuildInput = Pick<AskInput, "folder" | "tags" | "target">;

function buildFlags({ tags, target }: BuildInput): Pick<AnalysisFlags, "tags" | "target"> {
  return { ...(tags !== undefined && { tags }), ...(target !== undefined && { target: [target] }) };
}

function testsFlag({ tests }: CheckInput): Pick<AnalysisFlags, "tests"> {
  return tests === undefined ? {} : { tests: tests ? "on" : "off" };
}

function head({ builds }: Report): Build & { readonly schema: 1 } {
  const [{ go, target } = { go: "", target: "" }] = builds;
  return { schema: 1, go, target };
}

/** The pattern of the package of a file, which may lie in a nested module: go then says so. */
function packageOf(folder: string, file: string): string {
  return `./${path.relative(folder, path.dirname(file)).split(path.sep).join("/")}`;
}

/** The loudest first, and of equals the one in more loops. */
function byWeight(a: FoundSite, b: FoundSite): number {
  const loudness = severities.indexOf(a.severity) - severities.indexOf(b.severity);
  return loudness || b.loopDepth - a.loopDepth;
}

/** Runs a tool; what somebody can mend is refused in words. */
async function refusing<Answer>(run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    const found = mendable(error);
    if (found === undefined) throw error;
    throw new ToolRefusal(found.message);
  }
}
