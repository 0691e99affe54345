/** Whether code of other packages can allocate: read from the machine code that the build has of them, package by package. */
import { spawnSync } from "node:child_process";
import { allocatorOf } from "../../server/src/evidence/allocators.js";

interface FunctionCode {
  /** What it calls by name, and the functions that it takes the values of. */
  readonly named: Set<string>;
  /** It calls a method of an interface value: nothing here tells whose. */
  callsMethods: boolean;
}

export class OtherPackages {
  readonly #root: string;
  /** Archives by import path. */
  readonly #archives: ReadonlyMap<string, string>;
  readonly #packages = new Map<string, ReadonlyMap<string, FunctionCode>>();

  /** `root`: folder of the module whose dependencies are asked for, as they are built under the tags. */
  constructor(root: string, tags: string) {
    this.#root = root;
    const format = "{{.ImportPath}}\t{{.Export}}";
    const listed = run("go", ["list", "-export", "-deps", `-tags=${tags}`, "-f", format, "./..."], root);
    const pairs = listed.split("\n").map((line) => line.split("\t"));
    this.#archives = new Map(pairs.map(([importPath = "", archive = ""]) => [importPath, archive]));
  }

  /**
   * Whether nothing that the functions lead to calls the allocator. Function values are taken to be those that code on the
   * way takes the address of; the runtime's own functions that are no allocators are taken not to allocate.
   */
  neverAllocate(starts: readonly string[]): boolean {
    const seen = new Set<string>();
    const waiting = starts.map((name) => ({ name, caller: name }));
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { name, caller } = next;
      if (seen.has(name)) continue;
      seen.add(name);
      if (allocatorOf(name) !== undefined) return false;
      if (isOfRuntime(name)) continue;
      // Who calls a generic function has a copy of it.
      const own = this.#packageOf(name).get(name);
      const code = own ?? this.#packageOf(caller).get(name);
      if (code === undefined || code.callsMethods) return false;
      waiting.push(
        ...[...code.named].map((each) => ({ name: each, caller: own === undefined ? caller : name })),
      );
    }
    return true;
  }

  #packageOf(symbol: string): ReadonlyMap<string, FunctionCode> {
    const bare = symbol.replace(/\[.*$/s, "");
    const importPath = bare.slice(0, bare.indexOf(".", bare.lastIndexOf("/") + 1));
    const known = this.#packages.get(importPath);
    if (known !== undefined) return known;
    const archive = this.#archives.get(importPath) ?? "";
    const read =
      archive === ""
        ? new Map<string, never>()
        : functionsOf(run("go", ["tool", "objdump", archive], this.#root));
    this.#packages.set(importPath, read);
    return read;
  }
}

/** Its own, and those that other packages know by names of their own (`sync.runtime_SemacquireMutex`). */
function isOfRuntime(symbol: string): boolean {
  return /^(?:runtime|internal\/runtime\/\w+)\.|\.(?:runtime_\w+|throw|fatal)$/.test(symbol);
}

/** The functions in the text of `go tool objdump` for amd64. */
function functionsOf(text: string): Map<string, FunctionCode> {
  const functions = new Map<string, FunctionCode>();
  let current: FunctionCode | undefined;
  /** From where each register was loaded last: the offset. */
  let loads = new Map<string, string>();
  for (const line of text.split("\n")) {
    const header = /^TEXT (.+?)(?:<\w+>)?\(SB\)/.exec(line)?.[1];
    if (header !== undefined) {
      current = functions.get(header) ?? { named: new Set(), callsMethods: false };
      functions.set(header, current);
      loads = new Map();
    }
    const [, called, taken] = /R_CALL:(\S+?)(?:<\d+>)?$|R_PCREL:(\S+)·f\b/.exec(line.trim()) ?? [];
    const name = called ?? taken;
    if (name !== undefined) current?.named.add(name);
    const [, offset = "", register = ""] = /\tMOVQ (?:0x)?([\da-f]+)\(\w+\), (\w+)/.exec(line) ?? [];
    if (register !== "") loads.set(register, offset);
    // The code of a function value is its first word (cmd/compile/abi-internal.md); methods come behind it in their table.
    const value = /\tCALL (\w+)\s+\[\S+\]R_CALLIND/.exec(line)?.[1];
    if (current !== undefined && value !== undefined && loads.get(value) !== "0") current.callsMethods = true;
  }
  return functions;
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return stdout;
}
