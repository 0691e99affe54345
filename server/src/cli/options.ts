/** From the command line and the configuration file to what a command is to do: the command line goes first. */
import { existsSync } from "node:fs";
import path from "node:path";
import * as l10n from "@vscode/l10n";
import type { Severity, SeverityRules } from "../analysis/severity.js";
import type { Configuration } from "../gate/configuration.js";
import { listed } from "../gate/configuration.js";
import { loadConfiguration, type LoadedConfiguration } from "../gate/configurationFile.js";
import { generalProblem } from "../go/problems.js";
import type { CollectRequest } from "./collect.js";
import { parseShard, type Shard } from "./shard.js";
import { ToolchainProblem } from "./toolchainProblem.js";

/** What all commands that analyze take; undefined where the person said nothing. */
export interface AnalysisFlags {
  readonly tests?: "on" | "off" | false;
  readonly evidence?: "on" | "off";
  readonly tags?: string;
  /** Paths of go commands, and versions such as `go1.24.4`. */
  readonly go?: readonly string[];
  readonly target?: readonly string[];
  readonly shard?: string;
  readonly config?: string;
  readonly showNotAllocating?: boolean;
}

/** What decides about findings. */
export interface GateFlags {
  readonly level?: Severity;
  readonly failOn?: Severity;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly newSince?: string;
}

/** The command line asks for something that makes no sense; the message is for the person. */
export class UsageError extends Error {}

/** What to analyze: one request for each build. */
export interface AnalysisPlan {
  readonly requests: readonly CollectRequest[];
  readonly loaded: LoadedConfiguration;
  /** Whether these are all packages of the folder, under no shard. */
  readonly isWhole: boolean;
}

const wholeFolder = ["./..."];

/** Makes the plan for a folder (absolute). Rejects with UsageError and ConfigurationError. */
export async function planAnalysis(
  folder: string,
  packages: readonly string[],
  flags: AnalysisFlags,
): Promise<AnalysisPlan> {
  const loaded = await loadConfiguration(folder, flags.config);
  const { configuration } = loaded;
  const shard = readShard(flags.shard);
  const patterns = packages.length === 0 ? wholeFolder : packages;
  const tags = flags.tags ?? listed(configuration.tags).join(",");
  const shared = {
    folder,
    patterns,
    tests: flags.tests === undefined ? (configuration.tests ?? true) : flags.tests === "on",
    ...(tags !== "" && { tags }),
    rules: severityRules(flags, configuration),
    shard,
    evidence: flags.evidence === undefined ? (configuration.evidence ?? true) : flags.evidence === "on",
    assertions: true,
    direct: true,
  };
  const requests = buildsOf(folder, flags, configuration).map((build) => ({ ...shared, ...build }));
  const isWhole = shard === undefined && patterns.length === 1 && patterns[0] === "./...";
  return { requests, loaded, isWhole };
}

/** The rules for severities; the configuration's ones go before the defaults. */
function severityRules(flags: AnalysisFlags, configuration: Configuration): SeverityRules {
  return {
    severity: configuration.severity ?? {},
    showNotAllocating: flags.showNotAllocating ?? configuration.showNotAllocating ?? false,
  };
}

function readShard(text: string | undefined): Shard | undefined {
  const shard = text === undefined ? undefined : parseShard(text);
  if (text !== undefined && shard === undefined)
    throw new UsageError(l10n.t("--shard {0}: expected a part of a whole, such as 3/8", text));
  return shard;
}

/** Every version of Go with every target. GOTOOLCHAIN switches to a version that is in the module cache. */
function buildsOf(
  folder: string,
  flags: AnalysisFlags,
  configuration: Configuration,
): Pick<CollectRequest, "go" | "variables">[] {
  const named = (flags.go ?? configuration.go ?? []).map(readGo);
  const isVersion = (name: string) => /^go1\.\d/.test(name);
  const paths = named.filter((name) => !isVersion(name));
  if (paths.length > 1) throw new UsageError(l10n.t("--go: more than one path of a go command"));
  const [go] = paths.map((name) => path.resolve(folder, name));
  if (go !== undefined && !existsSync(go)) throw noSuchGo(paths[0] ?? "");
  const versions = named.filter(isVersion).map((version) => ({ GOTOOLCHAIN: version }));
  const targets = (flags.target ?? configuration.targets ?? []).map(readTarget);
  return (versions.length === 0 ? [{}] : versions).flatMap((version) =>
    (targets.length === 0 ? [{}] : targets).map((target) => ({
      ...(go !== undefined && { go }),
      variables: { ...version, ...target },
    })),
  );
}

/** `1.24.4` is meant as `go1.24.4`. Since 1.21 a version without a third number is that of a language, which no toolchain has. */
function readGo(name: string): string {
  const version = /^1\.\d+/.test(name) ? `go${name}` : name;
  const minor = /^go1\.(\d+)$/.exec(version)?.[1];
  if (minor !== undefined && Number(minor) >= 21)
    throw new UsageError(l10n.t("--go {0}: name a release of it, such as {1}.1", name, version));
  return version;
}

function noSuchGo(name: string): ToolchainProblem {
  const words = l10n.t("--go {0}: expected a version such as go1.24.4, or the path of a go command", name);
  return new ToolchainProblem(generalProblem("no-go", ""), words);
}

function readTarget(text: string): Record<string, string> {
  const match = /^(\w+)\/(\w+)$/.exec(text);
  if (match === null)
    throw new UsageError(l10n.t("--target {0}: expected GOOS/GOARCH, such as linux/arm64", text));
  return { GOOS: match[1] ?? "", GOARCH: match[2] ?? "" };
}

/** What is compared with, and how loud it is. */
export interface GatePlan {
  readonly level: Severity;
  readonly failOn: Severity;
  /** Absolute path; undefined where there is none. */
  readonly baseline: string | undefined;
  readonly updatesBaseline: boolean;
  readonly newSince: string | undefined;
}

/** Throws UsageError. */
export function planGate(folder: string, flags: GateFlags, loaded: LoadedConfiguration): GatePlan {
  const { configuration } = loaded;
  const level = flags.level ?? configuration.level ?? "information";
  const baseline = baselinePath(folder, flags, loaded);
  const updatesBaseline = flags.updateBaseline === true;
  if (updatesBaseline && baseline === undefined)
    throw new UsageError(
      l10n.t("--update-baseline: name the file by --baseline=FILE, or in .escapelens.json"),
    );
  if (flags.newSince !== undefined && (flags.baseline !== undefined || updatesBaseline))
    throw new UsageError(l10n.t("--new-since and --baseline are two ways to say what is known: choose one"));
  return {
    level,
    failOn: flags.failOn ?? configuration.failOn ?? level,
    baseline: flags.newSince === undefined ? baseline : undefined,
    updatesBaseline,
    newSince: flags.newSince,
  };
}

function baselinePath(
  folder: string,
  { baseline }: GateFlags,
  { configuration, folder: configured }: LoadedConfiguration,
): string | undefined {
  if (baseline !== undefined) return path.resolve(folder, baseline);
  return configuration.baseline === undefined ? undefined : path.resolve(configured, configuration.baseline);
}
