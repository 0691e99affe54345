/** What agents' tools take and give, as schemas: the answers are those of `escapelens check` and `fix` in JSON. */
import { z } from "zod";

const folder = z
  .string()
  .optional()
  .describe("Folder in a Go module or workspace; default: the one that the server was started in.");
const packages = z
  .array(z.string())
  .optional()
  .describe("Package patterns as the go command takes them, such as ./internal/...; default: ./...");
const tags = z.string().optional().describe("Build tags, separated by commas.");
const target = z.string().optional().describe("GOOS/GOARCH, such as linux/arm64; default: go's own.");
const file = z.string().describe("Path of a Go file, absolute or relative to the folder.");

export const checkInput = z.object({
  folder,
  packages,
  level: z
    .enum(["error", "warning", "information", "hint"])
    .optional()
    .describe(
      "Sites of this severity and above; default: hint. Allocations in loops are information, others hints.",
    ),
  newSince: z
    .string()
    .optional()
    .describe("Only what this git revision does not have, such as HEAD or main."),
  tests: z.boolean().optional().describe("Whether to analyze test files; default: true."),
  limit: z.number().int().min(1).max(1000).optional().describe("Most sites in the answer; default: 100."),
  tags,
  target,
});

export const explainInput = z.object({
  folder,
  site: z.string().describe("The id of a site, from check_packages."),
  packages,
  tags,
  target,
});

export const askInput = z.object({
  folder,
  file,
  line: z.number().int().min(1).describe("Line, from 1."),
  expression: z
    .string()
    .optional()
    .describe(
      "A variable or expression as it stands on the line; default: whatever the line puts on the heap.",
    ),
  tags,
  target,
});

export const fixesInput = z.object({
  folder,
  packages,
  kinds: z.array(z.string()).optional().describe("Only fixes of these kinds, such as preallocate-slice."),
  unsafe: z
    .boolean()
    .optional()
    .describe("Also fixes that can change behavior, such as a nil slice that becomes empty; default: false."),
  everywhere: z
    .boolean()
    .optional()
    .describe("Also where findings are off by default: error paths, init, tests; default: false."),
  tags,
  target,
});

const position = z.object({ line: z.number(), character: z.number() });
const range = z.object({ start: position, end: position });
const step = z.looseObject({
  reason: z.string(),
  text: z.string(),
  file: z.string().nullable(),
  range: range.nullable(),
});

const site = z
  .looseObject({
    id: z.string(),
    package: z.string(),
    file: z.string(),
    function: z.string(),
    range: range.describe("As in LSP: from 0, in UTF-16 code units."),
    kind: z.enum(["moved", "escapes", "hidden"]),
    expression: z.string(),
    reason: z.string(),
    allocates: z.enum(["yes", "likely", "sometimes", "no", "unknown"]),
    when: z.string().nullable(),
    evidence: z.array(
      z.looseObject({ call: z.string(), type: z.string().nullable(), bytes: z.number().nullable() }),
    ),
    context: z.string(),
    loopDepth: z.number(),
    inlinedFrom: z.string().nullable(),
    flow: z.array(step),
    message: z.string(),
    severity: z.string(),
  })
  .describe("One allocation on the heap, or what the compiler says goes there.");

const goPackage = z.looseObject({ importPath: z.string(), dir: z.string(), error: z.string().nullable() });
const build = { schema: z.literal(1), go: z.string(), target: z.string() };

export const checkOutput = z.looseObject({
  ...build,
  packages: z.array(goPackage),
  sites: z.array(site),
  omitted: z.number().describe("Sites that the limit left out, the quietest ones."),
  summary: z.looseObject({ packages: z.number(), sites: z.number(), findings: z.number() }),
});

export const explainOutput = z.looseObject({
  ...build,
  site,
  explanation: z.string(),
  reasonPage: z.string().describe("Address of the page about the reason."),
});

export const askOutput = z.looseObject({
  ...build,
  file: z.string(),
  sites: z.array(site).describe("On the line."),
  answer: z.string().describe("The verdict first, then what it rests on, then what would change it."),
});

export const fixesOutput = z.looseObject({
  ...build,
  written: z.literal(false),
  packages: z.array(z.looseObject({ importPath: z.string(), error: z.string().nullable() })),
  fixes: z.array(
    z.looseObject({
      fix: z.string(),
      title: z.string(),
      behavior: z.string().nullable(),
      site: z.string(),
      file: z.string(),
      range,
      removed: z.number(),
      added: z.number(),
    }),
  ),
  diff: z.string().describe("All fixes together as a unified diff, for git apply or patch -p1."),
});

export type CheckInput = z.infer<typeof checkInput>;
export type ExplainInput = z.infer<typeof explainInput>;
export type AskInput = z.infer<typeof askInput>;
export type FixesInput = z.infer<typeof fixesInput>;
