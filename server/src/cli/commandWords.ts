/** What commander says by itself, in the person's language: it knows English only. */
import * as l10n from "@vscode/l10n";
import { Help, type HelpConfiguration } from "commander";

/** The titles of a help, and what stands behind a flag's description. */
export const helpWords: HelpConfiguration = {
  styleTitle: (title) => titles()[title] ?? title,
  optionDescription: (option) =>
    new Help()
      .optionDescription(option)
      .replace(/\(choices: /, `(${l10n.t("choices")}: `)
      .replace(/(?<=[(,] ?)default: /, `${l10n.t("default")}: `),
};

function titles(): Readonly<Record<string, string>> {
  return {
    "Usage:": l10n.t("Usage:"),
    "Options:": l10n.t("Options:"),
    "Arguments:": l10n.t("Arguments:"),
    "Commands:": l10n.t("Commands:"),
  };
}

/** Its messages about command lines (commander, lib/command.js and suggestSimilar.js), with what is put into them. */
const errors: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/^error: unknown option '(.*)'/, (flag) => l10n.t("error: unknown option '{0}'", flag)],
  [/^error: unknown command '(.*)'/, (name) => l10n.t("error: unknown command '{0}'", name)],
  [/^error: option '(.*)' argument missing/, (flag) => l10n.t("error: option '{0}' argument missing", flag)],
  [
    /^error: missing required argument '(.*)'/,
    (name) => l10n.t("error: missing required argument '{0}'", name),
  ],
  [
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./,
    (flag, value, choices) =>
      l10n.t("error: option '{0}' argument '{1}' is invalid. Allowed choices are {2}.", flag, value, choices),
  ],
  [
    /^error: too many arguments(?: for '(?:.*)')?\. Expected (\d+) arguments? but got (\d+)\./,
    (expected, got) => l10n.t("error: too many arguments. Expected {0} but got {1}.", expected, got),
  ],
  [/\(Did you mean (?:one of )?(.*)\?\)/m, (names) => l10n.t("(Did you mean {0}?)", names)],
];

/** A message of commander's in the person's language; as it is where it is none of those that are known. */
export function errorWords(text: string): string {
  return errors.reduce(
    (words, [pattern, translated]) =>
      words.replace(pattern, (_, ...parts: unknown[]) =>
        translated(...parts.filter((part) => typeof part === "string")),
      ),
    text,
  );
}
