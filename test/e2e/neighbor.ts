/** Another extension that shows what gopls shows: the Go extension itself cannot be had without its marketplace. */
import { packExtension, type PackedExtension } from "./packExtension.js";

const manifest = {
  name: "neighbor",
  engines: { vscode: "^1.91.0" },
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
export function packNeighbor(): Promise<PackedExtension> {
  return packExtension(manifest, program);
}
