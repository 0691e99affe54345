/** Which assertions in comments the compiler's results break. */
import type { Site } from "../analysis/site.js";
import { directives, type Directive, type DirectiveFunction } from "../syntax/directives.js";
import type { TextSpan } from "../syntax/nodes.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import { allowedIn, hasDirectives, readAllowance } from "./allowances.js";
import type {
  AssertedFile,
  AssertionCode,
  AssertionFacts,
  AssertionFailure,
  DirectiveFault,
} from "./assertion.js";
import { sitesByFile } from "./byFile.js";
import { InliningAssertions } from "./inlining.js";
import { checkescapeClasses, isGcassertWord } from "./directiveForms.js";
import { mayAllocate } from "./mayAllocate.js";

/**
 * Checks the assertions of all files, which must be those of whole packages: what asserts that a function is inlined
 * speaks of its calls in all of them.
 *
 * @param sites All sites of the files, those included that do not allocate.
 * @param texts The texts that were compiled, by absolute path.
 * @returns In the order of `files`, then of the source.
 */
export function checkAssertions(
  sites: readonly Site[],
  facts: AssertionFacts,
  files: readonly AssertedFile[],
  texts: ReadonlyMap<string, SourceText>,
): AssertionFailure[] {
  const byFile = sitesByFile(sites);
  const inlining = new InliningAssertions(facts);
  const failures: AssertionFailure[] = [];
  for (const { file, importPath } of files) {
    const source = texts.get(file);
    if (source === undefined || !hasDirectives(source)) continue;
    const found = withTree(source, directives);
    const check = new FileAssertions({ file, importPath }, source, byFile.get(file) ?? [], found, facts);
    failures.push(...check.failures());
    inlining.addFile({ file, importPath }, source, found);
  }
  failures.push(...inlining.failures(files, texts));
  const order = new Map(files.map(({ file }, index) => [file, index]));
  return failures.sort(
    (a, b) =>
      (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) ||
      a.range.start.line - b.range.start.line ||
      a.range.start.character - b.range.start.character,
  );
}

type Details = Partial<Pick<AssertionFailure, "limit" | "fault" | "sites">>;

/** The assertions of one file, those about inlining left out. */
class FileAssertions {
  readonly #asserted: AssertedFile;
  readonly #source: SourceText;
  readonly #sites: readonly Site[];
  readonly #directives: readonly Directive[];
  readonly #facts: AssertionFacts;
  readonly #allowed: ReadonlyMap<Site, string>;

  constructor(
    asserted: AssertedFile,
    source: SourceText,
    sites: readonly Site[],
    found: readonly Directive[],
    facts: AssertionFacts,
  ) {
    this.#asserted = asserted;
    this.#source = source;
    this.#sites = sites;
    this.#directives = found;
    this.#facts = facts;
    this.#allowed = allowedIn(sites, found, source);
  }

