/** The newest analysis of each package that somebody has open: each of them holds the texts of a package. */
import type { AnalyzedPackage } from "./analyzer.js";

export class OpenPackages {
  readonly #openFiles: () => readonly string[];
  readonly #byFile = new Map<string, AnalyzedPackage>();

  /** `openFiles`: absolute paths of the files that are open now. */
  constructor(openFiles: () => readonly string[]) {
    this.#openFiles = openFiles;
  }

  /** Takes a newer analysis; one of a package without an open file is not kept. */
  put(analyzed: AnalyzedPackage): void {
    if (!this.#isOpen(analyzed)) return;
    for (const file of analyzed.snapshot.files.keys()) this.#byFile.set(file, analyzed);
  }

  /** The analysis that has the file (absolute path), which itself need not be open. */
  of(file: string): AnalyzedPackage | undefined {
    return this.#byFile.get(file);
  }

  /** Lets go of packages of which no file is open any more. */
  prune(): void {
    for (const [file, analyzed] of this.#byFile) if (!this.#isOpen(analyzed)) this.#byFile.delete(file);
  }

  #isOpen({ snapshot }: AnalyzedPackage): boolean {
    return this.#openFiles().some((file) => snapshot.files.has(file));
  }
}
