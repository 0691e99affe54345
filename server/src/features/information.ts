import { cpus } from "node:os";
import type { Connection } from "vscode-languageserver/node";
import type { Results } from "../analysis/results.js";
import { informationMethod } from "../protocol.js";
import { version } from "../version.js";

interface InformationOptions {
  readonly results: Pick<Results, "all">;
  isTrusted(): boolean;
  /** The builds of the workspace's folders as far as Go was found (`go1.26.8 linux/amd64`), or what is wrong. */
  builds(): Promise<readonly string[]>;
}

/**
 * Answers `goEscapeLens/information`: what a report of a bug should say of the server, as a list in markdown. It names no
 * file, no folder and nobody; it is in English, since developers read it.
 */
export function registerInformation(connection: Connection, options: InformationOptions): void {
  connection.onRequest(informationMethod, async (): Promise<string> => {
    const { files, sites, stale } = counts(options.results);
    const builds = options.isTrusted() ? await options.builds() : ["not run, the workspace is not trusted"];
    const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
    const lines = [
      `server: ${version}, Node ${process.version}, ${process.platform}/${process.arch}`,
      `machine: ${cpus().length} processors; the server uses ${memory} MiB`,
      ...builds.map((build) => `go: ${build}`),
      `results: ${sites} sites in ${files} files, ${stale} of them not of the newest text`,
    ];
    return lines.map((line) => `- ${line}\n`).join("");
  });
}

function counts(results: Pick<Results, "all">): { files: number; sites: number; stale: number } {
  let [files, sites, stale] = [0, 0, 0];
  for (const result of results.all()) {
    files++;
    sites += result.sites.length;
    if (result.stale !== undefined) stale++;
  }
  return { files, sites, stale };
}