  failures(): AssertionFailure[] {
    return this.#directives.flatMap((directive) => {
      switch (directive.tool) {
        case "escape":
          return this.#own(directive);
        case "gcassert":
          return directive.words.split(",").flatMap((word) => this.#gcassert(directive, word));
        case "checkescape":
        case "mustescape":
          return this.#checkescape(directive);
        case "escapes":
          return [];
      }
    });
  }

  #own(directive: Directive): AssertionFailure[] {
    const { words } = directive;
    const allowance = readAllowance(words);
    if (allowance !== undefined) {
      if (allowance.words === "") return [this.#fault(directive, "no-reason")];
      return directive.line === undefined ? [this.#fault(directive, "no-code")] : [];
    }
    const max = /^max\s*=?\s*(\S*)$/.exec(words);
    if (max !== null && !/^\d+$/.test(max[1] ?? "")) return [this.#fault(directive, "no-number")];
    if (max === null && !/^none(?:\s|$)/.test(words)) return [this.#fault(directive, "unknown")];
    if (directive.function === undefined) return [this.#fault(directive, "no-function")];
    const limit = max === null ? 0 : Number(max[1]);
    const sites = this.#allocating(directive.function);
    if (sites.length <= limit) return [];
    const code = max === null ? "escape-none" : "escape-max";
    return [this.#ofFunction(code, directive.function, { sites, limit: max === null ? null : limit })];
  }

  #gcassert(directive: Directive, word: string): AssertionFailure[] {
    if (word === "") return [];
    if (!isGcassertWord(word)) return [this.#fault(directive, "unknown", word)];
    if (directive.line === undefined) return [this.#fault(directive, "no-code")];
    if (word === "inline") return [];
    return word === "noescape" ? this.#noEscape(directive.line) : this.#noBoundsChecks(directive.line);
  }

  /** gcassert asks for the compiler's words only, whether anything is allocated or not. */
  #noEscape(line: number): AssertionFailure[] {
    const sites = this.#sites.filter((site) => site.kind !== "hidden" && this.#lineOf(site) === line);
    const [first] = sites;
    if (first === undefined) return [];
    return [this.#failure("gcassert-noescape", first.expression, this.#codeOf(line), { sites })];
  }

  #noBoundsChecks(line: number): AssertionFailure[] {
    const left = this.#facts.boundsChecks.filter(
      ({ position }) => position.file === this.#asserted.file && position.line === line,
    );
    const checks = new Set(left.map(({ check }) => check));
    return [...checks].map((check) => this.#failure("gcassert-bce", check, this.#codeOf(line), {}));
  }

  /** Of gVisor's classes those are checked that a compiler's message can tell: allocations of the function's own. */
  #checkescape(directive: Directive): AssertionFailure[] {
    const classes = directive.words.split(",").filter((word) => word !== "");
    const unknown = classes.find((word) => !checkescapeClasses.includes(word));
    if (unknown !== undefined) return [this.#fault(directive, "unknown", unknown)];
    if (directive.function === undefined) return [this.#fault(directive, "no-function")];
    const isLocalOnly = classes.length === 0 || classes.every((word) => word === "local");
    if (!isLocalOnly && !classes.some((word) => hardClasses.has(word))) return [];
    const exempt = new Set(
      this.#directives
        .filter(({ tool }) => tool === "escapes")
        .map(({ span }) => this.#source.lineOf(span.start)),
    );
    const sites = this.#allocating(directive.function).filter((site) => !exempt.has(this.#lineOf(site)));
    if (directive.tool === "mustescape")
      return sites.length > 0 ? [] : [this.#ofFunction("mustescape", directive.function, {})];
    return sites.length > 0 ? [this.#ofFunction("checkescape", directive.function, { sites })] : [];
  }

  /** The sites that begin within the function, func literals in it included, and that nobody allowed. */
  #allocating({ span }: DirectiveFunction): Site[] {
    return this.#sites.filter((site) => {
      const start = this.#source.offsetOf(site.nodeRange.start);
      return mayAllocate(site) && !this.#allowed.has(site) && span.start <= start && start < span.end;
    });
  }

  #lineOf(site: Site): number {
    return this.#source.lineOf(this.#source.offsetOf(site.range.start));
  }

  /** The code of a line, without white space and a comment behind it. */
  #codeOf(line: number): TextSpan {
    const start = this.#source.lineStart(line) ?? 0;
    const text = this.#source.text.slice(start, this.#source.lineEnd(line));
    const comment = this.#directives.find(({ span }) => this.#source.lineOf(span.start) === line);
    const code = comment === undefined ? text : text.slice(0, comment.span.start - start);
    return { start: start + code.length - code.trimStart().length, end: start + code.trimEnd().length };
  }

  #fault(directive: Directive, fault: DirectiveFault, word?: string): AssertionFailure {
    const subject = word ?? this.#source.text.slice(directive.span.start, directive.span.end).trimEnd();
    return this.#failure("directive", subject, directive.span, { fault });
  }

  #ofFunction(
    code: AssertionCode,
    { name, nameSpan }: DirectiveFunction,
    details: Details,
  ): AssertionFailure {
    return this.#failure(code, name, nameSpan, details);
  }

  #failure(code: AssertionCode, subject: string, span: TextSpan, details: Details): AssertionFailure {
    return {
      code,
      ...this.#asserted,
      range: this.#source.range(span.start, span.end),
      column: this.#source.columnOf(span.start),
      subject,
      limit: details.limit ?? null,
      fault: details.fault ?? null,
      sites: details.sites ?? [],
    };
  }
}

/** tools/checkescape of gVisor: escapes of the function itself, of any kind, and calls that may allocate. */
const hardClasses: ReadonlySet<string> = new Set(["all", "hard", "heap", "builtin"]);
