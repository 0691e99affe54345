/** Another extension that shows what gopls shows: the Go extension itself cannot be had without its marketplace. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createVSIX } from "@vscode/vsce";

const manifest = {
  name: "neighbor",
  publisher: "test",
  version: "1.0.0",
  engines: { vscode: "^1.91.0" },
  main: "./extension.js",
  activationEvents: ["onLanguage:go"],
  contributes: {
    configuration: { properties: { gopls: { type: "object", description: "As the Go extension has it." } } },
  },
};

/** As gopls publishes it (gopls/internal/golang/compileropt.go), unless its settings say no. */
const program = `const vscode = require("vscode");
exports.activate = () => {
  const collection = vscode.languages.createDiagnosticCollection("gopls");
  const show = () => {
    const annotations = (vscode.workspace.getConfiguration().get("gopls") ?? {})["ui.diagnostic.annotations"];
    collection.clear();
    for (const { uri, languageId } of vscode.workspace.textDocuments) {
      if (languageId !== "go" || annotations?.escape === false) continue;
      const place = new vscode.Range(19, 9, 19, 9);
      const words = "escape(append escapes to heap)";
      const diagnostic = new vscode.Diagnostic(place, words, vscode.DiagnosticSeverity.Information);
      diagnostic.source = "optimizer details";
      collection.set(uri, [diagnostic]);
    }
  };
  vscode.workspace.onDidOpenTextDocument(show);
  vscode.workspace.onDidChangeConfiguration(show);
  show();
};
`;

/** Packs it; `dispose` removes it. */
export async function packNeighbor(): Promise<{ readonly vsix: string; dispose(): Promise<void> }> {
  const home = await mkdtemp(path.join(os.tmpdir(), "go-escape-lens-neighbor-"));
  const folder = path.join(home, "neighbor");
  await mkdir(folder);
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(path.join(folder, "extension.js"), program);
  const vsix = path.join(home, "neighbor.vsix");
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return { vsix, dispose: () => rm(home, { recursive: true, force: true }) };
}
