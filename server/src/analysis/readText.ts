import { readFile } from "node:fs/promises";

/** The text of a file (absolute path) in UTF-8. Rejects when there is none. */
export async function readText(file: string): Promise<string> {
  return readFile(file, "utf8");
}
