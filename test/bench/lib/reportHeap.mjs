// Loaded into a server under test (`--import`): on SIGUSR2 it collects its garbage and writes what is left of its heap.
import { renameSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const file = process.env["ESCAPE_LENS_HEAP_FILE"];

process.on("SIGUSR2", () => {
  if (file === undefined) return;
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  // What finalizers let go of is only collected by the second one.
  collect();
  collect();
  writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
  renameSync(`${file}.new`, file);
});
