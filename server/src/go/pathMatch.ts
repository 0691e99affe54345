/**
 * Go's path.Match (`go doc path.Match`). Patterns stand in sources that somebody else wrote, so no regular expression is made
 * of them: it could be one that takes forever.
 */

/** What one character of a name has to be; a star is any number of them, and no slash. */
type Token = "star" | ((character: string) => boolean);

/** Says whether a name (with slashes) matches, in time that grows with the product of both lengths at most. */
export function pathPattern(pattern: string): (name: string) => boolean {
  const tokens = tokensOf(Array.from(pattern));
  return (name) => tokens !== undefined && matches(tokens, Array.from(name));
}

function matches(tokens: readonly Token[], name: readonly string[]): boolean {
  let [token, at] = [0, 0];
  // Behind the last star, of which another may take one character more: earlier ones would only leave less to it.
  let behind: { readonly token: number; at: number } | undefined;
  for (;;) {
    const expected = tokens[token];
    const character = name[at];
    if (expected === "star") {
      behind = { token: ++token, at };
    } else if (expected === undefined && character === undefined) {
      return true;
    } else if (expected !== undefined && character !== undefined && expected(character)) {
      token++;
      at++;
    } else {
      if (behind === undefined || behind.at >= name.length || name[behind.at] === "/") return false;
      at = ++behind.at;
      token = behind.token;
    }
  }
}

/** Undefined where the pattern is malformed, which matches nothing. */
function tokensOf(characters: readonly string[]): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index];
    if (character === "*") tokens.push("star");
    else if (character === "?") tokens.push((each) => each !== "/");
    else if (character === "[") {
      const found = rangesOf(characters, index + 1);
      if (found === undefined) return undefined;
      tokens.push(found.matches);
      index = found.end;
    } else {
      const literal = character === "\\" ? characters[++index] : character;
      if (literal === undefined) return undefined;
      tokens.push((each) => each === literal);
    }
  }
  return tokens;
}

/** The ranges of `[^a-z…]` from behind its bracket on, and where the closing one stands. */
function rangesOf(
  characters: readonly string[],
  start: number,
): { readonly matches: (character: string) => boolean; readonly end: number } | undefined {
  const isNegated = characters[start] === "^";
  const ranges: (readonly [low: string, high: string])[] = [];
  let index = isNegated ? start + 1 : start;
  const next = () => (characters[index] === "\\" ? characters[++index] : characters[index]);
  while (characters[index] !== "]" || ranges.length === 0) {
    const isPlain = characters[index] !== "-" && characters[index] !== "]";
    const low = next();
    if (low === undefined || !isPlain) return undefined;
    index++;
    if (characters[index] !== "-") {
      ranges.push([low, low]);
      continue;
    }
    index++;
    const high = next();
    if (high === undefined) return undefined;
    ranges.push([low, high]);
    index++;
  }
  const within = (character: string) =>
    ranges.some(([low, high]) => codeOf(low) <= codeOf(character) && codeOf(character) <= codeOf(high));
  return { matches: (character) => within(character) !== isNegated, end: index };
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
