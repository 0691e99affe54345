/** Targets that people build for, as `GOOS/GOARCH`: of those that `go tool dist list` prints, the ones in common use. */
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
