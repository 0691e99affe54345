/** The names that package.json and the client share; test/package/manifest.test.ts holds them against each other. */

/** Prefix of settings and commands, and the language client's id: `<id>.trace.server` is read by the library. */
export const extensionId = "goEscapeLens";

export const displayName = "Go Escape Lens";

/** Commands of package.json's `contributes.commands`. */
export const commandIds = {
  analyzePackage: "goEscapeLens.analyzePackage",
  analyzeWorkspace: "goEscapeLens.analyzeWorkspace",
  restartServer: "goEscapeLens.restartServer",
  showOutput: "goEscapeLens.showOutput",
} as const;

/** Runs what a code action of ours does once the person agrees; for no palette, so not in package.json. */
export const applyConfirmedCommand = "goEscapeLens.applyConfirmed";

/** Context key that is true once the extension runs; `when` clauses of package.json ask for it. */
export const activeContext = "goEscapeLens.active";

/** Go files on disk: what the server analyzes. */
export const goFiles = [{ language: "go", scheme: "file" }] as const;
