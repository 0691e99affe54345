import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import {
  createTemporaryFolder,
  removeDeadTemporaryFolders,
  removeTemporaryFolder,
} from "../../../server/src/go/temporary.js";

/** The name of this process's folder, worn by a process that has ended. */
function deadName(): string {
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  const own = path.basename(path.dirname(createTemporaryFolder("name")));
  return own.replace(`-${process.pid}-`, `-${dead}-`);
}

describe("temporary folders", () => {
  let outside: string;
  before(async () => (outside = await mkdtemp(path.join(os.tmpdir(), "outside-"))));
  after(() => rm(outside, { recursive: true, force: true }));

  it("carry the process id, belong to this user alone, and differ", async () => {
    const [first, second] = [createTemporaryFolder("a"), createTemporaryFolder("a")];
    assert.notEqual(first, second);
    assert.match(path.basename(path.dirname(first)), new RegExp(`^go-escape-lens-${process.pid}-`));
    assert.equal((await stat(first)).mode & 0o777, 0o700);
    assert.equal((await stat(path.dirname(first))).mode & 0o777, 0o700);
  });

  it("can be removed early, and the common one comes back when somebody removed it", async () => {
    const folder = createTemporaryFolder("a");
    await writeFile(path.join(folder, "file"), "");
    removeTemporaryFolder(folder);
    assert.equal(existsSync(folder), false);
    await rm(path.dirname(folder), { recursive: true });
    assert(existsSync(createTemporaryFolder("a")));
  });

  it("are removed when their process is dead, and only then", async () => {
    const alive = createTemporaryFolder("alive");
    const dead = path.join(await realpath(os.tmpdir()), deadName());
    await mkdir(path.join(dead, "sub"), { recursive: true });
    await writeFile(path.join(outside, "kept"), "");
    await symlink(outside, path.join(dead, "link"));
    const removed = await removeDeadTemporaryFolders();
    assert(removed.includes(dead));
    assert.equal(existsSync(dead), false);
    assert(existsSync(alive));
    assert(existsSync(path.join(outside, "kept")), "a symbolic link was followed");
  });

  it("leave alone a link, a file, another's name, and a folder of another container", async () => {
    const name = deadName();
    const link = path.join(os.tmpdir(), `${name}-link`);
    const file = path.join(os.tmpdir(), `${name}-file`);
    const other = path.join(os.tmpdir(), name.replace(/-[0-9a-f]{8}-/, "-00000000-"));
    try {
      await symlink(outside, link);
      await writeFile(file, "");
      await mkdir(other);
      const removed = await removeDeadTemporaryFolders();
      assert.deepEqual(
        removed.filter((folder) => [link, file, other, outside].includes(folder)),
        [],
      );
      for (const kept of [link, file, other, outside]) assert(existsSync(kept), kept);
    } finally {
      for (const made of [link, file, other]) await rm(made, { recursive: true, force: true });
    }
  });
});
