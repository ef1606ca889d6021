import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Attested, attestChange, type ToAttest } from "../../../src/app/attesting/attest-change.ts";
import { prepareSigning } from "../../../src/app/attesting/signing.ts";
import { verifyBundle } from "../../../src/attestation/verify.ts";
import { knownKey } from "../../../src/cli/ledger/export/known-key.ts";
import { GitHubProblem, GitHubUnavailable, NotFound } from "../../../src/github/client/errors.ts";
import type { LinkedEntry } from "../../../src/ledger/entry.ts";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { ChangeOutcome } from "../../../src/watch/outcome.ts";
import { keepPasskey, VOUCHED_BY } from "../../attestation/kept-passkey.ts";
import { kira } from "../../signoff/build.ts";
import { FakeGitHub } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { type Notes, notes } from "../notes.ts";
import { VirtualAuthenticator } from "../passkeys/virtual-authenticator.ts";
import { SHOP } from "../watch/shop.ts";
import { working } from "../working.ts";

const [HEAD, MERGED, BEFORE] = ["b".repeat(40), "c".repeat(40), "a".repeat(40)];
const SRE = "infrastructure: @acme/sre";
const sam = { id: 1003, login: "sam" };

let store: Store;
let github: FakeGitHub;
let clock: ManualClock;
let log: Notes;
beforeEach(async () => {
  store = openSqliteStore(":memory:");
  [github, clock, log] = [new FakeGitHub(), new ManualClock(), notes()];
  await store.seeRepositories([{ ...SHOP, nodeId: null, createdAt: null }]);
});
afterEach(() => store.close());

const noted = (kind: LedgerEntry["kind"], data: object, pull = 7, headSha = HEAD): LedgerEntry => {
  return { at: clock.now().toISOString(), repository: SHOP, pull, headSha, kind, data };
};
const verdict = (given: object = {}) => ({
  ...{ conclusion: "success", writer: "ai", tools: ["kiro"], problems: [] },
  requirements: [{ id: SRE, count: 1, status: "signed", signedBy: [sam], refusedBy: [] }],
  ...given,
});
const signature = {
  ...{ requirement: SRE, reviewId: 501, by: sam, at: "2026-11-30T11:50:00Z", headSha: HEAD, kept: false },
  as: { kind: "team", org: "acme", slug: "sre" },
};

const merge = (given: Partial<ToAttest["change"]> = {}, served: readonly string[] = [HEAD]): ToAttest => ({
  repository: SHOP,
  move: {
    ...{ id: "1", branch: "main", before: BEFORE, after: MERGED, kind: "pr_merge" },
    ...{ at: "2026-11-30T12:00:00Z", by: { id: kira.id, login: kira.login, type: "User" } },
  },
  change: { outcome: "let-through", pull: 7, headSha: HEAD, ...given },
  served,
  tree: null,
});

async function attested(change = merge()): Promise<Attested> {
  const signing = await prepareSigning({ store, clock, log }, undefined);
  return attestChange({ store, github, log, signing, host: "https://github.com" })(change);
}

async function said(change?: ToAttest) {
  const { attestation } = await attested(change);
  const keys = (await store.signingKeys()).map(knownKey);
  if (attestation === null) return null;
  const result = verifyBundle(JSON.parse(attestation.bundle), keys, () => false);
  if (result.status === "damaged") throw new Error(result.damage);
  return result.statement;
}

