/** The settings' shape, defaults and reading. Unknown values never throw: they are reported and the default is used. */
import * as v from "valibot";
import type { BuildOptions } from "./analysis/goSetups.js";
import { reasonCodes } from "./analysis/reasonCodes.js";
import { defaultContextSeverities, severities, type SeverityRules } from "./analysis/severity.js";

export interface Settings {
  readonly go: {
    /** Path of the go command as the person wrote it; null to search for it. */
    readonly path: string | null;
    readonly buildFlags: readonly string[];
    readonly buildTags: string;
    readonly env: Readonly<Record<string, string>>;
    /** From the Go extension's `go.alternateTools` and `go.goroot`. */
    readonly alternateGo: string | null;
    readonly goroot: string | null;
  };
  readonly analysis: {
    readonly run: "onType" | "onSave" | "manual";
    readonly pgo: "auto" | "off";
  };
  readonly diagnostics: SeverityRules;
  readonly inlayHints: { readonly enabled: boolean };
  readonly codeLens: { readonly enabled: boolean };
  /** Whether hovers on parameters say what becomes of them. */
  readonly hover: { readonly parameters: boolean };
  /** Whether the lines that a loaded profile has say what they allocated. */
  readonly profile: { readonly decorations: boolean };
  /** How often a benchmark is run on each side, and how long one run is to take (`go help testflag`, -benchtime). */
  readonly benchmark: { readonly count: number; readonly time: string };
}

const severityKeys = [
  ...reasonCodes,
  ...(Object.keys(defaultContextSeverities) as (keyof typeof defaultContextSeverities)[]),
];

const severityEntry = v.tuple([v.picklist(severityKeys), v.picklist(severities)]);
const nullableStrings = v.nullish(v.array(v.string()));
const nullableString = v.nullish(v.string());
const strings = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]));

const fields = {
  "go.path": nullableString,
  "go.buildFlags": nullableStrings,
  "go.buildTags": nullableString,
  "go.env": v.nullish(strings),
  "analysis.run": v.nullish(v.picklist(["onType", "onSave", "manual"])),
  "analysis.pgo": v.nullish(v.picklist(["auto", "off"])),
  "diagnostics.severity": v.nullish(v.record(v.string(), v.unknown())),
  "diagnostics.showNotAllocating": v.nullish(v.boolean()),
  "inlayHints.enabled": v.nullish(v.boolean()),
  "codeLens.enabled": v.nullish(v.boolean()),
  "hover.parameters": v.nullish(v.boolean()),
  "profile.decorations": v.nullish(v.boolean()),
  "profile.warnFrom": v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  "profile.hideCold": v.nullish(v.boolean()),
  "benchmark.count": v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30))),
  "benchmark.time": v.nullish(v.pipe(v.string(), v.regex(/^\d+(?:x|(?:\.\d+)?(?:ms|s|m))$/))),
} as const;

/** The Go extension's settings that stand in where ours are unset. */
const inherited = {
  buildFlags: nullableStrings,
  buildTags: nullableString,
  goroot: nullableString,
  toolsEnvVars: v.nullish(strings),
  alternateTools: v.nullish(v.record(v.string(), v.string())),
} as const;

/**
 * Reads what the editor hands over for the sections `goEscapeLens` and `go` (nested objects, of unknown content).
 * Problems name the setting and what was expected.
 */
export function parseSettings(own: unknown, go: unknown): { settings: Settings; problems: string[] } {
  const problems: string[] = [];
  const get = <Key extends keyof typeof fields>(key: Key) =>
    read(fields[key], valueAt(own, key), `goEscapeLens.${key}`, problems) as v.InferOutput<
      (typeof fields)[Key]
    >;
  const goGet = <Key extends keyof typeof inherited>(key: Key) =>
    read(inherited[key], valueAt(go, key), `go.${key}`, problems) as v.InferOutput<(typeof inherited)[Key]>;
  const settings: Settings = {
    go: {
      path: orNull(get("go.path")),
      buildFlags: get("go.buildFlags") ?? goGet("buildFlags") ?? [],
      buildTags: get("go.buildTags") ?? goGet("buildTags") ?? "",
      env: asStrings({ ...goGet("toolsEnvVars"), ...get("go.env") }),
      alternateGo: orNull(goGet("alternateTools")?.["go"]),
      goroot: orNull(goGet("goroot")),
    },
    analysis: { run: get("analysis.run") ?? "onType", pgo: get("analysis.pgo") ?? "auto" },
    diagnostics: {
      severity: readSeverities(get("diagnostics.severity") ?? {}, problems),
      showNotAllocating: get("diagnostics.showNotAllocating") ?? false,
      hotFrom: fraction(get("profile.warnFrom")),
      hidesCold: get("profile.hideCold") ?? false,
    },
    inlayHints: { enabled: get("inlayHints.enabled") ?? false },
    codeLens: { enabled: get("codeLens.enabled") ?? false },
    hover: { parameters: get("hover.parameters") ?? false },
    profile: { decorations: get("profile.decorations") ?? true },
    benchmark: { count: get("benchmark.count") ?? 6, time: get("benchmark.time") ?? "200ms" },
  };
  return { settings, problems };
}

export const defaultSettings: Settings = parseSettings(undefined, undefined).settings;

/** The settings that decide how a package is built. */
export function buildOptions({ go, analysis }: Settings): BuildOptions {
  return {
    path: go.path ?? "",
    alternateGo: go.alternateGo ?? "",
    goroot: go.goroot ?? "",
    buildFlags: go.buildFlags,
    buildTags: go.buildTags,
    env: go.env,
    pgo: analysis.pgo,
  };
}

type Field = (typeof fields)[keyof typeof fields] | (typeof inherited)[keyof typeof inherited];

function read(schema: Field, value: unknown, name: string, problems: string[]): unknown {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  problems.push(
    ...result.issues.map(
      (issue) => `${[name, v.getDotPath(issue)].filter(Boolean).join(".")}: ${issue.message}`,
    ),
  );
  return undefined;
}

/** One wrong entry does not cost the others. */
function readSeverities(
  values: Readonly<Record<string, unknown>>,
  problems: string[],
): SeverityRules["severity"] {
  const entries = Object.entries(values).filter(([key, value]) => {
    const result = v.safeParse(severityEntry, [key, value]);
    if (!result.success)
      problems.push(`goEscapeLens.diagnostics.severity: ${key}: ${result.issues[0].message}`);
    return result.success;
  });
  return Object.fromEntries(entries);
}

function valueAt(section: unknown, key: string): unknown {
  let value = section;
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function fraction(percent: number | null | undefined): number | undefined {
  return percent === null || percent === undefined ? undefined : percent / 100;
}

function orNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === "" ? null : text;
}

function asStrings(values: Record<string, string | number | boolean>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
