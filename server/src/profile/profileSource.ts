/** The bytes of a profile, unpacked as they are read, and bounded: from a file, or from a server whose address a person gave. */
import { createReadStream, createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { createTemporaryFolder } from "../go/temporary.js";
import { ProfileError } from "./profileError.js";

/** Most bytes of a profile as it is stored, and unpacked: some hundred times what a large service writes. */
const storedLimit = 512 * 2 ** 20;
const unpackedLimit = 2 ** 30;

/** Milliseconds for a server to answer; profiles of a time span (`?seconds=30`) are awaited as long. */
const downloadTime = 120_000;

const gzipMagic = [0x1f, 0x8b] as const;

/** A profile on this machine. */
export interface ProfileFile {
  /** What the person named: a file or an address. */
  readonly source: string;
  /** Absolute path. */
  readonly file: string;
  readonly isPacked: boolean;
}

/** Whether a source is an address and no file. */
export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/**
 * Gets a profile ready to be read, several times if need be: one from a server is kept in a temporary folder.
 *
 * @param source A path, relative to `folder` (absolute) where it is not absolute, or an address (http, https).
 *
 * Rejects with ProfileError (`unreadable`, `empty`, `too-large`) and AbortError.
 */
export async function openProfile(source: string, folder: string, signal: AbortSignal): Promise<ProfileFile> {
  const file = isAddress(source) ? await download(source, signal) : path.resolve(folder, source);
  const state = await stat(file).catch((error: unknown) => {
    throw new ProfileError("unreadable", source, message(error));
  });
  if (!state.isFile()) throw new ProfileError("unreadable", source, "not a file");
  if (state.size === 0) throw new ProfileError("empty", source);
  if (state.size > storedLimit) throw new ProfileError("too-large", source);
  return { source, file, isPacked: await startsWithGzip(file, source) };
}

async function startsWithGzip(file: string, source: string): Promise<boolean> {
  try {
    const handle = await open(file);
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
    return gzipMagic.every((byte, index) => buffer[index] === byte);
  } catch (error) {
    throw new ProfileError("unreadable", source, message(error));
  }
}

/** The unpacked bytes in pieces. Throws ProfileError (`truncated`, `foreign`, `too-large`, `unreadable`) and AbortError. */
export async function* readBytes(profile: ProfileFile, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { file, source, isPacked } = profile;
  const stored = createReadStream(file, { highWaterMark: 256 * 1024 });
  const unpacked = isPacked ? stored.pipe(createGunzip()) : stored;
  if (unpacked !== stored) stored.on("error", (error) => unpacked.destroy(error));
  let bytes = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      bytes += chunk.length;
      if (bytes > unpackedLimit) throw new ProfileError("too-large", source);
      yield chunk;
    }
  } catch (error) {
    throw readError(error, source);
  } finally {
    stored.destroy();
    unpacked.destroy();
  }
}

/** Codes of zlib (zlib.h): the stream ends within a block, or its contents are damaged. */
function readError(error: unknown, source: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? "";
  if (code === "Z_BUF_ERROR") return new ProfileError("truncated", source);
  if (code.startsWith("Z_")) return new ProfileError("foreign", source, message(error));
  return code.startsWith("E") ? new ProfileError("unreadable", source, message(error)) : error;
}

async function download(source: string, signal: AbortSignal): Promise<string> {
  const file = path.join(createTemporaryFolder("profile"), "profile");
  const limit = AbortSignal.any([signal, AbortSignal.timeout(downloadTime)]);
  try {
    const response = await fetch(source, { signal: limit, headers: { "accept-encoding": "identity" } });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new ProfileError("unreadable", source, `${response.status} ${response.statusText}`.trim());
    }
    await pipeline(bounded(response.body, source), createWriteStream(file), {
      signal: limit,
    });
    return file;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProfileError) throw error;
    throw new ProfileError("unreadable", source, message(error));
  }
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > storedLimit) throw new ProfileError("too-large", source);
    yield chunk;
  }
}

/** Of a failed fetch the cause says more than the error itself. */
function message(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
