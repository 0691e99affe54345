/** Compiles Go sources that say in comments what is to be underlined, and finds what the anchors underline. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type DeclaredFacts, FactCollector, type FileFacts } from "../../../server/src/compiler/fileFacts.js";
import { OutputParser } from "../../../server/src/compiler/outputParser.js";
import { anchorOf, type Anchor, type PlacedMessage } from "../../../server/src/syntax/anchors.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { withTree } from "../../../server/src/syntax/treeSitter.js";
import { testModule } from "../../harness/module.js";

/** One message of the compiler with its anchor and the text that it underlines. */
export interface Placed {
  readonly message: PlacedMessage;
  readonly anchor: Anchor;
  readonly underlined: string;
}

/** What the compiler says of the file when it is built alone in a module of Go 1.21. */
export function compileFile(contents: string): { source: SourceText; facts: FileFacts & DeclaredFacts } {
  const module = testModule({ "go.mod": `module example.com/m\n\ngo 1.21\n`, "a.go": contents });
  try {
    const go = spawnSync("go", ["build", "-gcflags=-m=2", "."], {
      cwd: module.dir,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      env: { ...process.env, GOFLAGS: "", GOWORK: "off" },
    });
    if (go.error !== undefined) throw go.error;
    if (go.status !== 0) throw new Error(go.stderr);
    const parser = new OutputParser((printed) => path.resolve(module.dir, printed));
    const collector = new FactCollector();
    for (const fact of [...parser.push(go.stderr), ...parser.end()]) collector.add(fact);
    const source = new SourceText(readFileSync(module.path("a.go"), "utf8"));
    const file = module.path("a.go");
    return { source, facts: { ...collector.of(file), ...collector.declaredIn(file) } };
  } finally {
    module.dispose();
  }
}

/** All messages about the file, the wrappers of go and defer statements included, each with its anchor. */
export function placedMessages(contents: string): Placed[] {
  const { source, facts } = compileFile(contents);
  const messages: PlacedMessage[] = [
    ...facts.heap.map(({ form, position, text, inlinedCalls }) => ({
      form,
      line: position.line,
      column: position.column,
      text,
      inlinedCalls,
    })),
    ...facts.wrappers.map(({ position, text }) => ({
      form: "wrapper" as const,
      line: position.line,
      column: position.column,
      text,
      inlinedCalls: [],
    })),
  ];
  return withTree(source, (tree) =>
    messages.map((message) => {
      const anchor = anchorOf(tree, message);
      if (anchor.quality === "missing") {
        throw new Error(
          `no anchor: ${message.line}:${message.column ?? "?"} ${message.form} ${message.text}`,
        );
      }
      return { message, anchor, underlined: source.text.slice(anchor.range.start, anchor.range.end) };
    }),
  );
}

/**
 * Checks the source's comments `// want FORM "UNDERLINED" …`, each on the line of its messages: all of them are found, and
 * nothing else on the marked lines. Appends and copies of functions are free to come besides: that depends on the version
 * of Go.
 */
export function checkMarks(contents: string): void {
  const wanted = marksOf(contents);
  const lines = new Set(wanted.map((mark) => lineOf(mark)));
  const found = placedMessages(contents).map(
    ({ message, anchor, underlined }) => `${message.line} ${anchor.nodeForm} ${JSON.stringify(underlined)}`,
  );
  const isOptional = (mark: string): boolean =>
    /^\d+ (?:append|declaration) /.test(mark) && !wanted.includes(mark);
  const relevant = found.filter((mark) => lines.has(lineOf(mark)) && !isOptional(mark));
  assert.ok(wanted.length > 0, "the source has no marks");
  assert.deepEqual(sorted(relevant), sorted(wanted));
}

function marksOf(contents: string): string[] {
  return contents.split("\n").flatMap((line, index) => {
    const marker = /\/\/ want (.*?)\r?$/.exec(line)?.[1] ?? "";
    const marks = [...marker.matchAll(/([a-z-]+) ("(?:\\.|[^"\\])*")/g)];
    return marks.map(([, form, text]) => `${index + 1} ${form!} ${JSON.stringify(JSON.parse(text!))}`);
  });
}

function lineOf(mark: string): number {
  return Number.parseInt(mark, 10);
}

function sorted(marks: readonly string[]): string[] {
  return [...new Set(marks)].sort((a, b) => lineOf(a) - lineOf(b) || (a < b ? -1 : 1));
}
