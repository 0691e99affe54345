/** Sources with what the compiler says of them: something real to be damaged. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { FactCollector, type HeapMessage } from "../../../server/src/compiler/fileFacts.js";
import { OutputParser } from "../../../server/src/compiler/outputParser.js";
import { testModule } from "../module.js";

export interface CompiledSource {
  readonly source: string;
  /** Text of `-m=2`. */
  readonly text: string;
  readonly messages: readonly HeapMessage[];
}

/** Compiles one file alone in a module of Go 1.21. Throws where it does not compile. */
export function compiledSource(source: string): CompiledSource {
  const module = testModule({ "a.go": source });
  try {
    const text = compilerText(module.dir, ["."]);
    const parser = new OutputParser((printed) => path.resolve(module.dir, printed));
    const collector = new FactCollector();
    for (const fact of [...parser.push(text), ...parser.end()]) collector.add(fact);
    return { source, text, messages: collector.of(module.path("a.go")).heap };
  } finally {
    module.dispose();
  }
}

/** What a build of the packages prints, run in a folder (absolute path). Throws where they do not compile. */
export function compilerText(cwd: string, patterns: readonly string[]): string {
  const env = { ...process.env, GOFLAGS: "", GOWORK: "off" };
  const options = { cwd, encoding: "utf8", maxBuffer: 2 ** 29, env } as const;
  const { status, stderr } = spawnSync("go", ["build", "-gcflags=-m=2", ...patterns], options);
  if (status !== 0) throw new Error(stderr);
  return stderr;
}
