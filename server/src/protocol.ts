/**
 * The messages beyond LSP's own, their plain data, and how the server's process is started. The one file of the server that
 * the client imports.
 */
import type { GoProblemCode } from "./go/problems.js";

/**
 * Node's own options of the process that the server is (Node.js documentation, Command-line API). V8 takes them from the
 * memory of the machine, and would hold some 200 MB of garbage on a large one: a young generation of up to 128 MB, and an
 * old one that may grow to four times what is in use before it is collected. Below 2 GB it may double only.
 */
export const serverNodeOptions = ["--max-semi-space-size=8", "--max-old-space-size=2000"] as const;

/** Server → client, after each step of an analysis. The status item and the tests wait for it. */
export const statusMethod = "goEscapeLens/status";

/**
 * sites: places are known and published; flows: the ways to the heap too; evidence: the allocator calls too;
 * verdicts: the fixes have been checked; idle: nothing more will come without an edit.
 * working: an analysis has begun.
 */
export type StatusPhase = "working" | "sites" | "flows" | "evidence" | "verdicts" | "idle";

export interface StatusParams {
  /** The document that this is about. */
  readonly uri: string;
  /** The document version that the results belong to; null when the file is not open. */
  readonly version: number | null;
  readonly phase: StatusPhase;
  /** Why there is nothing to show, or nothing newer; null when results are current. */
  readonly problem: StatusProblem | null;
  /** Sites of this document that are published, and all that are known. */
  readonly shown: number;
  readonly known: number;
  /** `go1.26.8`; null before Go was found. */
  readonly go: string | null;
  /** `linux/amd64`. */
  readonly target: string | null;
  /** Profile-guided optimisation as in the build: the profile's path, or null when off or without one. */
  readonly pgo: string | null;
  readonly package: string | null;
  /** When the last good analysis ended, milliseconds since 1970, and how long it took; null before the first one. */
  readonly finishedAt: number | null;
  readonly milliseconds: number | null;
  /** How the build differs from the person's own, in sentences: which of their build flags are left out. */
  readonly notes: readonly string[];
}

/** The go command's problems (go/problems.ts), and some of the editor's own. */
export type StatusProblemCode = GoProblemCode | "untrusted" | "manual" | "canceled" | "too-large";

export interface StatusProblem {
  readonly code: StatusProblemCode;
  /** One sentence for a person, with what to do about it. */
  readonly message: string;
  /** More, such as the compiler's own words; may be empty. */
  readonly detail: string;
  /** True when older results stay on screen, marked stale. */
  readonly stale: boolean;
}

/** What the client hands over at `initialize`, beside LSP's own parameters. */
export interface InitializationOptions {
  /** False in an untrusted workspace: the server then starts no process. Absent means trusted. */
  readonly trusted?: boolean;
  /**
   * True where the editor's own hover shows a diagnostic with its related information, as that of VS Code does: ours then
   * leaves out what stands there. Absent means false.
   */
  readonly diagnosticsInHover?: boolean;
  /**
   * True for a client that shows what `goEscapeLens/status` says. Absent means false: what keeps Go code from being analyzed
   * is then told as a message (window/showMessage).
   */
  readonly showsStatus?: boolean;
}

/** What a code action carries beside its edit (LSP 3.17, CodeAction.data). */
export interface CodeActionData {
  /** Id of the site. */
  readonly id: string;
  /** Code of the fix (fixes/fix.ts, FixId). */
  readonly fix: string;
  /** What may behave differently, for a client that asks in its own way; null where nothing can. */
  readonly behaviour: string | null;
}

/** What a code action carries that fixes more than one site; its edit is made when it is resolved, or by `fixAll`. */
export interface FixAllTarget {
  readonly uri: string;
  /** Of a file, only fixes that touch no other one. */
  readonly scope: "file" | "package";
  /** Code of the one kind that is wanted; null for all that are preferred. */
  readonly kind: string | null;
}

/** A fix at a site, named so that it can be made again. */
export interface FixTarget {
  readonly uri: string;
  /** Id of the site. */
  readonly id: string;
  readonly fix: string;
  /** As the menu had it, without the effect: a fix may offer several numbers. */
  readonly title: string;
}

/** Memory profiles to load: paths (relative ones from the first workspace folder) and addresses (http, https). */
export interface ProfileTarget {
  readonly sources: readonly string[];
  /** Those of before, to compare with. */
  readonly before: readonly string[];
  readonly metric: "alloc" | "inuse";
}

/** A place in a test file. */
export interface TestTarget {
  readonly uri: string;
  /** Within the test, benchmark or example, from 0. */
  readonly line: number;
}

/** What benchmarks are run for. */
export interface BenchmarkTarget {
  /** A file of the package whose benchmarks they are. */
  readonly uri: string;
  /** What the text is compared with: itself with a fix, or a revision of git, such as `HEAD`. */
  readonly compare: { readonly fix: FixTarget } | { readonly revision: string };
  /** Names of those that are run; null for those that may reach what differs, or where none does for all. */
  readonly benchmarks: readonly string[] | null;
}

