/** Profiles for tests, written with the library that reads them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import {
  Function as PprofFunction,
  Line,
  Location,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from "pprof-format";

/** `function file:line`, the innermost first; those of one location are joined by ` < `. */
export interface WrittenSample {
  readonly stack: readonly string[];
  readonly objects: number;
  readonly bytes: number;
}

const valueNames = ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"];

/** A profile as Go's runtime writes it, not packed. `startLines` are by function. */
export function profileBytes(
  samples: readonly WrittenSample[],
  startLines: Readonly<Record<string, number>> = {},
  types: readonly string[] = valueNames,
): Buffer {
  const strings = new StringTable();
  const functions = new Map<string, PprofFunction>();
  const locations = new Map<string, Location>();
  const lineOf = (text: string) => {
    const [, name = "", file = "", line = ""] = /^(\S+) (.*):(\d+)$/.exec(text) ?? [];
    const key = `${name} ${file}`;
    const known =
      functions.get(key) ??
      new PprofFunction({
        ...{ id: functions.size + 1, name: strings.dedup(name), systemName: strings.dedup(name) },
        ...{ filename: strings.dedup(file), startLine: startLines[name] ?? 0 },
      });
    functions.set(key, known);
    return new Line({ functionId: known.id, line: Number(line) });
  };
  const locationOf = (text: string) => {
    const known =
      locations.get(text) ?? new Location({ id: locations.size + 1, line: text.split(" < ").map(lineOf) });
    locations.set(text, known);
    return known.id;
  };
  const sample = samples.map(
    ({ stack, objects, bytes }) =>
      new Sample({
        locationId: stack.map(locationOf),
        value: types.map((name) => (name.endsWith("_objects") ? objects : bytes)),
        label: [{ key: strings.dedup("bytes"), num: Math.round(bytes / objects) }],
      }),
  );
  const profile = new Profile({
    sampleType: types.map(
      (name) => new ValueType({ type: strings.dedup(name), unit: strings.dedup("count") }),
    ),
    sample,
    location: [...locations.values()],
    function: [...functions.values()],
    timeNanos: 1_700_000_000_000_000_000n,
    stringTable: strings,
  });
  return Buffer.from(profile.encode());
}

/** A folder with files, for the time of a test. */
export function profileFolder(files: Readonly<Record<string, Buffer | string>>): {
  readonly dir: string;
  dispose(): void;
} {
  const dir = mkdtempSync(path.join(tmpdir(), "escape-lens-profiles-"));
  for (const [name, contents] of Object.entries(files)) writeFileSync(path.join(dir, name), contents);
  return {
    dir,
    dispose: () => {
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export function packed(bytes: Buffer): Buffer {
  return gzipSync(bytes);
}

/** A profile of so many MB, with stacks as deep as those of a server, and how many samples it has. */
export function largeProfile(megabytes: number): { readonly contents: Buffer; readonly count: number } {
  const stack = Array.from(
    { length: 24 },
    (_, index) => `example.com/m/p${index}.F /m/p${index}/p.go:${index + 7}`,
  );
  const head = profileBytes([{ stack, objects: 3, bytes: 48 }]);
  const locationId = stack.map((_, index) => index + 1);
  const label = [{ key: 1, num: 16 }];
  const one = new Sample({ locationId, value: [100_000, 1_600_000, 20, 320], label }).encode();
  const field = Buffer.concat([Buffer.from([0x12, one.length]), one]);
  const count = Math.ceil((megabytes * 2 ** 20) / field.length);
  return { contents: Buffer.concat([head, Buffer.alloc(field.length * count, field)]), count: count + 1 };
}
