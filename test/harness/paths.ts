/** Where the checkout's parts lie, wherever a test's bundle lies below it. */
import { existsSync } from "node:fs";
import path from "node:path";

function checkoutRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, "eslint.config.mjs"))) {
    if (folder === path.dirname(folder)) throw new Error(`${import.meta.dirname} is in no checkout`);
    folder = path.dirname(folder);
  }
  return folder;
}

export const root = checkoutRoot();
export const serverOut = path.join(root, "server/out");
export const testData = path.join(root, "test");
