/**
 * How long are the sentences that are shown in an editor, where Error Lens puts them behind the code? Prints for modules, at
 * the default settings, how many characters half of them, 95 % of them and the longest have, in each language that there is.
 * Fails where 95 % are not within the limit. Usage: node test/out/bench/messages.mjs [folder|module@version …]
 */
import path from "node:path";
import type { Severity } from "../../server/src/analysis/severity.js";
import { testData } from "../harness/paths.js";
import { moduleOf } from "../harness/realModule.js";
import { checkedSites } from "./lib/checkedSites.js";
import { operands } from "./lib/options.js";
import { percentile } from "./lib/statistics.js";

/** By the locale that the shell says; Chinese characters are twice as wide. */
const languages = [
  { name: "English", locale: "en_US.UTF-8", limit: 140 },
  { name: "Chinese", locale: "zh_CN.UTF-8", limit: 100 },
] as const;

interface JsonSite {
  readonly severity: Severity;
  readonly message: string;
}

const standard = [
  path.join(testData, "sample"),
  "github.com/mitchellh/mapstructure@v1.5.0",
  "github.com/yuin/goldmark@v1.7.8",
  "github.com/go-chi/chi/v5@v5.2.1",
];

let areShort = true;
for (const name of operands.length > 0 ? operands : standard) {
  const module = moduleOf(name);
  try {
    for (const language of languages) areShort = isShort(name, module.dir, language) && areShort;
  } finally {
    module.dispose();
  }
}
process.exitCode = areShort ? 0 : 1;

function isShort(name: string, dir: string, { name: language, locale, limit }: (typeof languages)[number]) {
  const shown = checkedSites<JsonSite>(dir, { LC_ALL: locale }).filter(({ severity }) => severity !== "off");
  const lengths = shown.map(({ message }) => message.length);
  const [half, most, longest] = [0.5, 0.95, 1].map((share) => percentile(lengths, share));
  console.log(
    `${name}, ${language}: of ${shown.length} messages half have at most ${half} characters, ` +
      `95 % at most ${most}, the longest ${longest}\n  ${shown.find(({ message }) => message.length === longest)?.message}`,
  );
  return most !== undefined && most <= limit;
}
