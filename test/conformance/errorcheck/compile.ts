/** Compiles files of Go's own test suite as its runner does, against the standard library of the same Go. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface TestFile {
  /** Absolute path. */
  readonly file: string;
  /** What the compiler printed about it. */
  readonly output: string;
  readonly compiles: boolean;
}

/** Export data of the standard library, as lines of an import configuration. */
export function standardImports(): string {
  const format = "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}";
  return execFileSync("go", ["list", "-export", "-f", format, "std"], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
}

/**
 * Compiles a test: one file, or each file of its folder `X.dir` as a package that those behind it import as `./name`.
 * `work` is an empty folder. Throws when the compiler cannot be run; what it says of mistakes is output.
 */
export function compileTest(
  file: string,
  isFolder: boolean,
  flags: readonly string[],
  imports: string,
  work: string,
): TestFile[] {
  mkdirSync(work, { recursive: true });
  const config = path.join(work, "importcfg");
  const folder = file.replace(/\.go$/, ".dir");
  const files = isFolder
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".go"))
        .sort()
    : [path.basename(file)];
  let known = imports;
  return files.map((name) => {
    const [dir, stem] = [isFolder ? folder : path.dirname(file), name.replace(/\.go$/, "")];
    writeFileSync(config, known);
    const object = path.join(work, `${stem}.a`);
    const own = flags.some((flag) => flag.startsWith("-p=")) ? [] : [`-p=${isFolder ? `test/${stem}` : "p"}`];
    const args = [
      "tool",
      "compile",
      "-e",
      "-D",
      "test",
      `-importcfg=${config}`,
      ...own,
      `-o=${object}`,
      ...flags,
      name,
    ];
    const { error, status, stdout, stderr } = spawnSync("go", args, {
      cwd: dir,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    if (error !== undefined) throw error;
    known += `packagefile test/${stem}=${object}\n`;
    return { file: path.join(dir, name), output: stdout + stderr, compiles: status === 0 };
  });
}
