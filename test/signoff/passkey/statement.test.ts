import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import {
  canonicalStatement,
  challengeOf,
  ELSEWHERE,
  type Prepared,
  prepare,
  prepareForKey,
  signatureOf,
} from "../../../src/signoff/passkey/statement.ts";
import { statementWords } from "../../../src/signoff/passkey/statement-words.ts";
import type { Decision } from "../../../src/signoff/passkey-facts.ts";
import type { ChangedFile, Snapshot } from "../../../src/signoff/snapshot.ts";
import { approval, file, HEAD, OLD_HEAD, olga, snapshot, sven, verdict } from "../build.ts";
import { keyOf, passkeys } from "./build.ts";

const FRESH = { installation: 7, nonce: "n", issuedAt: "2026-11-20T13:00:00.000Z" };
const yes = approval(olga);
const COUNTERSIGN: Decision = { kind: "countersign", reviewId: yes.id };
const destroyed = file("infra/db.tf", {
  status: "removed",
  contentId: null,
  before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
});

interface Row {
  readonly decision?: Decision;
  readonly files?: readonly ChangedFile[];
  readonly change?: Partial<Snapshot>;
  readonly fresh?: Partial<typeof FRESH>;
  readonly repositoryId?: number;
}

function prepared({
  decision = COUNTERSIGN,
  files = [destroyed, file("web/page.ts")],
  ...row
}: Row = {}): Prepared {
  const given = { files, ...row.change };
  const occasion = {
    snapshot: snapshot(given),
    verdict: verdict(given),
    repositoryId: row.repositoryId ?? 70,
  };
  return prepare({ by: olga, decision }, { ...FRESH, ...row.fresh, ...occasion });
}

