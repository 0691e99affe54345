/** What `npm test` packed before the tests: the extension and the npm package. */

/** The path of the .vsix or of the npm tarball. Throws where the tests were not run by `npm test`. */
export function packed(product: "vsix" | "tarball"): string {
  const variable = { vsix: "ESCAPE_LENS_VSIX", tarball: "ESCAPE_LENS_TARBALL" }[product];
  const file = process.env[variable];
  if (file === undefined) throw new Error("Run these tests by `npm test`: it packs what they look at.");
  return file;
}
