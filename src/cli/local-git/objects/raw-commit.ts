import { isAscii, isUtf8 } from "node:buffer";
import { decodeBytes } from "./bytes.ts";

export interface NameAndEmail {
  readonly name: string;
  readonly email: string;
}

/** A commit as it is stored: names and e-mails, no accounts. */
export interface RawCommit {
  readonly message: string;
  readonly author: NameAndEmail;
  readonly committer: NameAndEmail;
  /** Seconds since 1970 by the author's and the committer's clock; 0 when nothing is written there. */
  readonly authoredAt: number;
  readonly committedAt: number;
  readonly parents: number;
}

const HEADER_END = Buffer.from("\n\n");

/**
 * Reads a commit by its bytes. One whose author or committer is not told once and in full has nobody there, which is
 * taken for unknown; nothing is repaired, because others may repair it differently.
 */
export function parseCommit(bytes: Buffer): RawCommit {
  const end = bytes.indexOf(HEADER_END);
  const header = bytes.subarray(0, end === -1 ? bytes.length : end);
  const lines = header.toString("latin1").split("\n");
  const decode = decoderFor(only(lines, "encoding "));
  const [author, committer] = [identityOf(lines, "author "), identityOf(lines, "committer ")];
  return {
    message: end === -1 ? "" : decode(bytes.subarray(end + HEADER_END.length)).replaceAll("\0", "\n"),
    author: decoded(author, decode),
    committer: decoded(committer, decode),
    authoredAt: author.time,
    committedAt: committer.time,
    parents: lines.filter((line) => line.startsWith("parent ")).length,
  };
}

/** The rest of the one line that begins so; `null` where there is none, or more than one. */
function only(lines: readonly string[], key: string): string | null {
  const [first, second] = lines.filter((line) => line.startsWith(key));
  return first === undefined || second !== undefined ? null : first.slice(key.length);
}

interface Signature extends NameAndEmail {
  readonly time: number;
}

const NOBODY: Signature = { name: "", email: "", time: 0 };

/** `Ada <ada@example.com> 1763000000 +0100`. */
const SIGNATURE = /^([^<>\0]*?) ?<([^<>\0]*)>(?: (-?\d{1,20})(?: .*)?)?$/;

function identityOf(lines: readonly string[], key: string): Signature {
  const line = only(lines, key);
  const [, name, email, time = "0"] = (line === null ? null : SIGNATURE.exec(line)) ?? [];
  return name === undefined || email === undefined
    ? NOBODY
    : { name: name.trim(), email: email.trim(), time: Number(time) };
}

const ASCII = /^\p{ASCII}*$/u;

type Decode = (bytes: Buffer) => string;

/** The header was read byte by byte. */
function decoded({ name, email }: Signature, decode: Decode): NameAndEmail {
  const again = (text: string): string => (ASCII.test(text) ? text : decode(Buffer.from(text, "latin1")));
  return { name: again(name), email: again(email) };
}

/** Encodings in which every ASCII byte is itself: no other reading of the same bytes can hide a line. */
const ASCII_BASED = /^(?:iso-?8859-?\d{1,2}|latin-?\d|windows-?125\d|cp-?125\d|koi8-?[ru]|euc-?(?:jp|kr))$/i;

/** UTF-8 wherever it is; else what the commit says of itself; else byte by byte. */
function decoderFor(encoding: string | null): Decode {
  return (bytes) => {
    if (isAscii(bytes)) return bytes.toString("latin1");
    if (isUtf8(bytes)) return bytes.toString("utf8");
    const decoder = encoding !== null && ASCII_BASED.test(encoding) ? decoderOf(encoding) : null;
    return decoder === null ? decodeBytes(bytes) : decoder.decode(bytes);
  };
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}
