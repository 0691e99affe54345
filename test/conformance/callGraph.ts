/** Who calls whom in one package's assembly, read the simplest way there is: for tests of what a program does. */
import { allocatorOf } from "../../server/src/evidence/allocators.js";

export interface CallGraph {
  /** Symbols that the start can reach by calls and mentions, itself included. */
  readonly reachable: ReadonlySet<string>;
  /** Functions of other packages that these call, or that their interface values have as methods. */
  readonly outside: ReadonlySet<string>;
}

interface Symbol {
  /** All that its code or data names. */
  readonly mentions: Set<string>;
  /** What its code calls by name. */
  readonly calls: Set<string>;
}

export class CallGraphReader {
  readonly #symbols = new Map<string, Symbol>();
  #tail = "";
  #current: Symbol | undefined;

  push(chunk: string): void {
    const lines = (this.#tail + chunk).split("\n");
    this.#tail = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    if (!line.startsWith("\t")) {
      const name = /^(.*?)(?:<\d+>)? S(?:TEXT|RODATA) /.exec(line)?.[1];
      // A descriptor names all methods of its type, whoever calls them.
      this.#current = name === undefined || name.startsWith("type:") ? undefined : this.#symbol(name);
      return;
    }
    const relocated = /^\trel \S+ t=\S+ (.+?)(?:<\d+>)?[+-]\d+$/.exec(line)?.[1];
    if (relocated !== undefined) this.#current?.mentions.add(relocated.replace(/·f$/, ""));
    const called = /\)\tCALL\t(.+)\(SB\)$/.exec(line)?.[1];
    if (called !== undefined) this.#current?.calls.add(called);
  }

  #symbol(name: string): Symbol {
    const symbol = this.#symbols.get(name) ?? { mentions: new Set(), calls: new Set() };
    this.#symbols.set(name, symbol);
    return symbol;
  }

  /** Whether it is code of another package's generic function, which this one has a copy of, and calls the allocator. */
  isForeignInstance(name: string, importPath: string): boolean {
    if (!isFunction(name) || name.startsWith(`${importPath}.`)) return false;
    return [...(this.#symbols.get(name)?.calls ?? [])].some((called) => allocatorOf(called) !== undefined);
  }

  /** Calls through a register lead to what is mentioned: the closures and methods that the program makes values of. */
  from(start: string): CallGraph {
    const reachable = new Set<string>();
    const outside = new Set<string>();
    const waiting = [start];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const symbol = this.#symbols.get(name);
      if (reachable.has(name) || symbol === undefined) continue;
      reachable.add(name);
      waiting.push(...symbol.mentions);
      const named = name.startsWith("go:itab.") ? symbol.mentions : symbol.calls;
      for (const other of named) if (!this.#symbols.has(other) && isFunction(other)) outside.add(other);
    }
    return { reachable, outside };
  }
}

function isFunction(symbol: string): boolean {
  return !/^(?:type:|go:|runtime\.)/.test(symbol);
}
