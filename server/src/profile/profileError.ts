/** Why a profile cannot be read: a code, which the words for people go by, and what it is about. */
export type ProfileProblem =
  /** There is no such file, or the server does not answer; the detail says more. */
  | "unreadable"
  | "empty"
  /** It ends before its time. */
  | "truncated"
  /** It is no profile in the format of pprof. */
  | "foreign"
  /** It is a profile, but of something else than memory: the detail has its values. */
  | "not-memory"
  | "too-large";

export class ProfileError extends Error {
  readonly problem: ProfileProblem;
  /** The file or address. */
  readonly source: string;
  readonly detail: string;

  constructor(problem: ProfileProblem, source: string, detail = "") {
    super([`${source}: ${problem}`, detail].filter(Boolean).join(": "));
    this.problem = problem;
    this.source = source;
    this.detail = detail;
  }
}
