/** Lays out one direct compile: unsaved buffers under their real names, the sentinel, the configurations, the words. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { importConfig, isGenerated, type CompilePlan } from "../go/compilePlan.js";
import type { Overlays } from "../go/packages.js";
import { type Finish, sentinelFileName, sentinelText } from "./sentinel.js";

export interface CompileInputs {
  /** Arguments of the compiler but for those about messages. */
  readonly args: readonly string[];
  /** Absolute path of the sentinel's file. */
  readonly sentinelFile: string;
  /** Absolute folder of the copies, of unsaved buffers and others: errors, unlike messages, name files in there. */
  readonly copies: string;
  /** Absolute path of the object that the compiler writes if it runs to its end. */
  readonly objectFile: string;
}

/**
 * Writes the inputs into an empty folder of ours. Messages name the files relative to the package's folder: -trimpath
 * replaces that one, whose name may hold what looks like a position, and the folder of the copies
 * (cmd/internal/objabi/line.go, ApplyRewrites). The object is a file, never the null device: after an error the
 * compiler removes what it was writing to. Throws the system's error where something cannot be written.
 *
 * @param replaced Absolute paths of export data in place of the recorded ones, by package path.
 * @param finish When the compiler is to end.
 */
export function writeCompileInputs(
  folder: string,
  plan: CompilePlan,
  overlays: Overlays,
  replaced: ReadonlyMap<string, string>,
  finish: Finish,
): CompileInputs {
  const copies = path.join(folder, "overlay");
  const sources = plan.sources.map((file, index) => {
    if (overlays.has(file)) return path.join(copies, path.basename(file));
    // In Go's cache they have lost the name that allows them cgo's own directives (noder.go, isCgoGeneratedFile).
    return isGenerated(file) ? path.join(copies, `_cgo_${index}.go`) : file;
  });
  const moved = plan.sources.flatMap((file, index) => {
    const to = sources[index] ?? file;
    return to === file ? [] : [{ file, to }];
  });
  const importFile = path.join(folder, "importcfg");
  const embedFile = path.join(folder, "embedcfg");
  const sentinelFile = path.join(folder, sentinelFileName);
  if (moved.length > 0) mkdirSync(copies);
  for (const { file, to } of moved) writeCopy(file, to, overlays.get(file));
  writeFileSync(importFile, importConfig(plan, replaced));
  writeFileSync(sentinelFile, sentinelText(plan.name, finish));
  if (plan.embedConfig !== null) writeFileSync(embedFile, plan.embedConfig);
  const objectFile = path.join(folder, "object.a");
  const args = [
    `-o=${objectFile}`,
    "-pack",
    `-trimpath=${copies}=>.;${plan.dir}=>.`,
    ...plan.flags,
    // Nobody debugs the object: the same messages and the same code in an eighth less time, and a sixth less of -S.
    "-dwarf=false",
    `-importcfg=${importFile}`,
    ...(plan.embedConfig === null ? [] : [`-embedcfg=${embedFile}`]),
  ];
  return { args: [...args, "--", sentinelFile, ...sources], sentinelFile, copies, objectFile };
}

function writeCopy(file: string, to: string, unsaved: string | undefined): void {
  if (unsaved === undefined) copyFileSync(file, to);
  else writeFileSync(to, unsaved);
}
