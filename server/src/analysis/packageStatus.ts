/** How far the analysis of a package is, and what keeps it from being there: plain data for whoever shows it. */
import type { GoProblem } from "../go/problems.js";
import type { StatusPhase } from "../protocol.js";

export interface PackageStatus {
  /** The file that the analysis was asked for. */
  readonly file: string;
  /** All files of the package that this is about; just the asked one before the package is known. */
  readonly files: readonly string[];
  readonly phase: StatusPhase;
  readonly problem: GoProblem | null;
  readonly go: string | null;
  readonly target: string | null;
  readonly pgo: string | null;
  readonly package: string | null;
  readonly finishedAt: number | null;
  readonly milliseconds: number | null;
}
