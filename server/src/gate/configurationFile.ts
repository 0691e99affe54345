/** Finds the configuration of a folder on disk. */
import { readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { type Configuration, parseConfiguration } from "./configuration.js";

export const configurationName = ".escapelens.json";

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  /** Absolute folder that its paths are relative to. */
  readonly folder: string;
}

/** The file holds something else than a configuration. */
export class ConfigurationError extends Error {}

/**
 * Loads the configuration for a folder: `file` (relative to it) where one is given, else `.escapelens.json` in it or in
 * the nearest folder above, up to the one that holds `.git`. Without a file nothing is configured. Throws
 * ConfigurationError, and what reading the file throws.
 */
export async function loadConfiguration(
  folder: string,
  file: string | undefined,
): Promise<LoadedConfiguration> {
  const found = file === undefined ? findConfiguration(folder) : path.resolve(folder, file);
  if (found === undefined) return { configuration: {}, folder };
  const text = await readFile(found, "utf8");
  try {
    return { configuration: parseConfiguration(text), folder: path.dirname(found) };
  } catch (error) {
    throw new ConfigurationError(`${found}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function findConfiguration(folder: string): string | undefined {
  for (let current = folder; ; current = path.dirname(current)) {
    const file = path.join(current, configurationName);
    if (existsSync(file)) return file;
    if (existsSync(path.join(current, ".git")) || path.dirname(current) === current) return undefined;
  }
}
