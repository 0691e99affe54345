import type { VSCodeProgram } from "../../scripts/lib/vscodeWeb.mjs";

/** What the tests need from outside; scripts/test.mjs and scripts/start.mjs find or fetch it. */
export interface Provisions {
  readonly vscode: VSCodeProgram;
  /** Absolute path of the packed extension. */
  readonly vsix: string;
  readonly browser: { readonly executable: string; readonly variables: Readonly<Record<string, string>> };
}

/** Reads them from the environment variable ESCAPE_LENS_E2E; throws where it is missing. */
export function provisions(): Provisions {
  const text = process.env["ESCAPE_LENS_E2E"];
  if (text === undefined)
    throw new Error("Run the end-to-end tests by `npm test`: it finds a browser and VS Code.");
  return JSON.parse(text) as Provisions;
}
