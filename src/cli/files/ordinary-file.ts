import { constants, type Stats } from "node:fs";
import { type FileHandle, open, writeFile } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { placeOf, statsOf } from "./place.ts";

/** The most bytes that a file of each kind may hold. */
export const LARGEST = {
  config: 1 << 20,
  codeowners: 4 << 20,
  snapshot: 256 << 20,
  event: 64 << 20,
} as const;

/**
 * The text of an ordinary file: not of a link, a folder, a device or a pipe, and not without end.
 * Throws a `Failure` that names the path and never quotes what stands there.
 */
export async function readOrdinaryFile(directory: string, path: string, largest: number): Promise<string> {
  const place = await placeOf(directory, path);
  const stats = await statsOf(place);
  if (stats === null) throw new Failure(`${path} cannot be read: there is no such file`);
  refuseUnlessOrdinary(path, stats);
  // A pipe that took its place meanwhile is opened without waiting for who writes into it.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(place, flags).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${path} cannot be read: ${error.code}`);
  });
  try {
    refuseUnlessOrdinary(path, await file.stat());
    return (await readUpTo(file, { path, largest })).toString("utf8");
  } finally {
    await file.close();
  }
}

/** Writes an ordinary file, new or in place of one. Throws a `Failure`. */
export function writeOrdinaryFile(directory: string, path: string, text: string): Promise<void> {
  return write(directory, path, { text, mode: 0o666 });
}

/** The same for what others on this machine should not read: a new file is its owner's alone. */
export function writePrivateFile(directory: string, path: string, text: string): Promise<void> {
  return write(directory, path, { text, mode: 0o600 });
}

/** Adds to an ordinary file, or makes it. Throws a `Failure`. */
export function appendOrdinaryFile(directory: string, path: string, text: string): Promise<void> {
  return write(directory, path, { text, mode: 0o666, append: true });
}

/** Writes a file that was not there, its owner's alone. Throws a `Failure`, also where something is there by now. */
export async function createPrivateFile(directory: string, path: string, text: string): Promise<void> {
  const place = await placeOf(directory, path);
  await writeFile(place, text, { flag: "wx", mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${path} cannot be written: ${error.code}`);
  });
}

/** Whether anything is at the path. Throws a `Failure`. */
export async function isTaken(directory: string, path: string): Promise<boolean> {
  return (await statsOf(await placeOf(directory, path))) !== null;
}

interface Written {
  readonly text: string;
  /** Of a new file. */
  readonly mode: number;
  readonly append?: true;
}

async function write(directory: string, path: string, { text, mode, append }: Written): Promise<void> {
  const place = await placeOf(directory, path);
  const stats = await statsOf(place);
  if (stats !== null) refuseUnlessOwn(path, stats);
  const flags =
    constants.O_WRONLY |
    constants.O_CREAT |
    (append ? constants.O_APPEND : 0) |
    (constants.O_NOFOLLOW ?? 0) |
    (constants.O_NONBLOCK ?? 0);
  const file = await open(place, flags, mode).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${path} cannot be written: ${error.code}`);
  });
  try {
    refuseUnlessOwn(path, await file.stat());
    if (!append) await file.truncate();
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

function refuseUnlessOrdinary(path: string, stats: Stats): void {
  if (!stats.isFile()) throw new Failure(`${path} is ${kindOf(stats)}, not an ordinary file: name a file`);
}

/** What has another name besides is somebody else's file as well. */
function refuseUnlessOwn(path: string, stats: Stats): void {
  refuseUnlessOrdinary(path, stats);
  if (stats.nlink > 1) throw new Failure(`${path} has another name (a hard link): name a new file`);
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  if (stats.isSocket()) return "a socket";
  return stats.isSymbolicLink() ? "a symbolic link" : "a device";
}

const PIECE = 1 << 16;

async function readUpTo(
  file: FileHandle,
  { path, largest }: { readonly path: string; readonly largest: number },
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let size = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(PIECE), 0, PIECE, null);
    if (bytesRead === 0) return Buffer.concat(pieces);
    size += bytesRead;
    if (size > largest) throw new Failure(`${path} is larger than ${largest} bytes, the most that is read`);
    pieces.push(buffer.subarray(0, bytesRead));
  }
}
