// The license texts of everything that the bundles contain, read from esbuild's metafile: what is bundled is named, and
// nothing else.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** What may be bundled into a product under the MIT license: licenses that ask for no more than their own text. */
const permissive = new Set([
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Unlicense",
]);

/**
 * The notices as a text.
 *
 * @param root Absolute path of the checkout.
 * @param metafiles What esbuild returned, with paths relative to the checkout.
 * @param copied Names (folders of node_modules) of packages of which files are copied beside the bundles.
 * Throws where a package has no license text, or a license that is not permissive.
 */
export async function thirdPartyNotices(root, metafiles, copied) {
  const folders = new Set(copied.map((name) => `node_modules/${name}`));
  for (const file of metafiles.flatMap(bundledFiles)) {
    const folder = packageFolder(file);
    if (folder !== undefined) folders.add(folder);
  }
  const packages = await Promise.all([...folders].map((folder) => readPackage(root, folder)));
  const refused = packages.flatMap(refusal);
  if (refused.length > 0) throw new Error(`These packages cannot be shipped:\n${refused.join("\n")}`);
  const unique = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  const sections = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => section(each));
  return `${introduction}${sections.join("")}`;
}

const introduction = `Third-party notices

Go Escape Lens contains the following software. Each part stands under its own license, which follows its name.
`;

/** The sources that have bytes in an output: what was only looked at, or shaken off, is not shipped. */
function bundledFiles({ outputs }) {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

/** `node_modules/a/node_modules/@b/c` of a file below it; undefined for our own. */
function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

async function readPackage(root, folder) {
  const manifest = JSON.parse(await readFile(path.join(root, folder, "package.json"), "utf8"));
  const names = await readdir(path.join(root, folder));
  const files = names.filter((name) => /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(path.join(root, folder, name), "utf8")));
  const { name, version, license = "", author } = manifest;
  if (texts.length === 0 && license === "MIT" && author !== undefined)
    texts.push(await mitText(root, author.name ?? author));
  return { name, version, license, texts: texts.map((text) => text.trim()) };
}

/** The license of a package that names it and leaves its text out: its terms are those of our own. */
async function mitText(root, author) {
  const own = await readFile(path.join(root, "LICENSE"), "utf8");
  return own.replace(/^Copyright .*$/m, `Copyright (c) ${author}`);
}

/** Why a package cannot be shipped. In an expression such as `MIT OR GPL-2.0` one license that fits is enough. */
function refusal({ name, version, license, texts }) {
  const choices = license.replace(/[()]/g, "").split(" OR ");
  if (!choices.some((choice) => permissive.has(choice.trim())))
    return [`${name} ${version}: its license is ${license || "not named"}`];
  return texts.length === 0 ? [`${name} ${version}: it has no license text`] : [];
}

function section({ name, version, license, texts }) {
  // Line ends of one kind: a diff of two releases should show what changed.
  const text = texts.join("\n\n").replace(/\r\n?/g, "\n");
  return `\n${"=".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
