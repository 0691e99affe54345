import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createVSIX } from "@vscode/vsce";

export interface PackedExtension {
  /** Absolute path. */
  readonly vsix: string;
  /** Removes it. */
  dispose(): Promise<void>;
}

/** Packs an extension for a test: `manifest` is what its package.json has of its own, `program` its extension.js. */
export async function packExtension(
  manifest: { readonly name: string },
  program: string,
): Promise<PackedExtension> {
  const home = await mkdtemp(path.join(os.tmpdir(), `go-escape-lens-${manifest.name}-`));
  const folder = path.join(home, manifest.name);
  await mkdir(folder);
  const whole = { publisher: "test", version: "1.0.0", main: "./extension.js", ...manifest };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(whole));
  await writeFile(path.join(folder, "extension.js"), program);
  const vsix = path.join(home, `${manifest.name}.vsix`);
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return { vsix, dispose: () => rm(home, { recursive: true, force: true }) };
}
