import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Entry } from "./entry.ts";

/** What stands for the entry before the first of an installation's chain. */
export function genesisOf(installation: number): string {
  return sha256(`countersign ledger 1\ninstallation ${installation}\n`);
}

/** What is hashed of an entry: its fields as canonical JSON (RFC 8785). */
export function canonicalForm(entry: Entry): string {
  const { installation, seq, at, happenedAt, repository, pull, headSha, kind, carriedOver, data } = entry;
  const fields = { installation, seq, at, happenedAt, repository, pull, headSha, kind, carriedOver, data };
  return canonicalJson(fields);
}

/** SHA-256 of the hash before, as its 64 digits, and the entry's canonical form in UTF-8. */
export function hashOf(prev: string, entry: Entry): string {
  return sha256(prev + canonicalForm(entry));
}

/** Canonical JSON (RFC 8785) of what is JSON already. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? "null";
}

/** In lower-case hexadecimal digits. A hash reads nothing, so this part stays pure. */
export function sha256(text: string): string {
  return hash("sha256", text);
}
