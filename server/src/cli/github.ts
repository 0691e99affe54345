/** Annotations of GitHub Actions: workflow commands on stdout. */
import { visible } from "../explain/visible.js";
import type { Finding, Judgment } from "./judgment.js";

/** GitHub's three levels. */
const commands = { error: "error", warning: "warning", information: "notice", hint: "notice" } as const;

/**
 * One workflow command for each finding. Lines and columns count from 1; columns are left out where a range spans lines,
 * as GitHub asks (docs.github.com, workflow commands). Files are relative to `GITHUB_WORKSPACE`: `prefix` leads from there
 * to the current folder, and is empty or ends in a slash.
 */
export function formatGithub({ findings }: Judgment, prefix: string): string {
  return findings.map((finding) => `${annotation(finding, prefix)}\n`).join("");
}

function annotation({ severity, code, file, range, message }: Finding, prefix: string): string {
  const { start, end } = range;
  const properties: Record<string, string | number> = {
    file: `${prefix}${file}`,
    line: start.line + 1,
    endLine: end.line + 1,
    ...(start.line === end.line && { col: start.character + 1, endColumn: end.character + 1 }),
    title: `escapelens: ${code}`,
  };
  const text = Object.entries(properties)
    .map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
    .join(",");
  return `::${commands[severity]} ${text}::${escapedData(visible(message))}`;
}

/** As the runner reads it back (actions/toolkit, packages/core/src/command.ts). */
function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
