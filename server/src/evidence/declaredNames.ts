/** From the linker's symbols to the declarations that people write. */

/** The symbol without its package and type arguments: `(*T).M.func1` of `net/http.(*T[go.shape.int]).M.func1`. */
export function localName(symbol: string): string {
  const bare = withoutBrackets(symbol);
  // Dots in the last element of an import path are escaped (cmd/internal/objabi/path.go, PathToPrefix).
  const slash = bare.lastIndexOf("/");
  return bare.slice(bare.indexOf(".", slash + 1) + 1);
}

/** The declarations that the symbol can be code of: `T.M` of a method, `F` of `F.func1`; both where the two look alike. */
export function declarationsOf(symbol: string): string[] {
  const [first = "", second, ...others] = localName(symbol)
    .replace(/-range\d+/g, "")
    .split(".");
  if (others.length === 0 && second === undefined) return [first];
  return [first, `${first}.${second ?? ""}`];
}

/** Whether others than the package can call the function, or the runtime does: `F`, `(*T).M`, `main`, `init`, closures. */
export function isExported(symbol: string): boolean {
  const name = localName(symbol).replace(/^\(?\*?[\p{L}\p{N}_]+\)?\.(?=[\p{L}_])/u, "");
  if (/\.(?:func|gowrap|deferwrap)\d|-(?:range\d|fm$)/.test(symbol)) return true;
  return !/^[\p{Ll}_][\p{L}\p{N}_]*$/u.test(name) || /^(?:main|init|_)$/.test(name);
}

function withoutBrackets(symbol: string): string {
  let [depth, text] = [0, ""];
  for (const character of symbol) {
    if (character === "[") depth++;
    else if (character === "]") depth--;
    else if (depth === 0) text += character;
  }
  return text;
}
