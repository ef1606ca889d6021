import { createHash, createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * An export checked by its description in docs/ledger.md alone: nothing here is shared with what writes one.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = { readonly [key: string]: Json };

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");

/** RFC 8785 for what JSON.parse gives. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = value as Fields;
  const names = Object.keys(fields).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(fields[name] ?? null)}`).join(",")}}`;
}

interface Linked {
  readonly entry: Fields & { readonly seq: number; readonly installation: number; readonly kind: string };
  readonly prev: string;
  readonly hash: string;
  readonly texts: { readonly [place: string]: { readonly key: string; readonly text: string } };
}

/** What is wrong with an export, one word for each kind. */
export function faultsOf(folder: string, anchors: readonly string[] = []): ReadonlySet<string> {
  const faults = new Set<string>();
  try {
    check(folder, anchors, faults);
  } catch {
    faults.add("unreadable");
  }
  return faults;
}

function check(folder: string, anchors: readonly string[], faults: Set<string>): void {
  const read = (name: string) => readFileSync(join(folder, name));
  const manifestBytes = read("manifest.json");
  const manifest = JSON.parse(manifestBytes.toString()) as Fields;
  for (const { name, digest } of manifest.subject as unknown as {
    name: string;
    digest: { sha256: string };
  }[])
    if (sha256(read(name)) !== digest.sha256) faults.add("file");
  const keys = JSON.parse(read("keys.json").toString()).keys as (Fields & { kid: string })[];
  const open = (document: Json): Buffer | null => {
    const envelope = (document as unknown as Bundle).dsseEnvelope;
    const [signature] = envelope.signatures;
    const key = keys.find(({ kid }) => kid === signature?.keyid);
    if (signature === undefined || key === undefined) return null;
    const body = Buffer.from(envelope.payload, "base64");
    const type = envelope.payloadType;
    const signed = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${body.length} `), body]);
    const publicKey = createPublicKey({ key: { ...key }, format: "jwk" });
    return verify("sha256", signed, publicKey, Buffer.from(signature.sig, "base64")) ? body : null;
  };
  const lines = (name: string) =>
    read(name)
      .toString()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  if (!open(lines("manifest.sigstore.json")[0])?.equals(manifestBytes)) faults.add("signature");
  const chain = lines("chain.jsonl") as Linked[];
  checkChain(chain, anchors, faults);
  const stated = chain.map(({ entry }) => (entry.data as Fields).statement).filter(Boolean);
  for (const document of lines("attestations.jsonl")) {
    const body = open(document);
    if (body === null) faults.add("statement");
    else if (!stated.includes(sha256(body))) faults.add("statement");
    else checkPasskeys(JSON.parse(body.toString()).predicate, faults);
  }
  checkRows(chain, lines("population.jsonl"), manifest, faults);
}

/** Each assertion by WebAuthn's own rules: the text is what its key signed, for the signer's review of this change. */
function checkPasskeys({ change, signers }: Fields, faults: Set<string>): void {
  for (const signer of signers as readonly Fields[]) {
    const passkey = signer.passkey as { readonly [key: string]: string } | null;
    if (passkey === null) continue;
    const [client, data, signature] = ["clientDataJSON", "authenticatorData", "signature"].map((name) =>
      Buffer.from(passkey[name] ?? "", "base64url"),
    ) as [Buffer, Buffer, Buffer];
    const said = JSON.parse(client.toString()) as { readonly [key: string]: string };
    const statement = JSON.parse(passkey.statement ?? "");
    const text = Buffer.from(passkey.statement ?? "");
    const hash = (given: string | Buffer) => createHash("sha256").update(given).digest();
    const jwk = passkey.publicKey as unknown as JsonWebKey;
    const key = createPublicKey({ key: jwk, format: "jwk" });
    const holds =
      said.type === "webauthn.get" &&
      said.challenge === hash(text).toString("base64url") &&
      data.subarray(0, 32).equals(hash(new URL(said.origin ?? "").hostname)) &&
      (Number(data[32]) & 5) === 5 &&
      verify(jwk.kty === "OKP" ? null : "sha256", Buffer.concat([data, hash(client)]), key, signature) &&
      statement.by.id === signer.id &&
      statement.decision.reviewId === signer.review &&
      statement.change.repository.id === ((change as Fields).repository as Fields).id;
    if (!holds) faults.add("passkey");
  }
}

interface Bundle {
  readonly dsseEnvelope: {
    readonly payload: string;
    readonly payloadType: string;
    readonly signatures: readonly { readonly sig: string; readonly keyid: string }[];
  };
}

function checkChain(chain: readonly Linked[], anchors: readonly string[], faults: Set<string>): void {
  const ends = new Map<number, Linked>();
  for (const one of chain) {
    const { entry, prev, hash, texts } = one;
    if (sha256(prev + canonical(entry)) !== hash) faults.add("chain");
    const last = ends.get(entry.installation);
    if (last !== undefined && (last.hash !== prev || last.entry.seq + 1 !== entry.seq)) faults.add("chain");
    ends.set(entry.installation, one);
    for (const [place, { key, text }] of Object.entries(texts)) {
      const names = place
        .split("/")
        .slice(1)
        .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
      const sealed = names.reduce<Json | undefined>(
        (json, name) => (json as Fields | undefined)?.[name],
        entry.data,
      );
      if ((sealed as Fields | undefined)?.sealed !== sha256(key + text)) faults.add("text");
    }
  }
  const hashes = new Set(chain.map(({ hash }) => hash));
  if (anchors.some((anchor) => !hashes.has(anchor))) faults.add("anchor");
}

function checkRows(
  chain: readonly Linked[],
  rows: readonly Fields[],
  manifest: Fields,
  faults: Set<string>,
): void {
  const { period, repository, counts } = manifest.predicate as Fields;
  const [from, until] = [(period as Fields).from, (period as Fields).until].map((at) =>
    Date.parse(String(at)),
  );
  const told = chain.filter(({ entry }) => {
    const at = Date.parse(String((entry.data as Fields).movedAt));
    const name = String((entry.repository as Fields | null)?.name).toLowerCase();
    return (
      ["change", "bypass"].includes(entry.kind) &&
      at >= Number(from) &&
      at < Number(until) &&
      (repository === null || name === repository)
    );
  });
  const isOutside = ({ exceptions }: Fields) =>
    /"not-(?:in-ledger|on-github)"/.test(JSON.stringify(exceptions));
  const differing = ((manifest.predicate as Fields).merges as readonly Fields[] | undefined) ?? [];
  const named = differing.flatMap(({ missing, extra }) => [...(missing as Json[]), ...(extra as Json[])]);
  if (
    rows
      .filter(isOutside)
      .map(({ pull }) => pull)
      .join() !== named.join()
  )
    faults.add("rows");
  const entries = rows.filter((row) => !isOutside(row) && !JSON.stringify(row.exceptions).includes('"gap"'));
  const seqs = (list: readonly (Json | undefined)[]) =>
    list
      .map(Number)
      .sort((one, other) => one - other)
      .join();
  if (seqs(entries.map(({ seq }) => seq)) !== seqs(told.map(({ entry }) => entry.seq))) faults.add("rows");
  if ((counts as Fields).rows !== rows.length) faults.add("counts");
  const isException = ({ exceptions }: Fields) => (exceptions as readonly Json[]).length > 0;
  const firstOther = rows.findIndex((row) => !isException(row));
  if (firstOther !== -1 && rows.slice(firstOther).some(isException)) faults.add("order");
  for (const row of entries) {
    const entry = told.find(({ entry: { seq } }) => seq === row.seq)?.entry;
    const data = entry?.data as Fields | undefined;
    if (data?.outcome !== row.outcome || data?.after !== row.commit || entry?.pull !== row.pull)
      faults.add("rows");
  }
}
