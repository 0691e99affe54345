/** Who calls whom in one package's assembly, read the simplest way there is: for tests of what a program does. */
import { allocatorOf } from "../../server/src/evidence/allocators.js";

export interface CallGraph {
  /** Symbols that the start can reach by calls and mentions, itself included. */
  readonly reachable: ReadonlySet<string>;
  /** Closures that a variable can hold which these call values from, and what they reach. */
  readonly possible: ReadonlySet<string>;
  /** Functions of other packages that these call, or that their interface values have as methods. */
  readonly outside: ReadonlySet<string>;
}

interface Symbol {
  /** All that its code or data names. */
  readonly mentions: Set<string>;
  /** What its code calls by name. */
  readonly calls: Set<string>;
  /** Whether it is the value of a package variable, and not code. */
  readonly isVariable: boolean;
  /** Whether it has the size of a pointer, as function values have. */
  readonly isWord: boolean;
  /** Whether its code calls what a register holds: a method of an interface value, or a function value. */
  callsValues: boolean;
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
      const [, name, section = ""] =
        /^(.*?)(?:<\d+>)? S(TEXT|RODATA|(?:NOPTR)?(?:DATA|BSS)) /.exec(line) ?? [];
      // A descriptor names all methods of its type, whoever calls them.
      this.#current =
        name === undefined || name.startsWith("type:")
          ? undefined
          : this.#symbol(name, /^(?:NOPTR)?(?:DATA|BSS)$/.test(section), / size=8\b/.test(line));
      return;
    }
    const relocated = /^\trel \S+ t=\S+ (.+?)(?:<\d+>)?[+-]\d+$/.exec(line)?.[1];
    if (relocated !== undefined) this.#current?.mentions.add(relocated.replace(/·f$/, ""));
    const called = /\)\tCALL\t(.+)\(SB\)$/.exec(line)?.[1];
    if (called !== undefined) this.#current?.calls.add(called);
    if (this.#current !== undefined && line.includes(" t=R_CALLIND ")) this.#current.callsValues = true;
  }

  #symbol(name: string, isVariable: boolean, isWord: boolean): Symbol {
    const symbol = this.#symbols.get(name) ?? {
      mentions: new Set(),
      calls: new Set(),
      isVariable,
      isWord,
      callsValues: false,
    };
    this.#symbols.set(name, symbol);
    return symbol;
  }

  /** Whether it is code of another package's generic function, which this one has a copy of, and calls the allocator. */
  isForeignInstance(name: string, importPath: string): boolean {
    if (!isFunction(name) || name.startsWith(`${importPath}.`)) return false;
    return [...(this.#symbols.get(name)?.calls ?? [])].some((called) => allocatorOf(called) !== undefined);
  }

  /**
   * Calls through a register lead to what is mentioned: the closures and methods that the program makes values of, and
   * where there are such calls, the methods of what lies in package variables.
   */
  from(start: string): CallGraph {
    const known = this.#walk(start, false);
    if (!this.#callsValues(known.reachable)) return known;
    const more = this.#walk(start, true);
    const made = [...more.reachable].flatMap((name) => this.#setAtStart(name));
    const walks = made.filter((name) => !more.reachable.has(name)).map((name) => this.#walk(name, true));
    return {
      reachable: more.reachable,
      possible: new Set(walks.flatMap(({ reachable }) => [...reachable])),
      outside: new Set([more, ...walks].flatMap(({ outside }) => [...outside])),
    };
  }

  #callsValues(names: ReadonlySet<string>): boolean {
    return [...names].some((name) => this.#symbols.get(name)?.callsValues === true);
  }

  /** The closures that the package's initialization makes, if it sets the variable of the size of a function value. */
  #setAtStart(variable: string): string[] {
    const symbol = this.#symbols.get(variable);
    if (symbol?.isVariable !== true || !symbol.isWord) return [];
    return [...this.#symbols].flatMap(([name, { mentions }]) =>
      name.endsWith(".init") && mentions.has(variable)
        ? [...mentions].filter((each) => /\.func\d+$/.test(each))
        : [],
    );
  }

  #walk(start: string, followsVariables: boolean): CallGraph {
    const reachable = new Set<string>();
    const outside = new Set<string>();
    const ofVariables = new Set<string>();
    const waiting = [start];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const symbol = this.#symbols.get(name);
      if (reachable.has(name) || symbol === undefined) continue;
      reachable.add(name);
      if (symbol.isVariable) {
        if (!followsVariables) continue;
        waiting.push(...[...symbol.mentions].filter((each) => each.startsWith("go:itab.")));
        continue;
      }
      waiting.push(...symbol.mentions);
      // Which of the methods that lie in variables are called, nothing tells: those of other packages are left out.
      if (ofVariables.has(name)) continue;
      const named = name.startsWith("go:itab.") ? symbol.mentions : symbol.calls;
      for (const other of named) if (!this.#symbols.has(other) && isFunction(other)) outside.add(other);
    }
    return { reachable, possible: new Set(), outside };
  }
}

function isFunction(symbol: string): boolean {
  return !/^(?:type:|go:|runtime\.)/.test(symbol);
}
