/**
 * How long does the light bulb take? The code action request of the real server in net/http's server.go: at each shown
 * place, once its fixes are checked; on lines all over the file; and at shown places while the fixes are still being
 * checked. Usage: node test/out/bench/lightBulb.mjs [--runs=N] [--server=DIR] [--folder=DIR]
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { CodeAction, Range } from "vscode-languageserver-protocol";
import { type EditorClient, startServer } from "./lib/editorClient.js";
import { printMachine } from "./lib/machine.js";
import { count } from "./lib/options.js";
import { Limits, percentile, printSeries } from "./lib/statistics.js";
import { makeSubjects } from "./lib/subjects.js";
import { useBuildCache } from "./lib/workFolder.js";

/** Milliseconds at the 95th percentile: what people take for at once, and that with the menu's own wait for a verdict. */
const limits = { checked: 100, checking: 200 } as const;

interface Answer {
  readonly milliseconds: number;
  readonly actions: readonly CodeAction[];
}

const runs = count("runs", 5);
useBuildCache();
const verdict = new Limits();
const { subjects, dispose } = makeSubjects(["net/http"]);
try {
  for (const { name, dir, root, lines } of subjects) {
    const file = path.join(dir, "server.go");
    const text = readFileSync(file, "utf8");
    console.log(`\n${name} (${lines} lines), server.go (${text.split("\n").length - 1} lines)`);
    const client = await startServer([root]);
    const uri = await client.open(file, text);
    report("while the fixes are being checked", await whileChecking(client, uri), limits.checking);
    if ((await client.idle(uri, 0, 600_000)) === undefined) throw new Error("The fixes were never checked.");
    report("at shown places, fixes checked", await atShownPlaces(client, uri), limits.checked);
    const onLines = await askAll(client, uri, linesOf(text));
    report("on lines all over the file, first time", onLines, limits.checking);
    report("on the same lines again", await askAll(client, uri, linesOf(text)), limits.checked);
    await client.shutdown();
  }
} finally {
  dispose();
}
printMachine();
process.exitCode = verdict.exitCode;

function report(label: string, answers: readonly Answer[], limit: number): void {
  const times = answers.map(({ milliseconds }) => milliseconds);
  printSeries(label, times);
  const having = (has: (action: CodeAction) => boolean) =>
    answers.filter(({ actions }) => actions.some((action) => has(action) && fixOf(action) !== "suppress"))
      .length;
  const [checked, unchecked] = [having(({ edit }) => edit !== undefined), having(isUnchecked)];
  console.log(
    `  ${"".padEnd(44)} menus with a checked fix: ${checked}, with one not checked yet: ${unchecked}, of ${answers.length}`,
  );
  verdict.check(`${label}, p95`, percentile(times, 0.95), limit, " ms");
}

function fixOf({ data }: CodeAction): string | undefined {
  return (data as { readonly fix?: string } | undefined)?.fix;
}

function isUnchecked({ title }: CodeAction): boolean {
  return title.includes("(not compiled yet");
}

/** One request after the other, from the first publication to the end of the checks; menus before any fix is known left out. */
async function whileChecking(client: EditorClient, uri: string): Promise<Answer[]> {
  const found = await client.status((status) => status.uri === uri && status.shown > 0, 0, 600_000);
  if (found === undefined) throw new Error("Nothing was found.");
  const answers: Answer[] = [];
  const isOver = () => client.statuses.some(({ params }) => params.uri === uri && params.phase === "idle");
  while (!isOver()) {
    for (const range of shownRanges(client, uri)) {
      if (isOver()) break;
      answers.push(await ask(client, uri, range));
    }
  }
  const first = answers.findIndex(({ actions }) => actions.length > 0);
  return first < 0 ? [] : answers.slice(first);
}

async function atShownPlaces(client: EditorClient, uri: string): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let run = 0; run < runs; run++) answers.push(...(await askAll(client, uri, shownRanges(client, uri))));
  return answers;
}

function shownRanges(client: EditorClient, uri: string): Range[] {
  return client.diagnostics(uri).map(({ range }) => range);
}

/** Every fifth line from its start to its end, as when somebody selects it. */
function linesOf(text: string): Range[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      index % 5 === 0
        ? [{ start: { line: index, character: 0 }, end: { line: index, character: line.length } }]
        : [],
    );
}

async function askAll(client: EditorClient, uri: string, ranges: readonly Range[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const range of ranges) answers.push(await ask(client, uri, range));
  return answers;
}

async function ask(client: EditorClient, uri: string, range: Range): Promise<Answer> {
  const diagnostics = client.diagnostics(uri).filter((each) => each.range.start.line === range.start.line);
  const started = performance.now();
  const actions = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context: { diagnostics },
  });
  return { milliseconds: performance.now() - started, actions };
}