/** Client → server: the benchmarks of a target, whose own `benchmarks` do not count. Answers Benchmarks or null. */
export const benchmarksMethod = "goEscapeLens/benchmarks";

/** Those of the package, or a sentence that says why there are none. */
export type Benchmarks =
  | { readonly importPath: string; readonly benchmarks: readonly BenchmarkEntry[] }
  | { readonly problem: string };

export interface BenchmarkEntry {
  readonly name: string;
  readonly uri: string;
  /** From 0. */
  readonly line: number;
  /** Whether it may run what differs, as far as names tell. */
  readonly reaches: boolean;
}

/** What benchmarks came to. */
export interface BenchmarkResult {
  /** A page of Markdown. */
  readonly page: string;
  /** What of it is real, in a sentence. */
  readonly summary: string;
}

/** Server → client: a profile has been loaded or forgotten, or its lines stand elsewhere; they are to be asked for anew. */
export const profileChangedMethod = "goEscapeLens/profileChanged";

/** Client → server: the hottest lines of a document. Answers ProfileLines, or null where no profile is loaded. */
export const profileLinesMethod = "goEscapeLens/profileLines";

export interface ProfileLinesParams {
  readonly uri: string;
}

export interface ProfileLines {
  /** Version of the document that the lines are of. */
  readonly version: number;
  readonly lines: readonly ProfileLineMark[];
}

export interface ProfileLineMark {
  /** From 0. */
  readonly line: number;
  /** Behind the line: `412 MB · 31 % · 17 M objects`. */
  readonly label: string;
  /** Markdown: where it comes from, and why. */
  readonly detail: string;
  /** 0 to 2: a part of the profile below 1 %, below 10 %, and above. */
  readonly heat: 0 | 1 | 2;
}

/** Client → server: the person has come to trust the workspace. */
export const trustGrantedMethod = "goEscapeLens/trustGranted";

/** Commands that the server runs (workspace/executeCommand). */
export const serverCommands = {
  /** Arguments: [uri]. Analyses the package of the document now. */
  analyzePackage: "goEscapeLens.server.analyzePackage",
  /** No arguments. Analyses all packages of the workspace folders. */
  analyzeWorkspace: "goEscapeLens.server.analyzeWorkspace",
  /** Arguments: [FixAllTarget]. Applies all fixes of the target (workspace/applyEdit). */
  fixAll: "goEscapeLens.server.fixAll",
  /** Arguments: [FixTarget]. Runs the package's tests with the fix, shows what came of it, and changes nothing. */
  proveFix: "goEscapeLens.server.proveFix",
  /**
   * Arguments: [BenchmarkTarget]. Runs benchmarks on two sides in turn and shows the table. Answers BenchmarkResult, or null
   * where nothing was measured, which the person is told.
   */
  benchmark: "goEscapeLens.server.benchmark",
  /** Arguments: [ProfileTarget]. Loads memory profiles in the place of those that are loaded. */
  loadProfile: "goEscapeLens.server.loadProfile",
  /** Arguments: [TestTarget]. Runs a test or benchmark with a memory profile and loads it. */
  takeProfile: "goEscapeLens.server.takeProfile",
  /** No arguments. Shows what is loaded as a page: its sums, and why the hottest lines allocate. */
  showProfile: "goEscapeLens.server.showProfile",
  /** No arguments. Forgets what is loaded. */
  clearProfile: "goEscapeLens.server.clearProfile",
} as const;

/** Section of all settings: `goEscapeLens.…`. */
export const settingsSection = "goEscapeLens";

/** How the Heap Escapes view is ordered: by package, file and function; by reason; or as one list, the costliest first. */
export const treeGroupings = ["package", "reason", "rank"] as const;
export type TreeGrouping = (typeof treeGroupings)[number];

/** Which sites the Heap Escapes view has; each part narrows it, but `tests`, which widens it. */
export interface TreeFilter {
  /** Only what may allocate. */
  readonly allocating: boolean;
  readonly loops: boolean;
  /** Only on lines that the working tree has changed since git's HEAD. */
  readonly changed: boolean;
  /** Without what allocated nothing in the memory profile that is loaded, if one is. */
  readonly profiled: boolean;
  /** Tests and generated files as well. */
  readonly tests: boolean;
  /** Reason codes; none means all. */
  readonly reasons: readonly string[];
  /** Words that all must occur in a site's code, function, file, package or reason, whatever their case. */
  readonly text: string;
}

/** Client → server: some children of a node of the Heap Escapes view. Answers TreeResult. */
export const treeMethod = "goEscapeLens/tree";

