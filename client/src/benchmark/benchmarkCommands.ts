/** Benchmarks of a fix or of the working tree: which ones, what they came to, and where that is kept. */
import * as l10n from "@vscode/l10n";
import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import {
  type BenchmarkEntry,
  type BenchmarkResult,
  type Benchmarks,
  benchmarksMethod,
  type BenchmarkTarget,
  serverCommands,
} from "../../../server/src/protocol.js";
import { goEditor } from "../explain/goEditor.js";
import { commandIds } from "../identifiers.js";
import type { LanguageServer } from "../languageServer.js";
import { saveText } from "../saveText.js";

type Asks = Pick<LanguageServer, "request" | "execute">;

/** The commands by id. */
export function benchmarkCommands(server: Asks) {
  return { [commandIds.benchmarkChanges]: () => benchmarkChanges(server) };
}

/** Compares the package of the active file with git's HEAD. */
async function benchmarkChanges(server: Asks): Promise<void> {
  const editor = await goEditor();
  if (editor === undefined) return;
  const uri = editor.document.uri.toString();
  await chooseAndRun(server, { uri, compare: { revision: "HEAD" }, benchmarks: null });
}

/** Asks which benchmarks are to be run, unless the target says so, has the server run them, and offers to keep the page. */
export async function chooseAndRun(server: Asks, target: BenchmarkTarget): Promise<void> {
  const benchmarks = target.benchmarks ?? (await choose(server, target));
  if (benchmarks === undefined || benchmarks.length === 0) return;
  const asked: BenchmarkTarget = { ...target, benchmarks };
  const result = await server.execute<BenchmarkResult | null>(serverCommands.benchmark, [asked]);
  // Not waited for: the command is over, and the message may stand there for as long as it likes.
  if (result !== null) void offerToSave(result);
}

interface BenchmarkItem extends QuickPickItem {
  readonly name: string | null;
}

async function choose(server: Asks, target: BenchmarkTarget): Promise<readonly string[] | undefined> {
  const found = await server.request<Benchmarks | null>(benchmarksMethod, target);
  if (found === null) return undefined;
  if ("problem" in found) {
    await window.showWarningMessage(found.problem);
    return undefined;
  }
  if (found.benchmarks.length === 0) {
    await window.showInformationMessage(l10n.t("{0} has no benchmarks.", found.importPath));
    return undefined;
  }
  const picked = await window.showQuickPick(itemsOf(found.benchmarks), {
    title: l10n.t("Benchmarks of {0}", found.importPath),
    placeHolder: l10n.t("Which are to be run? They take turns with and without what differs."),
    canPickMany: true,
  });
  return picked?.flatMap(({ name }) => (name === null ? [] : [name]));
}

/** Those that may run what differs first, and ticked. */
function itemsOf(benchmarks: readonly BenchmarkEntry[]): BenchmarkItem[] {
  const part = (label: string, reaches: boolean): BenchmarkItem[] => {
    const items = benchmarks.filter((each) => each.reaches === reaches).map(itemOf);
    return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator, name: null }, ...items];
  };
  return [
    ...part(l10n.t("may run what differs, as far as names tell"), true),
    ...part(l10n.t("others of the package"), false),
  ];
}

function itemOf({ name, uri, line, reaches }: BenchmarkEntry): BenchmarkItem {
  const file = uri.slice(uri.lastIndexOf("/") + 1);
  return { label: name, description: `${decodeURIComponent(file)}:${line + 1}`, picked: reaches, name };
}

async function offerToSave({ page, summary }: BenchmarkResult): Promise<void> {
  const save = l10n.t("Save as Markdown…");
  if ((await window.showInformationMessage(summary, save)) !== save) return;
  await saveText({ title: save, name: "benchmarks", extension: "md", label: "Markdown" }, () => page);
}
