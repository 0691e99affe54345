/**
 * How long are the sentences that are shown in an editor, where Error Lens puts them behind the code? Prints for modules, at
 * the default settings, how many characters half of them, 95 % of them and the longest have, in each language that there is.
 * Fails where 95 % are not within the limit. Usage: node test/out/bench/messages.mjs [folder|module@version …]
 */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Severity } from "../../server/src/analysis/severity.js";
import { testData } from "../harness/paths.js";
import { realModule } from "../harness/realModule.js";
import { checkedSites } from "./checkedSites.js";

/** By the locale that the shell says; Chinese characters are twice as wide. */
const languages = [
  { name: "English", locale: "en_US.UTF-8", limit: 140 },
  { name: "Chinese", locale: "zh_CN.UTF-8", limit: 100 },
] as const;

interface JsonSite {
  readonly severity: Severity;
  readonly message: string;
}

const names = process.argv.slice(2);
if (names.length === 0)
  names.push(
    path.join(testData, "sample"),
    "github.com/mitchellh/mapstructure@v1.5.0",
    "github.com/yuin/goldmark@v1.7.8",
    "github.com/go-chi/chi/v5@v5.2.1",
  );

let areShort = true;
for (const name of names) {
  const module = existsSync(name) ? { dir: name, dispose: () => undefined } : realModule(name);
  try {
    for (const language of languages) areShort = isShort(name, module.dir, language) && areShort;
  } finally {
    module.dispose();
  }
}
process.exitCode = areShort ? 0 : 1;

function isShort(name: string, dir: string, { name: language, locale, limit }: (typeof languages)[number]) {
  const shown = checkedSites<JsonSite>(dir, { LC_ALL: locale }).filter(({ severity }) => severity !== "off");
  const sorted = shown.map(({ message }) => message).sort((a, b) => a.length - b.length);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? "";
  const lengths = [0.5, 0.95, 1].map((share) => at(share).length);
  console.log(
    `${name}, ${language}: of ${sorted.length} messages half have at most ${lengths[0]} characters, ` +
      `95 % at most ${lengths[1]}, the longest ${lengths[2]}\n  ${at(1)}`,
  );
  return at(0.95).length <= limit;
}