describe("What became of a change is signed", () => {
  test("as the ledger holds it: who wrote it, what was asked for, who signed and by which right", async () => {
    const evidence = {
      ...{ tool: "kiro", kind: "trailer", strength: "certain", text: "Co-authored-by: Kiro" },
      where: { on: "commit", sha: HEAD, field: "message" },
    };
    await store.append([
      noted("evidence", evidence),
      noted("verdict", verdict()),
      noted("countersignature", signature),
    ]);
    expect(await said()).toEqual({
      _type: "https://in-toto.io/Statement/v1",
      subject: [
        { uri: "git+https://github.com/acme/shop", digest: { gitCommit: MERGED } },
        { uri: "git+https://github.com/acme/shop", digest: { gitTree: "7".repeat(40) } },
      ],
      predicateType: "https://countersign.dev/human-review/v1",
      predicate: {
        change: {
          ...{ repository: { id: 70, name: "acme/shop" }, branch: "main", before: BEFORE, after: MERGED },
          ...{ pull: 7, head: HEAD, how: "pr_merge", at: "2026-11-30T12:00:00Z" },
          by: { id: kira.id, login: kira.login },
        },
        authorship: {
          ...{ writer: "ai", tools: ["kiro"] },
          evidence: [{ tool: "kiro", kind: "trailer", strength: "certain", on: HEAD }],
        },
        areas: [
          { name: "infrastructure", requirement: SRE, count: 1, status: "signed", contentDigest: null },
        ],
        signers: [
          {
            ...{ ...sam, requirement: SRE, as: "@acme/sre", at: "2026-11-30T11:50:00Z", review: 501 },
            ...{ head: HEAD, kept: false, passkey: null },
          },
        ],
        policy: { commit: null, digest: null },
        outcome: "countersigned",
      },
    });
    expect(github.calls).toEqual([`commit ${MERGED}`]);
  });

  test.each<[string, ChangeOutcome, object, string]>([
    ["nobody had to sign", "let-through", verdict({ requirements: [] }), "not-required"],
    ["the check was red", "red", verdict({ conclusion: "action_required", requirements: [] }), "bypassed"],
    ["the pass was taken back", "turned-red-after", verdict({ requirements: [] }), "withdrawn"],
    [
      "two people let it in",
      "overridden",
      verdict({
        requirements: [{ id: SRE, count: 1, status: "waiting", signedBy: [] }],
        override: { status: "granted", by: [sam], reason: "outage" },
      }),
      "overridden",
    ],
  ])("where %s", async (_, outcome, data, passed) => {
    await store.append([noted("verdict", data)]);
    expect((await said(merge({ outcome })))?.predicate.outcome).toBe(passed);
  });

  test("of what came without a pull request by its own commit", async () => {
    const pushed = merge({ outcome: "no-pull-request", pull: null, headSha: MERGED }, []);
    expect((await said(pushed))?.predicate).toMatchObject({ outcome: "bypassed", signers: [] });
  });

  test("of what came by several pull requests at once with all that signed them", async () => {
    const pay = "payments: @acme/pay";
    const other = { ...signature, requirement: pay, reviewId: 502, by: { id: 1004, login: "pia" } };
    await store.append([
      noted("verdict", verdict()),
      noted("countersignature", signature),
      noted(
        "verdict",
        verdict({
          writer: "human",
          requirements: [{ id: pay, count: 1, status: "signed", signedBy: [other.by] }],
        }),
        8,
      ),
      noted("countersignature", other, 8),
    ]);
    const group = await said(merge({ pull: null, headSha: MERGED }));
    expect(group?.predicate).toMatchObject({
      outcome: "countersigned",
      authorship: { writer: "ai" },
      signers: [{ login: "sam" }, { login: "pia" }],
    });
  });

  test("of one pull request by what was noted of it, and of no other on the same head", async () => {
    await store.append([
      noted("verdict", verdict()),
      noted("countersignature", signature),
      noted("verdict", verdict({ requirements: [] }), 8),
    ]);
    expect((await said())?.predicate.outcome).toBe("countersigned");
    expect((await said(merge({ pull: 8 })))?.predicate.outcome).toBe("not-required");
  });
});

