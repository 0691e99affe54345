/** The configuration file `.escapelens.json`: its shape, from which the JSON schema is written too, and its reading. */
import * as v from "valibot";
import { reasonCodes } from "../analysis/reasonCodes.js";
import { defaultContextSeverities, severities } from "../analysis/severity.js";
import type { SiteContext } from "../analysis/site.js";

const contexts = Object.keys(defaultContextSeverities) as SiteContext[];
const goVersion = v.pipe(v.string(), v.regex(/^go1\.\d+\S*$/, 'Expected a version such as "go1.24.4"'));
const target = v.pipe(v.string(), v.regex(/^\w+\/\w+$/, 'Expected a target such as "linux/arm64"'));

function described<const Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.optional(v.pipe(schema, v.description(text)));
}

/** One of them, or several. */
function oneOrMore<const Schema extends v.GenericSchema>(schema: Schema) {
  return v.union([schema, v.array(schema)]);
}

const starsOfName = 3;
const deepStars = 3;

/**
 * A glob becomes a regular expression: with many stars in one name, or groups that repeat, it would take forever for some
 * paths, which the author of the file may choose as well.
 */
const glob = v.pipe(
  v.string(),
  v.check(
    (text) =>
      !text.includes("(") &&
      text.split("/").every((name) => name === "**" || name.split("*").length <= starsOfName + 1) &&
      text.split("**").length <= deepStars + 1,
    `Expected a glob without "(", with at most ${starsOfName} "*" in a name and ${deepStars} "**"`,
  ),
);
const limitSchema = v.pipe(
  v.strictObject({
    reason: described(oneOrMore(v.picklist(reasonCodes)), "Reason codes that count; all when left out."),
    context: described(
      oneOrMore(v.picklist(contexts)),
      "Where sites must stand to count; all but tests and generated files when left out.",
    ),
    package: described(
      oneOrMore(v.string()),
      "Import paths that count, as the go command takes them: example.com/m/...",
    ),
    path: described(
      oneOrMore(glob),
      "Files that count: globs, relative to the folder of this file, with slashes.",
    ),
    max: described(v.pipe(v.number(), v.integer(), v.minValue(0)), "How many sites there may be."),
    forbid: described(v.literal(true), "No site that the baseline does not have."),
    message: described(v.string(), "What to tell who exceeds the limit."),
  }),
  v.check(
    (limit) => (limit.max === undefined) !== (limit.forbid === undefined),
    'Expected either "max" or "forbid"',
  ),
);

/** The shape of the file; `v.InferOutput` of it is `Configuration`. */
export const configurationSchema = v.pipe(
  v.strictObject({
    $schema: described(v.string(), "Address of this schema."),
    level: described(v.picklist(severities), "Findings of this severity and above are reported (--level)."),
    failOn: described(
      v.picklist(severities),
      "Findings of this severity and above give exit status 1 (--fail-on); the level when left out.",
    ),
    severity: described(
      v.record(v.picklist([...reasonCodes, ...contexts]), v.picklist(severities)),
      "Severities by reason code or context. A reason counts before a context.",
    ),
    showNotAllocating: described(v.boolean(), "Whether to report what escapes without allocating as well."),
    tests: described(v.boolean(), "Whether test files are analyzed (--tests)."),
    evidence: described(v.boolean(), "Whether to look for the calls of the allocator (--evidence)."),
    tags: described(oneOrMore(v.string()), "Build tags (--tags)."),
    targets: described(v.array(target), "Targets side by side (--target)."),
    go: described(v.array(goVersion), "Versions of Go side by side (--go)."),
    baseline: described(
      v.string(),
      "Path of the baseline, relative to the folder of this file (--baseline).",
    ),
    exclude: described(
      v.array(glob),
      "Files whose sites are not reported: globs, relative to the folder of this file.",
    ),
    limits: described(
      v.array(limitSchema),
      "How many sites there may be, by reason, context, package or path.",
    ),
  }),
  v.title("Go Escape Lens: what escapelens check reports and forbids"),
);

export type Configuration = v.InferOutput<typeof configurationSchema>;
export type Limit = NonNullable<Configuration["limits"]>[number];

/** Reads the file's text. Throws an Error whose message names each place and what was expected there, one a line. */
export function parseConfiguration(text: string): Configuration {
  const result = v.safeParse(configurationSchema, JSON.parse(text));
  if (result.success) return result.output;
  const lines = result.issues.map((issue) => {
    const place = v.getDotPath(issue);
    // The library's own words for a key that the schema does not have are about types.
    const message = issue.expected === "never" ? "There is no such setting." : issue.message;
    return place === null ? message : `${place}: ${message}`;
  });
  throw new Error(lines.join("\n"));
}

/** What is written as a single value or as a list. */
export function listed<Value>(value: Value | Value[] | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