test("its hash is SHA-256 of the canonical JSON (RFC 8785), and stays what it is", () => {
  const { statement } = prepared();
  const text = canonicalStatement(statement);
  expect(challengeOf(statement)).toBe(createHash("sha256").update(text).digest("base64url"));
  expect(JSON.parse(text)).toEqual(statement);
  // Keys in order, nothing between them: the order in which a statement was put together does not matter.
  expect(text).toMatch(/^\{"by":\{"id":2,"login":"olga"\},"change":\{"areas":\[/);
  const reversed = Object.fromEntries(Object.entries(statement).toReversed()) as typeof statement;
  expect(challengeOf(reversed)).toBe(challengeOf(statement));
});

test("it holds all areas with what is changed there, and the hazards", () => {
  const { change } = prepared().statement;
  expect(change).toMatchObject({
    repository: { id: 70, name: "acme/shop" },
    pull: 7,
    head: HEAD,
    base: "main",
  });
  expect(change?.areas.map(({ name, paths }) => [name, paths])).toEqual([
    ["infrastructure", ["infra/db.tf"]],
    [ELSEWHERE, ["web/page.ts"]],
  ]);
  expect(change?.hazards).toEqual([expect.stringContaining("terraform/resource-removed in infra/db.tf")]);
});

describe("it is another statement for another", () => {
  const { pullRequest } = snapshot();
  test.each<Row & { readonly why: string }>([
    { why: "review", decision: { kind: "countersign", reviewId: yes.id + 1 } },
    { why: "decision", decision: { kind: "dismiss", reviewId: yes.id } },
    { why: "repository", repositoryId: 71 },
    { why: "pull request", change: { pullRequest: { ...pullRequest, number: 8 } } },
    {
      why: "head",
      change: { pullRequest: { ...pullRequest, head: { ...pullRequest.head, sha: OLD_HEAD } } },
    },
    { why: "base", change: { pullRequest: { ...pullRequest, base: { ...pullRequest.base, ref: "next" } } } },
    { why: "content", files: [destroyed, file("web/page.ts", { contentId: "other" })] },
    { why: "nonce", fresh: { nonce: "m" } },
    { why: "moment", fresh: { issuedAt: "2026-11-20T13:00:01.000Z" } },
    { why: "installation", fresh: { installation: 8 } },
  ])("$why", (row) => {
    expect(challengeOf(prepared(row).statement)).not.toBe(challengeOf(prepared().statement));
  });
});

test("an area's digest is the same exactly as long as its content is", () => {
  const digests = (files: readonly ChangedFile[]) =>
    prepared({ files }).statement.change?.areas.map(({ digest }) => digest) ?? [];
  const [infra, outside] = digests([destroyed, file("web/page.ts")]);
  const [same, other] = digests([destroyed, file("web/page.ts", { contentId: "other" })]);
  expect(same).toBe(infra);
  expect(other).not.toBe(outside);
});

test("what was prepared of a snapshot, once signed, lets that snapshot pass", () => {
  const given = { files: [destroyed], reviews: [yes] };
  const signed = signatureOf(prepared({ files: given.files, change: given }), {
    ...{ by: olga, key: keyOf(olga), at: "2026-11-20T13:00:00.000Z" },
  });
  const asked = { passkey: { hazards: true, areas: "all" as const, outside: true } };
  const conclusion = (facts: NonNullable<typeof signed>[]) =>
    verdict({ ...given, passkeys: passkeys(facts) }, asked).conclusion;
  expect([conclusion([]), conclusion(signed === null ? [] : [signed])]).toEqual([
    "action_required",
    "success",
  ]);
});

describe("in words", () => {
  test("it says all that it holds", () => {
    expect(statementWords(prepared().statement)).toEqual([
      "You countersign this change: your approval counts.",
      "It is about pull request 7 of “acme/shop” into “main”, at bbbbbbb.",
      "infrastructure: “infra/db.tf”.",
      "outside all areas: “web/page.ts”.",
      expect.stringMatching(/^It holds 1 hazard: “terraform\/resource-removed in infra\/db\.tf: .*”\.$/),
      "You sign as @olga. It counts as long as this content stays as it is, whoever pushes.",
    ]);
    expect(statementWords(prepared({ files: [file("infra/a.tf")] }).statement)).toContain(
      "No hazard was found in it.",
    );
  });

  const claims = [
    { rule: "sql/drop-table", path: "db/1.sql", reason: "It is empty" },
    { rule: "a", path: null, reason: "b" },
  ];
  test.each<[Decision, string]>([
    [
      { kind: "false-alarm", reviewId: 1, claims },
      "You call false alarms: “sql/drop-table” in “db/1.sql” (“It is empty”) and “a” (“b”).",
    ],
    [
      { kind: "dismiss", reviewId: 1 },
      "You end a refusal: you dismissed the review by which somebody requested changes.",
    ],
    [
      { kind: "override-ask", commentId: 1, headSha: HEAD, reason: "Fire" },
      "You ask for an override of bbbbbbb, because “Fire”.",
    ],
    [
      { kind: "override-grant", commentId: 1, headSha: HEAD, reason: "Fire" },
      "You repeat the line for an override of bbbbbbb, because “Fire”: with enough others, it merges without its countersignatures.",
    ],
    [{ kind: "unfreeze", commentId: 1, area: "ci" }, "You end the freeze of “ci”."],
    [
      { kind: "accept", repository: 70, number: 9, commitSha: HEAD, commentId: 1 },
      "You accept afterwards that bbbbbbb got in without its owners.",
    ],
    [
      { kind: "vouch", key: "k", owner: sven },
      "You vouch that the key “k” is held by @sven: with it, they sign for whatever you may sign for.",
    ],
    [
      { kind: "remove-key", key: "k", owner: sven },
      "You remove the key “k” of @sven: what was signed with it counts no more, and neither do keys that it alone vouched for.",
    ],
    [{ kind: "enrol" }, "You register this key: it counts once somebody vouches for it with theirs."],
  ])("%j", (decision, words) => {
    const { statement } = prepareForKey({ by: olga, decision }, FRESH);
    expect(statementWords(statement)).toEqual([words, "You sign as @olga."]);
  });
});
