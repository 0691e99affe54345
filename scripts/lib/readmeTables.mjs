// The README's tables of settings and commands, made from package.json and its texts.
import { readFile } from "node:fs/promises";
import path from "node:path";

/** The files that have such tables, and the language of package.nls that each takes its texts from. */
export const readmes = [
  { file: "README.md", language: "" },
  { file: "README.zh-cn.md", language: "zh-cn" },
];

const headings = {
  "": { setting: "setting", default: "default", meaning: "meaning", command: "command" },
  "zh-cn": { setting: "设置项", default: "默认值", meaning: "含义", command: "命令" },
};

/**
 * Returns the text with what stands between `<!-- settings -->` or `<!-- commands -->` and its end replaced by the table.
 * `language` is a suffix of package.nls files, empty for English. Throws where the text has no such markers.
 */
export async function withTables(root, text, language) {
  const manifest = await readJson(root, "package.json");
  const nls = await readJson(root, language === "" ? "package.nls.json" : `package.nls.${language}.json`);
  const words = headings[language];
  const localized = (value) => value.replace(/^%(.+)%$/, (_all, key) => nls[key]);
  const tables = {
    settings: settingsTable(manifest, words, localized),
    commands: commandsTable(manifest, words, localized),
  };
  return Object.entries(tables).reduce((result, [name, table]) => withTable(result, name, table), text);
}

function withTable(text, name, table) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There is no ${begin} … ${end}.`);
  return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
}

function settingsTable({ contributes }, words, localized) {
  const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
  const rows = settings.map(([name, setting]) => [
    code(name),
    code(spaced(setting.default)),
    [localized(setting.markdownDescription), ...choices(setting, localized)].join("<br>"),
  ]);
  return table([words.setting, words.default, words.meaning], rows);
}

/** The values of a setting, or the keys of one that is an object, as far as each has words of its own. */
function choices(setting, localized) {
  const described = (names, descriptions) =>
    names.flatMap((name, index) =>
      descriptions[index] === undefined ? [] : [`${code(name)}: ${localized(descriptions[index])}`],
    );
  const keys = Object.entries(setting.properties ?? {});
  return [
    ...described(setting.enum ?? [], setting.markdownEnumDescriptions ?? []),
    ...described(
      keys.map(([key]) => key),
      keys.map(([, property]) => property.markdownDescription),
    ),
  ];
}

function commandsTable({ contributes }, words, localized) {
  const rows = contributes.commands.map(({ command, category, title }) => [
    `${category}: ${localized(title)}`,
    code(command),
  ]);
  return table([words.command, "id"], rows);
}

function table(heads, rows) {
  const lines = [heads, heads.map(() => "---"), ...rows.map((row) => row.map(cell))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** `#go.buildFlags#` is a link in the settings editor only. */
function cell(text) {
  return text.replace(/`?#([\w.]+)#`?/g, "`$1`").replaceAll("|", "\\|");
}

/** A value with blanks, at which a narrow cell can break. */
function spaced(value) {
  return JSON.stringify(value, null, 1).replace(/\s+/g, " ");
}

function code(text) {
  return `\`${text}\``;
}

async function readJson(root, file) {
  return JSON.parse(await readFile(path.join(root, file), "utf8"));
}
