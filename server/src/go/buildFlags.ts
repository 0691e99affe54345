/**
 * A person's own build flags, from settings and from GOFLAGS: which of them decide what the compiler does with a package
 * and are kept, which would break or change its output, or run a program, and are left out. See `go help build`.
 */

/** A flag that was left out although it changes the person's own build, so that they should know. */
export interface DroppedFlag {
  /** As it was written: `-gcflags=-N -l`. */
  readonly flag: string;
  /**
   * - messages: it would hide or add messages of the compiler (-gcflags, -cover) or names a compiler without any;
   * - output: it would change the form of the output (-json, -x, …);
   * - program: it would run a program of its own choice (-toolexec, -exec);
   * - writes: it would let go.mod be written (-mod=mod); packages are loaded with -mod=readonly;
   * - overlay: its replacements would compete with those of unsaved files.
   */
  readonly reason: "messages" | "output" | "program" | "writes" | "overlay";
}

export interface FilteredFlags {
  /** Each flag as one word, `-name` or `-name=value`. */
  readonly flags: readonly string[];
  readonly dropped: readonly DroppedFlag[];
}

/** Decide which files are compiled, against what, and how. */
const kept = new Set(["tags", "race", "msan", "asan", "mod", "modfile", "modcacherw", "pgo"]);

const dropReasons: Readonly<Record<string, DroppedFlag["reason"]>> = {
  gcflags: "messages",
  compiler: "messages",
  cover: "messages",
  covermode: "messages",
  coverpkg: "messages",
  json: "output",
  f: "output",
  m: "output",
  n: "output",
  v: "output",
  x: "output",
  work: "output",
  toolexec: "program",
  exec: "program",
  vettool: "program",
  overlay: "overlay",
};

/** Flags that stand alone. The others take the next word for their value when they have none (cmd/go, build.go). */
const booleans = new Set(
  (
    "race msan asan modcacherw cover json m n v x work a i linkshared trimpath buildvcs e deps export test " +
    "compiled find u c short failfast benchmem fullpath"
  ).split(" "),
);

/**
 * Filters build flags given as words, as in the settings (`-tags`, `a,b` or `-tags=a,b`). What neither matters for a
 * compile nor for its output (-ldflags, -o, -v, …) disappears without a word; the rest is reported.
 */
export function filterBuildFlags(words: readonly string[]): FilteredFlags {
  const flags: string[] = [];
  const dropped: DroppedFlag[] = [];
  for (const { name, value } of parseFlags(words)) {
    const flag = value === undefined ? `-${name}` : `-${name}=${value}`;
    if (name === "mod" && value === "mod") {
      dropped.push({ flag, reason: "writes" });
      flags.push("-mod=readonly");
    } else if (kept.has(name)) {
      flags.push(flag);
    } else {
      const reason = dropReasons[name];
      if (reason !== undefined && value !== "false") dropped.push({ flag, reason });
    }
  }
  return { flags, dropped };
}

interface Flag {
  readonly name: string;
  readonly value: string | undefined;
}

/** Words that are no flags, such as package patterns, are passed over: they have no business among build flags. */
function parseFlags(words: readonly string[]): Flag[] {
  const flags: Flag[] = [];
  for (let i = 0; i < words.length; i++) {
    const match = /^--?([^-=][^=]*)(?:=([\s\S]*))?$/.exec(words[i] ?? "");
    if (match === null) continue;
    const name = match[1] ?? "";
    if (match[2] !== undefined || booleans.has(name)) flags.push({ name, value: match[2] });
    else flags.push({ name, value: words[++i] ?? "" });
  }
  return flags;
}

/**
 * Splits GOFLAGS into words: separated by white space, each quoted as a whole by ' or " or not at all, without escapes
 * (cmd/internal/quoted, Split). A quote that is not closed takes the rest, where the go command reports an error.
 */
export function splitGoFlags(goflags: string): string[] {
  const words = goflags.matchAll(/'([^']*)(?:'|$)|"([^"]*)(?:"|$)|(\S+)/g);
  return Array.from(words, ([, single, double, plain]) => single ?? double ?? plain ?? "");
}

/**
 * Joins words into a value for GOFLAGS; the reverse of `splitGoFlags`. A word with both kinds of quotes and a space
 * cannot be written there and is left out.
 */
export function joinGoFlags(words: readonly string[]): string {
  return words.flatMap(quote).join(" ");
}

function quote(word: string): string[] {
  if (!/[\s'"]/.test(word)) return [word];
  if (!word.includes("'")) return [`'${word}'`];
  return word.includes('"') ? [] : [`"${word}"`];
}
