/** How far the analysis of a package is, and what keeps it from being there: plain data for whoever shows it. */
import type { GoProblem } from "../go/problems.js";
import type { LocatedPackage } from "./packageLocator.js";
import type { StatusParams } from "../protocol.js";

/** What is the same for all files of the package. */
export type PackageProgress = Pick<
  StatusParams,
  "phase" | "go" | "target" | "pgo" | "package" | "finishedAt" | "milliseconds"
>;

export interface PackageStatus {
  readonly progress: PackageProgress;
  /** The file that the analysis was asked for. */
  readonly file: string;
  /** All files of the package that this is about; just the asked one before the package is known. */
  readonly files: readonly string[];
  readonly problem: GoProblem | null;
  /** Flags of the person that are left out; none before the package is known. */
  readonly dropped: LocatedPackage["dropped"];
  /** Versions of the open files that were looked at, by absolute path; empty before any was. */
  readonly versions: ReadonlyMap<string, number>;
}
