/** Words for people in the language of the editor or the shell; English where there is no bundle for it. */
import * as l10n from "@vscode/l10n";
import { readFile } from "node:fs/promises";
import path from "node:path";

/**
 * Loads the bundle for a locale (BCP 47 as editors give it, `zh-cn`; or POSIX, `zh_CN.UTF-8`). Bundles lie in `l10n/` at
 * the root of the package, two levels above `outDirectory`. A language has one bundle whatever the region, for now.
 */
export async function useLanguage(locale: string, outDirectory: string): Promise<void> {
  const bundle = bundles[locale.toLowerCase().split(/[-_.]/)[0] ?? ""];
  if (bundle === undefined) return;
  try {
    const file = path.join(outDirectory, "..", "..", "l10n", bundle);
    l10n.config({ contents: await readFile(file, "utf8") });
  } catch {
    // Without its bundle the tool speaks English, which is better than not at all.
  }
}

const bundles: Readonly<Record<string, string>> = { zh: "bundle.l10n.zh-cn.json" };

/** The locale of the shell (POSIX: LC_ALL goes before LC_MESSAGES and LANG). */
export function shellLocale(env: NodeJS.ProcessEnv): string {
  return env["LC_ALL"] ?? env["LC_MESSAGES"] ?? env["LANG"] ?? "";
}
