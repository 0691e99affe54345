/** What agents can ask for, as plain data: the tools themselves know nothing of the protocol. */
import type { JsonReport } from "../json.js";
import type { ReportSite } from "../report.js";
import type { AskInput, CheckInput, ExplainInput, FixesInput } from "./schemas.js";

/** Of an answer, as `escapelens check` has it. */
type BuildOfReport = Pick<JsonReport, "schema" | "go" | "target">;

export interface CheckAnswer extends JsonReport {
  readonly omitted: number;
}

export interface ExplainAnswer extends BuildOfReport {
  readonly site: ReportSite;
  readonly explanation: string;
  readonly reasonPage: string;
}

export interface AskAnswer extends BuildOfReport {
  readonly file: string;
  readonly sites: readonly ReportSite[];
  readonly answer: string;
}

/** All tools reject with ToolRefusal where the agent can mend what is wrong, and with AbortError. None of them writes. */
export interface AgentTools {
  check(input: CheckInput, signal: AbortSignal): Promise<CheckAnswer>;
  explain(input: ExplainInput, signal: AbortSignal): Promise<ExplainAnswer>;
  ask(input: AskInput, signal: AbortSignal): Promise<AskAnswer>;
  /** The object of `escapelens fix --format=json`, with `diff`. */
  fixes(input: FixesInput, signal: AbortSignal): Promise<Record<string, unknown>>;
}

/** Why a tool does not answer, in words for the agent. */
export class ToolRefusal extends Error {
  override readonly name = "ToolRefusal";
}
