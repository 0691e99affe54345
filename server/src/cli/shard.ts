/** Parts of a project for several machines: each takes the same decision on its own. */
import { stat } from "node:fs/promises";
import type { GoPackage } from "../go/packages.js";

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Reads `3/8`; undefined for anything else. */
export function parseShard(text: string): Shard | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const shard = { index: Number(match?.[1]), count: Number(match?.[2]) };
  return match !== null && shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}

/**
 * The packages of a shard, of about as many bytes of source as every other one's: the largest are handed out first, each to
 * the shard that has least. The same checkout gives the same parts on every machine.
 */
export async function shardOf(packages: readonly GoPackage[], shard: Shard): Promise<GoPackage[]> {
  const sizes = await Promise.all(packages.map(sizeOf));
  const order = packages
    .map((entry, index) => ({ entry, size: sizes[index] ?? 0 }))
    .sort((a, b) => b.size - a.size || (a.entry.importPath < b.entry.importPath ? -1 : 1));
  const loads = new Array<number>(shard.count).fill(0);
  const mine = new Set<GoPackage>();
  for (const { entry, size } of order) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least] = (loads[least] ?? 0) + size + 1;
    if (least === shard.index - 1) mine.add(entry);
  }
  return packages.filter((entry) => mine.has(entry));
}

async function sizeOf({ variants }: GoPackage): Promise<number> {
  const files = new Set(variants.flatMap((variant) => variant.files));
  const sizes = await Promise.all(
    [...files].map(async (file) => (await stat(file).catch(() => undefined))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
