/**
 * Adds up a profile's samples by lines of the workspace's own code: what a line allocates, what functions allocate that it
 * calls, and who calls it.
 */
import { addTo, type Amount, nothing, plus } from "./amount.js";
import type { CodeLocation, Frame, MemorySample } from "./decodedProfile.js";
import { shortFunctionName } from "./functionNames.js";
import type { OwnCode } from "./ownCode.js";

/** What was allocated on a line, by what tells its sites apart. */
export interface Part {
  /** Functions (`errors.New`) inlined on the line, the one that allocates first; none for the line's own expressions. */
  readonly inlined: readonly string[];
  /** Of one object, as the allocator rounded it; 0 where it is not known. */
  readonly objectBytes: number;
  readonly amount: Amount;
}

/** One line of the workspace's own code, as it was numbered when the program was built. */
export interface ProfileLine {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** As the runtime names it. */
  readonly function: string;
  readonly startLine: number;
  /** What the machine code of this line allocates. */
  readonly parts: ReadonlyMap<string, Part>;
  /** What functions inlined here allocate that have a line of their own in the workspace: counted there. */
  readonly inlinedParts: ReadonlyMap<string, Part>;
  /** By function, what code of others allocates that is called here. */
  readonly outside: ReadonlyMap<string, Amount>;
  /** By function, what own functions allocate on their lines that are called here and not inlined: counted there. */
  readonly callees: ReadonlyMap<string, Amount>;
  /** By own line that calls the function, what this line allocates for it; `""` for the rest. */
  readonly callers: ReadonlyMap<string, Amount>;
  /** What it allocates itself, and what is in `outside`. */
  readonly amount: Amount;
  /** The same in the profiles of before; nothing where there are none. */
  readonly before: Amount;
}

export interface ProfileSums {
  readonly total: Amount;
  /** Allocated by machine code of the workspace. */
  readonly own: Amount;
  /** Allocated by code of others, below a line of the workspace. */
  readonly called: Amount;
  readonly before: Amount;
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
type Line = Mutable<Omit<ProfileLine, "parts" | "inlinedParts" | "outside" | "callees" | "callers">> & {
  readonly parts: Map<string, Part>;
  readonly inlinedParts: Map<string, Part>;
  readonly outside: Map<string, Amount>;
  readonly callees: Map<string, Amount>;
  readonly callers: Map<string, Amount>;
};

/** What is asked of a location again and again. */
interface Traits {
  readonly isRuntime: boolean;
  /** Index of the innermost own frame; -1 without any. */
  readonly inner: number;
  /** Of its functions. */
  readonly names: readonly string[];
}

/** Entries of one line that are told apart. */
const bound = { limit: 100, rest: "" } as const;

/** Parts of the runtime that other code's allocations go through. */
const ofRuntime = /^(?:runtime\.|internal\/(?:runtime|bytealg|abi)[/.]|reflect\.(?:unsafe_New|mallocgc))/;

export class ProfileLines {
  readonly #own: OwnCode;
  readonly #lines = new Map<string, Line>();
  readonly #locations = new WeakMap<CodeLocation, Traits>();
  #sums: Mutable<ProfileSums> = { total: nothing, own: nothing, called: nothing, before: nothing };

  constructor(own: OwnCode) {
    this.#own = own;
  }

  get sums(): ProfileSums {
    return this.#sums;
  }

  /** All lines, in no order. */
  all(): readonly ProfileLine[] {
    return [...this.#lines.values()];
  }

  /** Takes a sample; one of the profiles of before counts only there. */
  add({ stack, objects, bytes, objectBytes }: MemorySample, isBefore: boolean): void {
    const amount = { bytes, objects };
    const sums = this.#sums;
    if (isBefore) sums.before = plus(sums.before, amount);
    else sums.total = plus(sums.total, amount);
    const first = stack.findIndex((location) => !this.#traits(location).isRuntime);
    const index = stack.findIndex((location, at) => at >= first && this.#traits(location).inner >= 0);
    const location = stack[index];
    if (first < 0 || location === undefined) return;
    const { inner } = this.#traits(location);
    const frame = location[inner];
    const line = frame && this.#line(frame);
    if (line === undefined) return;
    if (isBefore) {
      line.before = plus(line.before, amount);
      return;
    }
    line.amount = plus(line.amount, amount);
    if (index === first) {
      sums.own = plus(sums.own, amount);
      this.#allocates(line, location, inner, { amount, objectBytes });
      this.#leads(line, stack.slice(index + 1), amount);
    } else {
      sums.called = plus(sums.called, amount);
      const callee = inner > 0 ? location[inner - 1] : stack[index - 1]?.at(-1);
      addTo(line.outside, shortFunctionName(callee?.function ?? ""), amount, bound);
    }
  }

  /** Found out once: a location is in many samples. */
  #traits(location: CodeLocation): Traits {
    let traits = this.#locations.get(location);
    if (traits === undefined) {
      traits = {
        isRuntime: location.every((frame) => ofRuntime.test(frame.function)),
        inner: location.findIndex((frame) => this.#own.fileOf(frame) !== undefined),
        names: location.map((frame) => shortFunctionName(frame.function)),
      };
      this.#locations.set(location, traits);
    }
    return traits;
  }

  #allocates(line: Line, location: CodeLocation, inner: number, part: Omit<Part, "inlined">): void {
    const { names } = this.#traits(location);
    addPart(line.parts, { ...part, inlined: names.slice(0, inner) });
    // The compiler tells of the allocation once more at each call that the function was inlined into.
    for (let outer = inner + 1; outer < location.length; outer++) {
      const frame = location[outer];
      const into = frame && this.#line(frame);
      if (into !== undefined) addPart(into.inlinedParts, { ...part, inlined: names.slice(0, outer) });
    }
  }

  /** To the next own call above: the one that pays for what the function allocates. */
  #leads(line: Line, above: readonly CodeLocation[], amount: Amount): void {
    const location = above.find((each) => this.#traits(each).inner >= 0);
    const frame = location?.[this.#traits(location).inner];
    const caller = frame && this.#line(frame);
    if (caller === undefined) return;
    addTo(line.callers, lineKey(caller), amount, bound);
    addTo(caller.callees, shortFunctionName(line.function), amount, bound);
  }

  #line(frame: Frame): Line | undefined {
    const file = this.#own.fileOf(frame);
    if (file === undefined) return undefined;
    const { line, startLine } = frame;
    const key = lineKey({ file, line });
    let found = this.#lines.get(key);
    if (found === undefined) {
      found = {
        ...{ file, line, function: frame.function, startLine, amount: nothing, before: nothing },
        ...{ parts: new Map<string, Part>(), inlinedParts: new Map<string, Part>() },
        ...{ outside: new Map<string, Amount>(), callees: new Map<string, Amount>() },
        callers: new Map<string, Amount>(),
      };
      this.#lines.set(key, found);
    }
    return found;
  }
}

/** Names a line in `callers`. */
export function lineKey({ file, line }: Pick<ProfileLine, "file" | "line">): string {
  return `${file}:${line}`;
}

function addPart(parts: Map<string, Part>, part: Part): void {
  const isFull = parts.size >= bound.limit;
  const objectBytes = isFull ? 0 : part.objectBytes;
  const key = `${part.inlined.join(" ")} ${objectBytes}`;
  const amount = plus(parts.get(key)?.amount ?? nothing, part.amount);
  parts.set(key, { inlined: part.inlined, objectBytes, amount });
}
