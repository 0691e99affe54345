/**
 * What the comments in a file of Go's own test suite expect of the compiler (cmd/internal/testdir/testdir_test.go, wantedErrors
 * and updateErrors): `// ERROR "pattern" "pattern"` on the line of the messages, or ERRORNEXT above it.
 */
export interface Expectation {
  /** From 1. */
  readonly line: number;
  /** As written; Go's syntax of patterns, of which these files use what JavaScript has as well. */
  readonly pattern: RegExp;
}

/** All expectations of a file's text. Throws for a pattern that JavaScript does not know. */
export function expectationsOf(text: string): Expectation[] {
  return text.split("\n").flatMap((comment, index) => {
    // Lines of examples in comments are none.
    if (comment.startsWith("////")) return [];
    const match = /\/\/ (?:GC_)?ERROR(NEXT)? (.*)/.exec(comment);
    if (match === null) return [];
    const line = index + (match[1] === undefined ? 1 : 2);
    return [...(match[2] ?? "").matchAll(/"([^"]*)"/g)].map(([, written = ""]) => {
      const withLines = written.replace(/LINE(?:([+-])(\d+))?/g, (_, sign: string | undefined, by = "0") =>
        String(line + (sign === "-" ? -1 : 1) * Number(by)),
      );
      return { line, pattern: new RegExp(withLines.replaceAll("\\s", " ")) };
    });
  });
}

/**
 * Flags of the compiler that the file's first comment asks for; undefined where it is no test of -m's messages, or one for
 * an experiment that is off.
 */
export function flagsOf(text: string): { readonly flags: string[]; readonly isFolder: boolean } | undefined {
  const match = /^\/\/ errorcheck(\w*) (.*)$/m.exec(text.slice(0, 2000));
  const words = (match?.[2] ?? "").split(/\s+/).filter(Boolean);
  if (/^\/\/go:build .*(?<!!)goexperiment\./m.test(text)) return undefined;
  if (match === null || !words.some((word) => /^-m(?:=\d)?$/.test(word))) return undefined;
  // -0: the compile is expected to go well; -s and -t are the runner's own.
  const flags = words.filter((word) => !["-0", "-s"].includes(word));
  return { flags, isFolder: match[1] === "dir" || match[1] === "andrundir" };
}
