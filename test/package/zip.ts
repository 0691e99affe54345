import { inflateRawSync } from "node:zlib";

/**
 * The files of a zip archive by name, without folders. Reads the central directory (APPNOTE.TXT, 4.3); entries are
 * stored or deflated, as vsce writes them, and the archive is small, so ZIP64 is not looked for.
 */
export function readZip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  if (end < 0) throw new Error("not a zip archive");
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const [nameLength = 0] = lengths;
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    if (!name.endsWith("/")) files.set(name, readEntry(archive, at));
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  return files;
}

/** The content of the entry whose central header stands at `header`. */
function readEntry(archive: Buffer, header: number): Buffer {
  const local = archive.readUInt32LE(header + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const content = archive.subarray(start, start + archive.readUInt32LE(header + 20));
  return archive.readUInt16LE(header + 10) === 0 ? content : inflateRawSync(content);
}
