/** The programs that verdicts are compared with: folders as they are, or one file in the format of txtar (golang.org/x/tools/txtar). */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Puts the programs into the folder `root` as one module, a package each with bad.go and good.go, or single.go; other files of one version end in its name, such as table_bad.go. */
export function placePrograms(source: string, root: string): void {
  if (!source.endsWith(".txtar")) {
    cpSync(source, root, { recursive: true });
    return;
  }
  writeFileSync(path.join(root, "go.mod"), "module programs\n\ngo 1.23\n");
  const parts = readFileSync(source, "utf8").split(/^-- (\S+) --$/m);
  for (let index = 1; index < parts.length; index += 2) {
    const file = path.join(root, parts[index] ?? "");
    const constraint = constraints[/(bad|good)\.go$/.exec(path.basename(file))?.[1] ?? ""] ?? "";
    mkdirSync(path.dirname(file), { recursive: true });
    const text = `${(parts[index + 1] ?? "").trimEnd()}\n`;
    writeFileSync(file, file.endsWith(".go") ? `${constraint}package p\n${text}` : text);
    writeFileSync(path.join(path.dirname(file), "op_test.go"), test);
  }
}

/** Whether the program in the folder has a version under these build tags that it has not without. */
export function hasVersion(folder: string, tags: string): boolean {
  return tags === "" || existsSync(path.join(folder, `${tags}.go`));
}

const constraints: Readonly<Record<string, string>> = {
  bad: "//go:build !good\n\n",
  good: "//go:build good\n\n",
};

const test = `package p

import "testing"

func TestAllocs(t *testing.T) { t.Logf("ALLOCS=%v", testing.AllocsPerRun(1000, Op)) }
`;
