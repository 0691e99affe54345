/** The samples: copies of those in the extension, so that a person may edit them. */
import {
  commands,
  type ExtensionContext,
  Selection,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from "vscode";
import { walkthroughId } from "./identifiers.js";

interface Sample {
  /** In the extension's folder `test`, and the name of the copy. */
  readonly folder: string;
  /** The file to look at first. */
  readonly firstFile: readonly string[];
  /** What the cursor is put on, so that it can be explained, or run, at once. */
  readonly firstPlace: string;
  /** Whether the walkthrough, which is about it, opens beside it. */
  readonly hasWalkthrough: boolean;
}

const samples = {
  /** A small order service. */
  orders: {
    folder: "sample",
    firstFile: ["internal", "report", "daily.go"],
    firstPlace: "append(",
    hasWalkthrough: true,
  },
  /** Two ways each to write the same, with benchmarks. */
  pairs: {
    folder: "pairs",
    firstFile: ["pairs_test.go"],
    firstPlace: "BenchmarkPairs(",
    hasWalkthrough: false,
  },
} as const satisfies Readonly<Record<string, Sample>>;

export type SampleName = keyof typeof samples;

/** Tells the window of a sample that it is one; package.json's activation events name it. */
const marker = ".escape-lens-sample";

/** Holds the folder of a sample while its window is on its way. */
const openingKey = "sample.opening";

type Context = Pick<ExtensionContext, "extensionUri" | "globalStorageUri" | "globalState" | "extension">;

/** Copies a sample anew and opens it: in this window where nothing is open in it, else in another. */
export async function openSample(context: Context, name: SampleName): Promise<void> {
  const sample = samples[name];
  const copy = copyOf(sample, context);
  const source = Uri.joinPath(context.extensionUri, "test", sample.folder);
  await workspace.fs.copy(source, copy, { overwrite: true });
  await workspace.fs.writeFile(Uri.joinPath(copy, marker), new Uint8Array());
  if (isOpen(copy)) {
    await showFirstFile(sample, copy);
    return;
  }
  await context.globalState.update(openingKey, sample.folder);
  const forceNewWindow = workspace.workspaceFolders !== undefined;
  await commands.executeCommand("vscode.openFolder", copy, { forceNewWindow });
}

/** In the window that `openSample` opened, shows what is to be looked at first; elsewhere does nothing. */
export async function continueSample(context: Context): Promise<void> {
  const opening = context.globalState.get(openingKey);
  const sample: Sample | undefined = Object.values(samples).find(({ folder }) => folder === opening);
  const copy = sample && copyOf(sample, context);
  if (sample === undefined || copy === undefined || !isOpen(copy)) return;
  await context.globalState.update(openingKey, undefined);
  await showFirstFile(sample, copy);
  if (sample.hasWalkthrough) await showWalkthrough(context, true);
}

/** Opens the walkthrough; `toSide` leaves the active editor in view. */
export async function showWalkthrough(
  { extension }: Pick<Context, "extension">,
  toSide: boolean,
): Promise<void> {
  const category = `${extension.id}#${walkthroughId}`;
  await commands.executeCommand("workbench.action.openWalkthrough", { category }, toSide);
}

function copyOf({ folder }: Sample, { globalStorageUri }: Context): Uri {
  return Uri.joinPath(globalStorageUri, folder);
}

function isOpen(folder: Uri): boolean {
  return workspace.workspaceFolders?.some(({ uri }) => uri.toString() === folder.toString()) === true;
}

async function showFirstFile({ firstFile, firstPlace }: Sample, folder: Uri): Promise<void> {
  const editor = await window.showTextDocument(Uri.joinPath(folder, ...firstFile));
  const { document } = editor;
  const place = document.positionAt(document.getText().indexOf(firstPlace));
  editor.selection = new Selection(place, place);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
