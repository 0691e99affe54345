/** Large amounts as people read them beside pprof: its MB are 2^20 bytes. */
import * as l10n from "@vscode/l10n";

const byteUnits = ["B", "kB", "MB", "GB", "TB"] as const;
const countUnits = ["", " k", " M", " G", " T"] as const;

/** `412 MB`, `4.1 kB`, `24 B`. */
export function bytesWords(bytes: number): string {
  const { digits, step } = scaled(bytes, 1024);
  return `${digits} ${byteUnits[step] ?? ""}`;
}

/** `17 M objects`, `1 object`. */
export function objectsWords(objects: number): string {
  if (objects === 1) return l10n.t("1 object");
  const { digits, step } = scaled(objects, 1000);
  return l10n.t("{0} objects", `${digits}${countUnits[step] ?? ""}`);
}

/** `31 %`; small shares with a decimal, and never 0 % for what is there. */
export function shareWords(share: number): string {
  const percent = 100 * share;
  if (percent === 0) return "0 %";
  if (Math.abs(percent) < 0.1) return "< 0.1 %";
  return `${percent < 9.95 && percent > -9.95 ? Math.round(percent * 10) / 10 : Math.round(percent)} %`;
}

/** `+12 %` from one amount to another; undefined from nothing. */
export function changeWords(from: number, to: number): string | undefined {
  if (from === 0) return undefined;
  const change = Math.round((1000 * (to - from)) / from) / 10;
  return `${change > 0 ? "+" : change < 0 ? "−" : "±"}${Math.abs(change)} %`;
}

/** Two digits that count, or all of those before the point. */
function scaled(value: number, base: number): { readonly digits: string; readonly step: number } {
  let rest = Math.abs(value);
  let step = 0;
  while (rest >= base && step < byteUnits.length - 1) {
    rest /= base;
    step++;
  }
  const sign = value < 0 ? "−" : "";
  return { digits: `${sign}${step === 0 || rest >= 9.95 ? Math.round(rest) : rest.toFixed(1)}`, step };
}
