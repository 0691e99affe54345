/** The sizes that the allocator rounds objects to (internal/runtime/gc/sizeclasses.go; the same since Go 1.16). */

const classes: readonly number[] = [
  ...[
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416,
  ],
  ...[
    448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200,
  ],
  ...[
    3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336,
    16384,
  ],
  ...[18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768],
];

/** What larger objects are rounded to. */
const page = 8192;

/** Objects without pointers below this share blocks of it (runtime/malloc.go, maxTinySize). */
const tiny = 16;

/** Objects above this that have pointers begin with a header since Go 1.22 (runtime/mbitmap.go, minSizeForMallocHeader). */
const headerFrom = 512;
const header = 8;

/** Whether an object of the size that the code asks for may be one of the size that a profile tells. */
export function mayOccupy(asked: number, recorded: number): boolean {
  if (recorded === asked || recorded === rounded(asked)) return true;
  if (asked < tiny && recorded === tiny) return true;
  return asked > headerFrom && recorded === rounded(asked + header);
}

function rounded(bytes: number): number {
  return classes.find((each) => each >= bytes) ?? Math.ceil(bytes / page) * page;
}
