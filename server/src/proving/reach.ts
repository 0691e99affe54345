/**
 * What a function can reach, so that nothing is called with made-up arguments that might do something beyond the program:
 * remove files, end processes, send anything. By names alone, which finds too much rather than too little.
 */
import type { Snapshot } from "../analysis/snapshot.js";
import { declarationsOf, namesIn, reachable } from "./declarations.js";

/** Packages of the standard library that compute, or write at most to what they are given or to stdout. */
const harmless =
  /^(?:bufio|bytes|cmp|container\/\w+|context|crypto\/(?:md5|sha\d+|subtle)|encoding(?:\/\w+)?|errors|fmt|hash(?:\/\w+)?|html|io|iter|maps|math(?:\/\w+)?(?:\/v2)?|net\/netip|net\/url|path|reflect|regexp(?:\/syntax)?|slices|sort|strconv|strings|sync(?:\/atomic)?|text\/(?:tabwriter|template|template\/parse)|time|unicode(?:\/\w+)?|unique)$/;

/** Import path of a package that the function may reach and that is not known as harmless; undefined when there is none. */
export function reachedPackage(snapshot: Snapshot, functionName: string): string | undefined {
  const own = [...snapshot.texts].flatMap(([file, source]) => (file.endsWith("_test.go") ? [] : [source]));
  for (const { declaration } of reachable(namesIn(functionName), declarationsOf(own)))
    for (const path of declaration.packages) if (!harmless.test(path)) return path;
  return undefined;
}
