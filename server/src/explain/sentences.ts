/** Sentences become a paragraph. */

/** Joined by a space, which a Chinese full stop has in itself. */
export function sentences(list: readonly string[]): string {
  return list.join(" ").replaceAll("。 ", "。");
}