describe("A passkey that confirmed a countersignature is signed with it", () => {
  const authenticator = new VirtualAuthenticator();
  const entries = (passkey: object) => [
    noted("verdict", verdict()),
    noted("countersignature", { ...signature, passkey }),
  ];

  test("as anybody can verify it: the text, the key, what browser and authenticator said, and who vouched", async () => {
    const given = { repository: SHOP, pull: 7, authenticator, at: clock.now() };
    const { counted, passkey } = await keepPasskey(store, given);
    await store.append(entries(counted));
    expect((await said())?.predicate.signers).toMatchObject([{ review: 501, passkey }]);
  });

  test("where it is not kept, nothing is signed", async () => {
    const counted = {
      statement: "hash",
      key: authenticator.id,
      pull: 7,
      byCode: false,
      vouchedBy: VOUCHED_BY,
    };
    await store.append(entries(counted));
    expect((await attested()).attestation).toBeNull();
    expect(log.lines.map(({ level }) => level)).toEqual(["error"]);
  });
});

describe("What is signed is kept", () => {
  test("with the entry of the change that it speaks of, by one request more", async () => {
    const signing = await prepareSigning({ store, clock, log }, undefined);
    const attest = attestChange({ store, github, log, signing, host: "https://github.com" });
    const { run } = working({ store, github, clock, log, attest });
    const hint = { kind: "watch", ...SHOP, moved: [{ branch: "main", to: MERGED }] } as const;
    github.governed.tips = [{ branch: "main", tip: BEFORE }];
    await run(hint);
    const at = clock.now().toISOString();
    github.moved.unshift({
      ...{ id: "1", branch: "main", before: BEFORE, after: MERGED, kind: "push", at, by: kira },
    });
    github.calls.length = 0;
    await run(hint);
    expect(github.calls.filter((call) => call.startsWith("commit"))).toEqual([`commit ${MERGED}`]);
    const told: LinkedEntry[] = [];
    for await (const linked of store.chain(SHOP.installationId)) told.push(linked);
    expect(told.at(-1)?.entry.data).toMatchObject({ outcome: "no-pull-request" });
    const kept = told.at(-1)?.texts["/signedStatement"] as { readonly text: string } | undefined;
    const keys = (await store.signingKeys()).map(knownKey);
    const result = verifyBundle(JSON.parse(kept?.text ?? ""), keys, () => false);
    expect(result).toMatchObject({ status: "signed", statement: { predicate: { outcome: "bypassed" } } });
  });
});

test("What the commit holds is not asked for where an event told it", async () => {
  await store.append([noted("verdict", verdict()), noted("countersignature", signature)]);
  const statement = await said({ ...merge(), tree: "5".repeat(40) });
  expect(statement?.subject[1].digest).toEqual({ gitTree: "5".repeat(40) });
  expect(github.calls).toEqual([]);
});

describe("Nothing is signed", () => {
  test("where something let it in, and the ledger holds nothing of it", async () => {
    expect(await attested()).toEqual({ review: null, attestation: null });
    expect(github.calls).toEqual([]);
  });

  test("where what let it in is not what the ledger holds", async () => {
    await store.append([noted("verdict", verdict({ conclusion: "action_required" }))]);
    expect((await attested()).attestation).toBeNull();
  });

  test.each([
    ["is gone", new NotFound("gone")],
    ["may not be read", new GitHubProblem({ code: "evidence/not-judged", message: "", remedy: "" })],
  ])("where the commit %s; the change is kept all the same", async (_, error) => {
    await store.append([noted("verdict", verdict()), noted("countersignature", signature)]);
    github.before.commitFacts = () => {
      throw error;
    };
    const { review, attestation } = await attested();
    expect([review?.conclusion, attestation]).toEqual(["success", null]);
    expect(log.lines.map(({ message }) => message)).toEqual(["could not sign what became of a commit"]);
  });

  test("where what GitHub tells is no commit's", async () => {
    await store.append([noted("verdict", verdict()), noted("countersignature", signature)]);
    const { move, ...told } = merge();
    expect((await attested({ ...told, move: { ...move, after: "main" } })).attestation).toBeNull();
    expect(log.lines.map(({ level }) => level)).toEqual(["error"]);
  });

  test("until GitHub answers", async () => {
    await store.append([noted("verdict", verdict()), noted("countersignature", signature)]);
    github.before.commitFacts = () => {
      throw new GitHubUnavailable("down", 0);
    };
    await expect(attested()).rejects.toThrow(GitHubUnavailable);
  });
});
