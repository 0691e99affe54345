/** What a file may have looked like when the program that was profiled was built. */
import { stat } from "node:fs/promises";
import { RevisionError } from "../gate/git.js";
import { textInRevision } from "../gate/revision.js";

/**
 * The candidates, the likeliest first: the present text, or where the file was written after the profile was taken, what
 * git has of it (HEAD) before that.
 *
 * @param takenAt Milliseconds since 1970; null where it is not known.
 * @param mayRunGit False in a workspace that is not trusted.
 */
export async function builtTexts(
  file: string,
  present: string,
  takenAt: number | null,
  mayRunGit: boolean,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const written = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  );
  if (takenAt !== null && written <= takenAt) return [present];
  const committed = mayRunGit ? await headText(file, signal) : undefined;
  return committed === undefined || committed === present ? [present] : [committed, present];
}

/** The file's text in the commit that is checked out; undefined without git, a repository or the file in it. */
async function headText(file: string, signal: AbortSignal): Promise<string | undefined> {
  return await textInRevision(file, "HEAD", signal).catch((error: unknown) => {
    if (error instanceof RevisionError) return undefined;
    throw error;
  });
}
