/** The packages that editing is timed on: of different size, from the standard library and from real modules. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { isGenerated } from "../../../server/src/syntax/generated.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { realModule } from "../../harness/realModule.js";
import { operands } from "./options.js";
import { standardModule } from "./standardModule.js";

export interface Subject {
  /** As it was asked for: `net/http`, `module@version`, `module@version/folder`. */
  readonly name: string;
  /** Folder of the package (absolute). */
  readonly dir: string;
  /** Folder of its module (absolute). */
  readonly root: string;
  /** Lines of the files that are compiled, tests not counted. */
  readonly lines: number;
  /** The largest of these files (absolute) that a person wrote, and its text as it was found. */
  readonly file: string;
  readonly text: string;
}

const usual: readonly string[] = [
  "text/template",
  "encoding/json",
  "go/types",
  "net/http",
  "github.com/go-chi/chi/v5@v5.2.1",
  "github.com/yuin/goldmark@v1.7.8/parser",
  "github.com/klauspost/compress@v1.17.11/zstd",
];

/**
 * Makes the subjects that the command line names, else the usual ones. Modules are built once plainly, so that what is
 * timed is about the package alone; tests of the real modules take part where a tool looks at tests.
 */
export function makeSubjects(fallback: readonly string[] = usual): {
  readonly subjects: readonly Subject[];
  readonly dispose: () => void;
} {
  const names = operands.length > 0 ? operands : fallback;
  const standard = standardModule(
    path.basename(process.argv[1] ?? "", ".mjs"),
    names.filter((name) => !name.includes("@")),
  );
  if (standard.left.length > 0) throw new Error(`Cannot be copied: ${standard.left.join(" ")}`);
  const modules = new Map<string, ReturnType<typeof realModule>>();
  const subjects = names.map((name) => {
    const [, module = "", folder = ""] = /^(.*@[^/]*)\/?(.*)$/.exec(name) ?? [];
    if (module === "") return subjectOf(name, standard.folderOf(name), standard.dir);
    const real = modules.get(module) ?? realModule(module);
    modules.set(module, real);
    execFileSync("go", ["build", "./..."], { cwd: real.dir, stdio: "pipe" });
    return subjectOf(name, path.join(real.dir, folder), real.dir);
  });
  return {
    subjects,
    dispose() {
      for (const each of modules.values()) each.dispose();
    },
  };
}

/** The package in the folder `dir` of the module in `root` (absolute). */
export function subjectOf(name: string, dir: string, root: string): Subject {
  const format = "{{range .GoFiles}}{{.}}\n{{end}}";
  const listed = execFileSync("go", ["list", "-f", format, "."], { cwd: dir, encoding: "utf8" });
  const files = listed
    .split("\n")
    .filter((each) => each !== "")
    .map((each) => path.join(dir, each));
  const texts = new Map(files.map((each) => [each, readFileSync(each, "utf8")]));
  const [largest] = [...texts]
    .filter(([, text]) => !isGenerated(new SourceText(text)))
    .sort(([, one], [, other]) => other.length - one.length);
  if (largest === undefined) throw new Error(`${name} has no Go files that a person wrote.`);
  const lines = [...texts.values()].reduce((sum, text) => sum + text.split("\n").length - 1, 0);
  const [file, text] = largest;
  return { name, dir, root, lines, file, text };
}
