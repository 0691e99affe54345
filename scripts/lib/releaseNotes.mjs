/**
 * The changelog's part for the version (Keep a Changelog: `## [1.2.3] - 2026-01-31`), without its heading. Throws where the
 * tag is not that version's, and where the changelog has no dated part for it, or an empty one.
 */
export function releaseNotes(tag, version, changelog) {
  if (tag !== `v${version}`)
    throw new Error(`The tag is ${tag || "missing"}, and package.json has ${version}.`);
  const parts = changelog.split(/^## /m);
  const part = parts.find((each) => each.startsWith(`[${version}]`));
  if (part === undefined) throw new Error(`CHANGELOG.md has no part for ${version}.`);
  const [heading = "", ...lines] = part.split("\n");
  if (!/ - \d{4}-\d\d-\d\d$/.test(heading))
    throw new Error(`CHANGELOG.md has no date for ${version}: ${heading}`);
  const notes = lines.join("\n").trim();
  if (notes === "") throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return `${notes}\n`;
}
