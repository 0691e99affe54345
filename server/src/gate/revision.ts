/** Another revision of the workspace, taken out of git into a temporary folder: nothing is written into the repository. */
import { existsSync } from "node:fs";
import { mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { createTemporaryFolder } from "../go/temporary.js";
import { gitIn } from "./git.js";

export interface CheckedOutRevision {
  /** The folder's counterpart (absolute); undefined where the revision does not have it. */
  readonly folder: string | undefined;
  /** Full hash of the commit. */
  readonly commit: string;
}

/**
 * Takes a revision out of the repository of a folder into `temporary`, an empty folder that goes when the process ends
 * unless it is given.
 *
 * An index of its own leaves the person's one and their work tree alone. Rejects with RevisionError and AbortError.
 */
export async function checkOutRevision(
  folder: string,
  revision: string,
  signal: AbortSignal,
  temporary?: string,
): Promise<CheckedOutRevision> {
  const own = temporary ?? createTemporaryFolder("revision");
  const git = await gitIn(folder, { signal, index: path.join(own, "index") });
  const top = (await git("rev-parse", "--show-toplevel")).trim();
  const commit = (await git("rev-parse", "--verify", "--end-of-options", `${revision}^{commit}`)).trim();
  const tree = path.join(own, "tree");
  await mkdir(tree);
  await git("-C", top, "read-tree", commit);
  await git("-C", top, "checkout-index", "--all", "--quiet", `--prefix=${tree}${path.sep}`);
  const counterpart = path.join(tree, path.relative(await realpath(top), await realpath(folder)));
  return { folder: existsSync(counterpart) ? counterpart : undefined, commit };
}

/** Milliseconds after which git is no longer waited for. */
const patience = 10_000;

/** The text of a file of the folder (absolute path). Rejects with RevisionError where the revision does not have it. */
export type RevisionTexts = (file: string) => Promise<string>;

/** A reader of a revision's texts of one folder (absolute path). Rejects with RevisionError without git. */
export async function revisionTexts(
  folder: string,
  revision: string,
  signal: AbortSignal,
): Promise<RevisionTexts> {
  const git = await gitIn(folder, { signal, timeLimit: patience });
  const show = ["show", "--no-textconv", "--no-ext-diff", "--end-of-options"];
  return (file) => git(...show, `${revision}:./${path.basename(file)}`);
}

/** The text of one file (absolute path) in a revision. Rejects with RevisionError, also where it is not in it. */
export async function textInRevision(file: string, revision: string, signal: AbortSignal): Promise<string> {
  return (await revisionTexts(path.dirname(file), revision, signal))(file);
}
