/** A small disk of its own for a test, which can be full or read-only: file systems refuse what permissions allow to root. */
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";

export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Why there can be none here, in words; undefined where there can (mount(8) of a tmpfs asks for root on Linux). */
  static get obstacle(): string | undefined {
    const isRoot = process.platform === "linux" && process.getuid?.() === 0;
    return isRoot ? undefined : "only root on Linux can mount a small disk";
  }

  /** Mounts one of so many megabytes at a folder (absolute path) that is there and empty. */
  static mount(folder: string, megabytes: number): SmallDisk {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
    return new SmallDisk(folder);
  }

  /** Writes until nothing more fits. */
  fill(): void {
    const piece = Buffer.alloc(4096);
    try {
      for (let written = 0; ; written++)
        writeFileSync(path.join(this.folder, "filler"), piece, { flag: "a" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }

  /** Makes room again. */
  free(): void {
    rmSync(path.join(this.folder, "filler"));
  }

  /** From now on nothing, or everything, may be written to it. */
  set isReadOnly(isReadOnly: boolean) {
    execFileSync("mount", ["-o", `remount,${isReadOnly ? "ro" : "rw"}`, this.folder]);
  }

  /** Takes it away, with those who still use it. */
  unmount(): void {
    execFileSync("umount", ["--lazy", this.folder]);
  }
}
