/** `escapelens test` through the real compilers of two versions of Go. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { afterEach, describe, it } from "mocha";
import { type TestModule, testModule } from "../harness/module.js";
import { escapelens, said } from "./tool.js";

const source = `package p

func A() *int { x := 1; return &x } // want "^return-address: moved to heap: x$"

func B(n int) int {
	b := make([]byte, n) // want:!go1.25 \`make\\(\\[\\]byte, n\\) escapes to heap\`
	return len(b)
}

func C() int { y := 1; return y }
`;

describe("escapelens test", () => {
  let module: TestModule;

  afterEach(() => {
    module.dispose();
  });

  const run = (...args: readonly string[]) => escapelens(["test", ...args], { cwd: module.dir });

  it("says of each version of Go whether all is as expected", () => {
    // The tool itself downloads nothing.
    const versionOf = (env: NodeJS.ProcessEnv) =>
      execFileSync("go", ["env", "GOVERSION"], { env: { ...process.env, ...env }, encoding: "utf8" }).trim();
    const versions = [versionOf({ GOTOOLCHAIN: "go1.24.4" }), versionOf({ GOTOOLCHAIN: "local" })];
    module = testModule({ "p/p.go": source, "q/q.go": "package q\n\nfunc F() *int { z := 1; return &z }\n" });
    const { stdout, status, stderr } = run(...versions.map((version) => `--go=${version}`));
    assert.equal(status, 0, stdout + stderr);
    const told = ["2 of 2", "1 of 1"].map(
      (counts, index) => `ok   ${versions[index] ?? ""}: as expected: ${counts}, files: 1\n`,
    );
    assert.equal(stdout.replaceAll(/ \w+\/\w+:/g, ":"), told.join(""));
  });

  it("names what is missing and what nobody expects, with status 1", () => {
    module = testModule({
      "p/p.go":
        source.replace("return y }", 'return y } // want "y"') + "\nfunc D() *int { z := 1; return &z }\n",
    });
    const { stdout, status } = run();
    assert.equal(status, 1);
    assert.match(stdout, /^p\/p\.go:10: expected, and not there: "y"$/m);
    assert.match(stdout, /^p\/p\.go:12: not expected: return-address: moved to heap: z$/m);
    assert.match(stdout, /^FAIL go1\.\d+/m);
    const { builds } = JSON.parse(run("--format=json").stdout) as {
      builds: { expected: number; met: number; failures: unknown[] }[];
    };
    assert.deepEqual(
      builds.map(({ failures }) => failures),
      [
        [
          { file: "p/p.go", line: 10, kind: "missing", text: '"y"' },
          { file: "p/p.go", line: 12, kind: "unexpected", text: "return-address: moved to heap: z" },
        ],
      ],
    );
  });

  it("refuses what cannot be read and what expects nothing, with status 2, and what does not compile, with 3", () => {
    module = testModule({ "p/p.go": "package p // want moved\n" });
    assert.equal(run().status, 2);
    assert.match(said(run()), /^p\/p\.go:1: \/\/ want moved: /);
    module.write("p/p.go", "package p\n");
    assert.equal(run().status, 2);
    module.write("p/p.go", 'package p\n\nvar x int = y // want "x"\n');
    assert.equal(run().status, 3);
  });
});