export interface TreeParams {
  readonly grouping: TreeGrouping;
  readonly filter: TreeFilter;
  /** Keys of the nodes from the top to the one whose children are asked for; none for the top itself. */
  readonly path: readonly string[];
  /** The part of the children that is wanted. */
  readonly offset: number;
  readonly limit: number;
}

export interface TreeNode {
  /** Unlike that of its siblings, and the same after a new analysis. */
  readonly key: string;
  readonly kind: "package" | "file" | "function" | "reason" | "site";
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** The whole of it for who hears it, without signs and abbreviations. */
  readonly accessibleLabel: string;
  /** What is copied. */
  readonly text: string;
  /** The file of a file, function or site; null for others. */
  readonly uri: string | null;
  /** Of a site, for the request of its place; null for others. */
  readonly id: string | null;
  /** Of a site, what its sign shows: it does not allocate, it may, it may in a loop. */
  readonly weight: "none" | "some" | "loop" | null;
}

export interface TreeResult {
  readonly nodes: readonly TreeNode[];
  /** How many children there are. */
  readonly total: number;
  /** Sites below the node that pass the filter, and all that are known anywhere. */
  readonly sites: number;
  readonly known: number;
  /** Why a part of the filter cannot be applied, such as that git is missing; null when nothing is wrong. */
  readonly problem: string | null;
}

/** Server → client, who has asked for the tree before: it has changed. Sent a few times a second at most. */
export const treeChangedMethod = "goEscapeLens/treeChanged";

/** Client → server: where a site is now, the edits since included. Answers LSP's Range, or null where it is gone. */
export const sitePlaceMethod = "goEscapeLens/sitePlace";

export interface SitePlaceParams {
  readonly uri: string;
  readonly id: string;
}

/** Client → server: the sites that pass a filter, as a text in one of the formats of `escapelens report`. */
export const exportMethod = "goEscapeLens/export";

export const exportFormats = ["json", "markdown", "csv"] as const;

export interface ExportParams {
  readonly format: (typeof exportFormats)[number];
  readonly filter: TreeFilter;
}

/**
 * Client → server: what a coding agent is told of a file or package, which is analyzed for it. Answers the object of
 * `escapelens check --format=json` with `omitted`, or an error in words for the agent.
 */
export const checkMethod = "goEscapeLens/check";

export interface CheckParams {
  /** A Go file, or the folder of a package: absolute, or relative to a workspace folder. */
  readonly path: string;
  /** Of a file, only what stands on this line, from 1. */
  readonly line?: number;
  /** Most sites in the answer, the costliest first; 100 unless given. */
  readonly limit?: number;
}

/** Client → server: the escape at a position (LSP's TextDocumentPositionParams), told in full. Answers Explanation or null. */
export const explainMethod = "goEscapeLens/explain";

export interface Explanation {
  /** Short: `order.go:30`. */
  readonly title: string;
  /** For the language go-escape. */
  readonly text: string;
  readonly links: readonly ExplanationLink[];
}

/** A piece of one line of an explanation that names a place. All numbers are from 0, in UTF-16 code units. */
export interface ExplanationLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  /** Null for a page. */
  readonly position: PagePosition | null;
}

/** LSP's Position. */
export interface PagePosition {
  readonly line: number;
  readonly character: number;
}

/** Client → server: the variable or expression at a place, or that is selected. Answers Asked, or null where there is none. */
export const askMethod = "goEscapeLens/ask";

export interface AskParams {
  readonly textDocument: { readonly uri: string };
  /** LSP's Range; an empty one is a place. */
  readonly range: { readonly start: PagePosition; readonly end: PagePosition };
}

/** A page, or a sentence that says why there is none. */
export type Asked = { readonly explanation: Explanation } | { readonly problem: string };

/** Client → server: the builds that a function can be compared under. Answers Builds, or null where Go cannot be set up. */
export const buildsMethod = "goEscapeLens/builds";

export interface Builds {
  /** The person's own. */
  readonly go: string;
  readonly target: string;
  /** Other versions of Go on the machine, newest first, and other targets. */
  readonly versions: readonly string[];
  readonly targets: readonly string[];
}

/** Client → server: the function at a place under the person's build and another. Answers Asked, or null outside of functions. */
export const compareMethod = "goEscapeLens/compare";

export interface CompareParams {
  readonly textDocument: { readonly uri: string };
  readonly position: PagePosition;
  /** One of Builds; null leaves the person's own. */
  readonly version: string | null;
  readonly target: string | null;
}

/** Client → server: what a report of a bug should say of the server, as markdown. */
export const informationMethod = "goEscapeLens/information";

/**
 * Text of sources, compilers and the go command for a place where VS Code makes links, of commands too, of `[words](target)`:
 * notifications and the language status (vs/base/common/linkedText.ts). In SARIF such words are links as well (2.1.0,
 * §3.11.6). Nothing is seen of what keeps both parts from each other.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "]\u200b(");
}
