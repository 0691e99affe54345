/** What programs are built for, as `GOOS/GOARCH`. */

/** Of the targets that `go tool dist list` prints, the ones in common use. */
export const commonTargets: readonly string[] = [
  "linux/amd64",
  "linux/arm64",
  "darwin/arm64",
  "darwin/amd64",
  "windows/amd64",
  "windows/arm64",
  "linux/386",
  "linux/arm",
  "linux/riscv64",
  "linux/ppc64le",
  "linux/s390x",
  "linux/loong64",
  "freebsd/amd64",
  "js/wasm",
  "wasip1/wasm",
];

/** `amd64` of `linux/amd64`. */
export function goarchOf(target: string): string {
  return target.split("/")[1] ?? "";
}
