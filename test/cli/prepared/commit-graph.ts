import { createHash } from "node:crypto";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Story } from "./story.ts";

const ID = 20;
/** Tree, two parents by their places, generation and date. */
const ROW = ID + 4 + 4 + 8;

/** Writes git's cache of the history, and has it say that the newest commit comes right after the first one. */
export function forgeCommitGraph({ repository, gitDirectory, main, head }: Story): void {
  repository.git("commit-graph", "write", "--reachable");
  const file = join(gitDirectory, "objects", "info", "commit-graph");
  const bytes = readFileSync(file);
  const [ids, rows] = [chunk(bytes, "OIDL"), chunk(bytes, "CDAT")];
  const placeOf = (sha: string): number => (bytes.indexOf(Buffer.from(sha, "hex"), ids) - ids) / ID;
  bytes.writeUInt32BE(placeOf(main), rows + placeOf(head) * ROW + ID);
  const end = bytes.length - ID;
  createHash("sha1").update(bytes.subarray(0, end)).digest().copy(bytes, end);
  chmodSync(file, 0o644);
  writeFileSync(file, bytes);
}

function chunk(bytes: Buffer, name: string): number {
  return Number(bytes.readBigUInt64BE(bytes.indexOf(name) + name.length));
}
