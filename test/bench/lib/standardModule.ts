/**
 * Packages of the standard library as a module that a person could have: their sources copied, and with them, under the
 * module's own path, what only the standard library may import (internal and vendored packages). All else is imported from
 * GOROOT. Tests stay behind: those of one package hand its copied types to others' originals. Left out, too, is what does
 * not compile elsewhere, such as the runtime, whose names the compiler knows.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { subfolder } from "./workFolder.js";

export interface StandardModule {
  readonly dir: string;
  /** Folder of a package's copy (absolute). */
  folderOf(importPath: string): string;
  /** Import paths of what was asked for and could not be copied. */
  readonly left: readonly string[];
  /** Folders (relative) of all packages of the module, internal ones included. */
  readonly packages: readonly string[];
}

interface Listed {
  readonly ImportPath: string;
  readonly Dir: string;
  readonly Imports?: readonly string[];
  readonly GoFiles?: readonly string[];
  readonly CgoFiles?: readonly string[];
  readonly SFiles?: readonly string[];
  readonly HFiles?: readonly string[];
  readonly SysoFiles?: readonly string[];
  readonly EmbedFiles?: readonly string[];
}

const modulePath = "example.com/standard";
const fields = "-json=ImportPath,Dir,Imports,GoFiles,CgoFiles,SFiles,HFiles,SysoFiles,EmbedFiles";

/**
 * Copies the packages that the patterns name (`std`, `net/http`) into a folder of this name in the work folder, anew each
 * time but in the same place, and builds them once plainly. All of std takes some minutes the first time.
 */
export function standardModule(name: string, patterns: readonly string[]): StandardModule {
  const dir = subfolder(name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const version = /go(1\.\d+)/.exec(execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }))?.[1];
  writeFileSync(path.join(dir, "go.mod"), `module ${modulePath}\n\ngo ${version ?? "1.21"}\n`);
  const wanted = closure(patterns);
  for (const each of wanted.values()) copy(each, dir);
  const packages = new Set([...wanted.keys()].map(copiedPath));
  for (let failed = failing(dir); failed.length > 0; failed = failing(dir)) {
    for (const each of failed) {
      packages.delete(each);
      for (const file of goFilesIn(path.join(dir, each))) rmSync(file);
    }
  }
  return {
    dir,
    folderOf: (importPath) => path.join(dir, copiedPath(importPath)),
    left: [...wanted.keys()].filter((importPath) => !packages.has(copiedPath(importPath))),
    packages: [...packages],
  };
}

/** What the patterns name, and all that it imports and no module may. */
function closure(patterns: readonly string[]): Map<string, Listed> {
  const found = new Map<string, Listed>();
  let wanted: readonly string[] = patterns;
  while (wanted.length > 0) {
    const listed = list(wanted);
    for (const each of listed) found.set(each.ImportPath, each);
    wanted = [...new Set(listed.flatMap(({ Imports = [] }) => Imports.filter(isClosed)))].filter(
      (importPath) => !found.has(importPath),
    );
  }
  return found;
}

function list(patterns: readonly string[]): Listed[] {
  const text = execFileSync("go", ["list", "-e", fields, ...patterns], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return text
    .split(/^(?=\{$)/m)
    .filter((each) => each !== "")
    .map((each) => JSON.parse(each) as Listed);
}

function isClosed(importPath: string): boolean {
  return importPath.startsWith("vendor/") || importPath.split("/").includes("internal");
}

/** A folder called vendor or internal would have a meaning of its own. */
function copiedPath(importPath: string): string {
  return importPath.replace(/^vendor\//, "vendored/").replaceAll(/\binternal\b/g, "inside");
}

function copy(listed: Listed, moduleDir: string): void {
  const target = path.join(moduleDir, copiedPath(listed.ImportPath));
  mkdirSync(target, { recursive: true });
  const { GoFiles = [], CgoFiles = [], SFiles = [], HFiles = [], SysoFiles = [], EmbedFiles = [] } = listed;
  for (const file of [...SFiles, ...HFiles, ...SysoFiles, ...EmbedFiles]) {
    mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
    copyFileSync(path.join(listed.Dir, file), path.join(target, file));
  }
  const renamed = (listed.Imports ?? []).filter(isClosed);
  for (const file of [...GoFiles, ...CgoFiles]) {
    let text = readFileSync(path.join(listed.Dir, file), "utf8");
    for (const each of renamed) {
      const written = `"${each.replace(/^vendor\//, "")}"`;
      text = text.replaceAll(written, `"${modulePath}/${copiedPath(each)}"`);
    }
    writeFileSync(path.join(target, file), text);
  }
}

/** Folders (relative) of the packages that do not compile, or that import one that does not. */
function failing(dir: string): string[] {
  const format = "{{if or .Error .DepsErrors}}{{.ImportPath}}{{end}}";
  const text = execFileSync("go", ["list", "-e", "-export", "-f", format, "./..."], {
    cwd: dir,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return text.split("\n").flatMap((line) => (line === "" ? [] : [line.slice(modulePath.length + 1)]));
}

/** Without these a folder is no package; those below it stay. */
function goFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".go"))
    .map((name) => path.join(folder, name));
}
