import type { FoundSite, Report } from "./report.js";

const columns: readonly (readonly [string, (site: FoundSite) => string | number])[] = [
  ["id", (site) => site.id],
  ["package", (site) => site.package],
  ["file", (site) => site.file],
  ["line", (site) => site.range.start.line + 1],
  ["column", (site) => site.column],
  ["function", (site) => site.function],
  ["kind", (site) => site.kind],
  ["expression", (site) => site.expression],
  ["reason", (site) => site.reason],
  ["allocates", (site) => site.allocates],
  ["when", (site) => site.when ?? ""],
  ["bytes", (site) => bytesOf(site) ?? ""],
  ["context", (site) => site.context],
  ["loopDepth", (site) => site.loopDepth],
  ["inlinedFrom", (site) => site.inlinedFrom ?? ""],
  ["severity", (site) => site.severity],
  ["message", (site) => site.message],
  ["allowed", (site) => site.allowed ?? ""],
];

const profileColumns: typeof columns = [
  ["profileBytes", (site) => site.profile?.bytes ?? ""],
  ["profileObjects", (site) => site.profile?.objects ?? ""],
];

/** Every site as a row of comma-separated values (RFC 4180), lines and byte columns from 1. */
export function formatCsv(report: Report): string {
  const all = report.profile === undefined ? columns : [...columns, ...profileColumns];
  const rows = [all.map(([name]) => name), ...report.sites.map((site) => all.map(([, of]) => of(site)))];
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** What the calls of the allocator ask for; undefined where that is not known. */
export function bytesOf({ evidence }: Pick<FoundSite, "evidence">): number | undefined {
  const bytes = evidence.flatMap((call) => (call.bytes === null ? [] : [call.bytes]));
  return bytes.length === 0 ? undefined : bytes.reduce((sum, size) => sum + size, 0);
}

/** Spreadsheets take text that begins like a formula for one (OWASP, CSV injection): an apostrophe in front stops them. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
