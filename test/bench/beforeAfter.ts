/**
 * A quick fix on somebody else's code, measured: goldmark reads a table's columns into a slice that grows. Prints what the
 * server offers there and what rendering a table allocates before and after. Usage: node test/out/bench/beforeAfter.mjs
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeAction, TextEdit } from "vscode-languageserver-protocol";
import { SourceText } from "../../server/src/syntax/sourceText.js";
import { TestClient } from "../harness/languageClient.js";
import { realModule } from "../harness/realModule.js";

const name = "github.com/yuin/goldmark@v1.7.8";
const edited = "extension/table.go";
const grown = "append(alignments, ast.AlignLeft)";

/** Measures as a test of the module, so that its own packages are used as they stand. */
const measurement = `package extension_test

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func TestMeasure(t *testing.T) {
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	table := []byte("|a|b|c|d|e|f|g|h|i|j|k|l|\\n|-|-|-|-|-|-|-|-|-|-|-|-|\\n")
	var out bytes.Buffer
	convert := func() {
		out.Reset()
		if err := markdown.Convert(table, &out); err != nil {
			t.Fatal(err)
		}
	}
	allocations := testing.AllocsPerRun(2000, convert)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := 0; i < 2000; i++ {
		convert()
	}
	runtime.ReadMemStats(&after)
	t.Logf("%v allocations, %d bytes", allocations, (after.TotalAlloc-before.TotalAlloc)/2000)
}
`;

const module = realModule(name);
try {
  const file = path.join(module.dir, edited);
  const test = path.join(module.dir, "extension", "measure_test.go");
  const before = measure(test);
  const action = await offeredFix(file);
  apply(file, action);
  const after = measure(test);
  execFileSync("go", ["test", "./..."], { cwd: module.dir, stdio: "pipe" });
  console.log(`${name}, ${edited}: ${action.title}`);
  console.log(`a table of 12 columns   before: ${before}   after: ${after}`);
  console.log("the module's own tests pass");
} finally {
  module.dispose();
}

function measure(test: string): string {
  writeFileSync(test, measurement);
  const args = ["test", "-run", "TestMeasure", "-count=1", "-v", "./extension"];
  const output = execFileSync("go", args, { cwd: module.dir, encoding: "utf8" });
  return /\d+ allocations, \d+ bytes/.exec(output)?.[0] ?? output;
}

/** The first quick fix at the append, as an editor gets it from the server. */
async function offeredFix(file: string): Promise<CodeAction> {
  const client = await TestClient.start({
    folders: [module.dir],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: {
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } },
          isPreferredSupport: true,
          dataSupport: true,
        },
      },
    },
  });
  try {
    const text = readFileSync(file, "utf8");
    const uri = await client.open(file, text);
    await client.idle(uri);
    const offset = text.indexOf(grown);
    const range = new SourceText(text).range(offset, offset + grown.length);
    const context = { diagnostics: client.diagnostics(uri) };
    const actions = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range,
      context,
    });
    const [first] = actions.filter(({ edit }) => edit !== undefined);
    if (first === undefined) throw new Error(`Nothing is offered: ${JSON.stringify(actions)}`);
    return first;
  } finally {
    await client.dispose();
  }
}

function apply(file: string, { edit }: CodeAction): void {
  const source = new SourceText(readFileSync(file, "utf8"));
  const edits: readonly TextEdit[] = edit?.changes?.[pathToFileURL(file).href] ?? [];
  if (edits.length === 0) throw new Error(`The edit is of another file: ${JSON.stringify(edit)}`);
  let { text } = source;
  for (const { range, newText } of [...edits].sort((a, b) => b.range.start.line - a.range.start.line)) {
    const [start, end] = [offsetOf(source, range.start), offsetOf(source, range.end)];
    text = text.slice(0, start) + newText + text.slice(end);
  }
  writeFileSync(file, text);
}

function offsetOf(source: SourceText, { line, character }: { line: number; character: number }): number {
  return (source.lineStart(line + 1) ?? 0) + character;
}
