/** What a memory profile of Go says (github.com/google/pprof, proto/profile.proto), sample by sample. */
import { Function as PprofFunction, Location, Sample, ValueType } from "pprof-format";
import { ProfileError } from "./profileError.js";
import { type ProfileFile, readBytes } from "./profileSource.js";
import { FieldError, readFields } from "./protobufFields.js";

/** One function at one line: of a location the innermost first, inlined ones before the one that has the code. */
export interface Frame {
  /** As the runtime names it: `example.com/m/p.(*T).M`, `p.F.func1`, `p.G[...]`. */
  readonly function: string;
  /** As the compiler wrote it down: an absolute path, or with -trimpath one that begins with the import path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Line of the function's `func`; 0 where the profile does not tell (Go before 1.20). */
  readonly startLine: number;
}

/** Frames that share one machine instruction. Not empty. */
export type CodeLocation = readonly Frame[];

export interface MemorySample {
  /** From the allocator's caller outwards. */
  readonly stack: readonly CodeLocation[];
  readonly objects: number;
  readonly bytes: number;
  /** Of one object, as the allocator rounded it; 0 where the profile does not tell. */
  readonly objectBytes: number;
}

/** alloc: all that was allocated since the start; inuse: what was still in use. */
export type Metric = "alloc" | "inuse";

export interface ProfileHeader {
  /** When it was taken, in milliseconds since 1970; null where it does not tell. */
  readonly takenAt: number | null;
}

/** Field numbers of message Profile. */
const fields = { sampleType: 1, sample: 2, location: 4, function: 5, string: 6, time: 9 } as const;

/** Most bytes of one sample, location, function or string. */
const fieldLimit = 16 * 2 ** 20;

/** Most locations, functions and strings: what they take has to fit in memory. */
const tableLimit = 5_000_000;

/**
 * Reads a profile and hands out its samples one by one: nothing is held but the tables of functions and locations, so that
 * its size costs time alone. The file is read twice, because samples stand before the names that they use.
 *
 * Rejects with ProfileError, AbortError, and what `onSample` throws.
 */
export async function readMemoryProfile(
  profile: ProfileFile,
  metric: Metric,
  onSample: (sample: MemorySample) => void,
  signal: AbortSignal,
): Promise<ProfileHeader> {
  const { source } = profile;
  try {
    const tables = await readTables(profile, signal);
    const { objects, bytes } = valueIndexes(tables, metric, source);
    const wanted = new Set([fields.sample]);
    for await (const field of readFields(readBytes(profile, signal), wanted, fieldLimit)) {
      if (field.bytes === undefined) throw new FieldError("foreign");
      const sample = Sample.decode(field.bytes);
      const [objectCount, byteCount] = [signed(sample.value[objects]), signed(sample.value[bytes])];
      if (objectCount === 0 && byteCount === 0) continue;
      onSample({
        stack: sample.locationId.flatMap((id) => tables.locationOf(Number(id)) ?? []),
        objects: objectCount,
        bytes: byteCount,
        objectBytes: objectBytesOf(sample, tables),
      });
    }
    return { takenAt: tables.time === 0 ? null : Math.round(tables.time / 1e6) };
  } catch (error) {
    if (error instanceof FieldError) throw new ProfileError(error.problem, source);
    throw error;
  }
}

class Tables {
  readonly types: ValueType[] = [];
  readonly strings: string[] = [];
  readonly functions = new Map<number, PprofFunction>();
  readonly #locations = new Map<number, Location>();
  readonly #resolved = new Map<number, readonly [CodeLocation] | undefined>();
  time = 0;

  add(number: number, bytes: Uint8Array | undefined, value: number): void {
    if (number === fields.time) this.time = value;
    if (bytes === undefined) return;
    switch (number) {
      case fields.sampleType:
        this.types.push(ValueType.decode(bytes));
        break;
      case fields.string:
        this.strings.push(Buffer.from(bytes).toString());
        break;
      case fields.function: {
        const found = PprofFunction.decode(bytes);
        this.functions.set(Number(found.id), found);
        break;
      }
      case fields.location: {
        const found = Location.decode(bytes);
        this.#locations.set(Number(found.id), found);
        break;
      }
    }
  }

  get size(): number {
    return this.strings.length + this.functions.size + this.#locations.size;
  }

  get hasLocations(): boolean {
    return this.#locations.size > 0;
  }

  string(index: number | bigint): string {
    return this.strings[Number(index)] ?? "";
  }

  /** In a list, which is empty where the location has no names: code that is not Go's. */
  locationOf(id: number): readonly [CodeLocation] | undefined {
    if (this.#resolved.has(id)) return this.#resolved.get(id);
    const location = this.#locations.get(id);
    const frames = location?.line.flatMap(({ functionId, line }) => {
      const found = this.functions.get(Number(functionId));
      if (found === undefined) return [];
      const { name, filename, startLine } = found;
      const names = { function: this.string(name), file: this.string(filename) };
      return [{ ...names, line: Number(line), startLine: Number(startLine) }];
    });
    const resolved = frames === undefined || frames.length === 0 ? undefined : ([frames] as const);
    this.#resolved.set(id, resolved);
    return resolved;
  }
}

async function readTables(profile: ProfileFile, signal: AbortSignal): Promise<Tables> {
  const tables = new Tables();
  for await (const { number, bytes, value } of readFields(
    readBytes(profile, signal),
    new Set<number>(Object.values(fields).filter((number) => number !== fields.sample)),
    fieldLimit,
  )) {
    tables.add(number, bytes, value);
    if (tables.size > tableLimit) throw new ProfileError("too-large", profile.source);
  }
  // The first string of every profile is the empty one (profile.proto, string_table).
  if (tables.types.length === 0 || tables.strings[0] !== "")
    throw new ProfileError("foreign", profile.source);
  return tables;
}

/** Which values of a sample count objects and bytes (runtime/pprof, writeHeapProto). */
function valueIndexes(tables: Tables, metric: Metric, source: string): { objects: number; bytes: number } {
  const names = tables.types.map(({ type }) => tables.string(type));
  const [objects, bytes] = [names.indexOf(`${metric}_objects`), names.indexOf(`${metric}_space`)];
  if (objects < 0 || bytes < 0) throw new ProfileError("not-memory", source, names.join(", "));
  return { objects, bytes };
}

/** The label `bytes` of runtime/pprof. */
function objectBytesOf({ label }: Sample, tables: Tables): number {
  for (const { key, num } of label) if (tables.string(key) === "bytes") return signed(num);
  return 0;
}

/** What profiles are subtracted from others is below zero. */
function signed(value: number | bigint | undefined): number {
  return typeof value === "bigint" ? Number(BigInt.asIntN(64, value)) : (value ?? 0);
}
