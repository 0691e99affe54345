/** What `npm test` packed before the tests: the extension and the npm package. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { npmCommand } from "../../scripts/lib/npm.mjs";

/** The path of the .vsix or of the npm tarball. Throws where the tests were not run by `npm test`. */
export function packed(product: "vsix" | "tarball"): string {
  const variable = { vsix: "ESCAPE_LENS_VSIX", tarball: "ESCAPE_LENS_TARBALL" }[product];
  const file = process.env[variable];
  if (file === undefined) throw new Error("Run these tests by `npm test`: it packs what they look at.");
  return file;
}

/** Installs the npm package in a folder, as somebody would who has the tarball. It needs no other one, so no registry. */
export function installTarball(folder: string): void {
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  const flags = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
  const [program, args] = npmCommand(["install", ...flags, packed("tarball")]);
  execFileSync(program, args, { cwd: folder, stdio: "pipe" });
}
