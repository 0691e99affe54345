/**
 * The declarations of a package's files in one text, so that one tree has them all: types in full, of variables the
 * beginning of their values, of functions what they take and give.
 */

/** `func F(a int) T {`: methods have a receiver instead of a name. */
const signature = /^func \w+(?:\[[^\]]*\])?\(.*\{$/;

/**
 * One Go source with what the texts declare at package level. Read by lines, as gofmt lays them out; what is laid out in
 * another way is left out, and so is what more than one of the texts declares.
 */
export function packageDeclarations(texts: Iterable<string>): string {
  const byName = new Map<string, string | undefined>();
  for (const text of texts) {
    for (const { name, code } of declarationsIn(text)) byName.set(name, byName.has(name) ? undefined : code);
  }
  return ["package p", ...[...byName.values()].filter((code) => code !== undefined)].join("\n");
}

interface Declaration {
  readonly name: string;
  readonly code: string;
}

function* declarationsIn(text: string): Generator<Declaration> {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/\s+\/\/[^"'`]*$/, ""));
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const keyword = /^(?:type|var|func)\b/.exec(line)?.[0];
    if (keyword === undefined) continue;
    if (keyword === "func") {
      if (signature.test(line) && isBalanced(`${line}}`))
        yield* named(line.slice("func ".length), `${line}}`);
      continue;
    }
    const isGroup = /^\w+ \($/.test(line);
    const end = /[({]$/.test(line) ? endOf(lines, index + 1, /^[)}]/) : index;
    if (isGroup) yield* ofGroup(keyword, lines.slice(index + 1, end));
    else yield* ofSpec(keyword, line.slice(keyword.length + 1), lines.slice(index + 1, end + 1));
    index = end;
  }
}

/** The lines of `var (` … `)`, each spec one tabulator in. */
function* ofGroup(keyword: string, lines: readonly string[]): Generator<Declaration> {
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (!/^\t\w/.test(line)) continue;
    const end = /[({]$/.test(line) ? endOf(lines, index + 1, /^\t[)}]/) : index;
    yield* ofSpec(keyword, line.slice(1), lines.slice(index + 1, end + 1));
    index = end;
  }
}

/** A type needs all of its lines; of a variable's value the rest of a literal says nothing of its type. */
function* ofSpec(keyword: string, first: string, rest: readonly string[]): Generator<Declaration> {
  const closed = first.endsWith("{") ? `${first}}` : first;
  const code = keyword === "type" ? [first, ...rest].join("\n") : closed;
  if (isBalanced(code)) yield* named(first, `${keyword} ${code}`);
}

/** What is not would take all that follows with it. Quotes around brackets can make it wrong; such a spec is left out. */
function isBalanced(code: string): boolean {
  const count = (brackets: RegExp) => code.match(brackets)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g) && count(/`/g) % 2 === 0;
}

function* named(text: string, code: string): Generator<Declaration> {
  const name = /^\w+/.exec(text)?.[0];
  if (name !== undefined && name !== "_" && name !== "init") yield { name, code };
}

/** Index of the first line from `start` that closes; the last line where none does. */
function endOf(lines: readonly string[], start: number, closing: RegExp): number {
  const found = lines.findIndex((line, index) => index >= start && closing.test(line));
  return found < 0 ? lines.length - 1 : found;
}
