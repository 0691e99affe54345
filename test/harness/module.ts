/** Throw-away Go modules for tests, outside the checkout. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ownChange } from "./untouched.js";

export interface TestModule {
  readonly dir: string;
  /** Absolute path of a file of the module. */
  path(relative: string): string;
  write(relative: string, contents: string | Uint8Array): string;
  dispose(): void;
}

/**
 * Makes a folder with the given files (paths with slashes). A go.mod for `example.com/m` at Go 1.21 is added unless the
 * files have their own (an empty one means none). `name` may hold spaces and other characters that paths can have.
 */
export function testModule(files: Readonly<Record<string, string | Uint8Array>>, name = "m"): TestModule {
  const base = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-test-")));
  const dir = path.join(base, name);
  const module: TestModule = {
    dir,
    path: (relative) => path.join(dir, ...relative.split("/")),
    write(relative, contents) {
      const file = module.path(relative);
      ownChange(file, () => {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, contents);
      });
      return file;
    },
    dispose: () => {
      rmSync(base, { recursive: true, force: true });
    },
  };
  for (const [relative, contents] of Object.entries({
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    ...files,
  })) {
    if (contents.length > 0) module.write(relative, contents);
  }
  return module;
}
