import canonicalize from "canonicalize";
import type { Account } from "../account.ts";
import type { Decision, PasskeySignature, SignedContent } from "../passkey-facts.ts";
import { fingerprints } from "../requirements/fingerprints.ts";
import { hazardKey } from "../requirements/hazards.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Verdict } from "../verdict.ts";
import { sha256 } from "./hash.ts";

/** Of what is signed by hazards that lie in no area, and of changes outside production. */
export const ELSEWHERE = "outside all areas";

/** What a person signs: one decision, about one change as it was shown to them or about one key. */
export interface Statement {
  readonly type: "countersign/statement/v1";
  readonly installation: number;
  readonly decision: Decision;
  readonly by: Pick<Account, "id" | "login">;
  /** Left out for a decision about keys. */
  readonly change?: StatedChange;
  /** What makes it another statement than any before. */
  readonly nonce: string;
  /** ISO 8601. */
  readonly issuedAt: string;
}

interface StatedChange {
  readonly repository: { readonly id: number; readonly name: string };
  readonly pull: number;
  readonly head: string;
  readonly base: string;
  readonly areas: readonly StatedArea[];
  /** As they are told, in the order of files and lines. */
  readonly hazards: readonly string[];
}

/** What of an area is signed. */
export interface StatedArea {
  readonly name: string;
  readonly paths: readonly string[];
  /** SHA-256 of the canonical form of each path with what the merge does there, base64url. */
  readonly digest: string;
}

/** RFC 8785: the same bytes for everybody who verifies it. */
export function canonicalStatement(statement: Statement): string {
  return String(canonicalize(statement));
}

/** The challenge that a passkey answers: an assertion over it is a signature over the statement. Base64url. */
export function challengeOf(statement: Statement): string {
  return sha256(canonicalStatement(statement));
}

interface Occasion extends Pick<Statement, "installation" | "nonce" | "issuedAt"> {
  readonly repositoryId: number;
  readonly snapshot: Snapshot;
  readonly verdict: Pick<Verdict, "areas" | "hazards">;
}

/** A statement with all that it covers, from which a signature is made once it is given. */
export interface Prepared {
  readonly statement: Statement;
  /** Left out for a decision about keys. */
  readonly content?: SignedContent;
}

/** The statement of a decision about a change, by the very snapshot that its verdict was made of. */
export function prepare(
  { by, decision }: { readonly by: Account; readonly decision: Decision },
  { snapshot, verdict, repositoryId, ...fresh }: Occasion,
): Prepared {
  const { repository, pullRequest } = snapshot;
  const { number: pull, head, base } = pullRequest;
  const content = fingerprints(snapshot.files);
  return {
    statement: {
      ...{ type: "countersign/statement/v1", ...fresh, decision, by: person(by) },
      change: {
        repository: { id: repositoryId, name: `${repository.owner}/${repository.name}` },
        ...{ pull, head: head.sha, base: base.ref },
        areas: statedAreas(content, verdict),
        hazards: verdict.hazards.map(({ id, file, what }) => `${id} in ${file}: ${what}`),
      },
    },
    content: {
      ...{ headSha: head.sha, baseRef: base.ref, content: Object.fromEntries(content) },
      hazards: verdict.hazards.map(hazardKey),
    },
  };
}

/** The statement of a decision about a key. */
export function prepareForKey(
  { by, decision }: { readonly by: Account; readonly decision: Decision },
  fresh: Pick<Statement, "installation" | "nonce" | "issuedAt">,
): Prepared {
  return { statement: { type: "countersign/statement/v1", ...fresh, decision, by: person(by) } };
}

/** What is remembered of a statement that was signed; `null` for one about keys. */
export function signatureOf(
  { statement, content }: Prepared,
  given: Pick<PasskeySignature, "by" | "key" | "at">,
): PasskeySignature | null {
  if (content === undefined) return null;
  return { statement: challengeOf(statement), decision: statement.decision, ...given, ...content };
}

function person({ id, login }: Account): Statement["by"] {
  return { id, login };
}

function statedAreas(
  content: ReadonlyMap<string, string>,
  { areas }: Pick<Verdict, "areas">,
): readonly StatedArea[] {
  const inAreas = new Set(areas.flatMap(({ paths }) => paths));
  const outside = [...content.keys()].filter((path) => !inAreas.has(path)).toSorted();
  const all = [...areas, ...(outside.length > 0 ? [{ name: ELSEWHERE, paths: outside }] : [])];
  return all.map(({ name, paths }) => ({ name, paths, digest: digestOf(paths, content) }));
}

/** The same exactly as long as the merge does the same at each of these paths. */
function digestOf(paths: readonly string[], content: ReadonlyMap<string, string>): string {
  return sha256(String(canonicalize(paths.map((path) => [path, content.get(path) ?? ""]))));
}
