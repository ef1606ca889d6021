import { expect } from "@jest/globals";
import { diagnose } from "../../src/doctor/finding.ts";
import { placesNaming } from "../../src/ledger/erasing.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import { SOUND } from "../doctor/sound.ts";
import { read } from "../repository/files.ts";
import { expectWhole } from "./ledger-contract.ts";

/** A store, and its database while no process uses it. */
export interface ErasableStore {
  /** As docs/operate.md names it. */
  readonly engine: "SQLite" | "PostgreSQL";
  open(): Promise<Store>;
  run(sql: string): Promise<unknown>;
  /** All that is in its tables. */
  content(): Promise<string>;
}

const repository: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const olga = { id: 3, login: "olga", type: "User" } as const;
const olav = { id: 4, login: "olgaa", type: "User" } as const;
const NAMED = "by Olga <olga@acme.example>";

/** The documented statements, with a person's login and address in the places for them. */
function statements(engine: string): string {
  const [, sql = ""] =
    new RegExp(`\`\`\`sql\\n-- ${engine}.*\\n([\\s\\S]*?)\`\`\``).exec(read("docs/operate.md")) ?? [];
  return sql.replaceAll("LOGIN", olga.login).replaceAll("ADDRESS", "olga@acme.example");
}

async function fill(store: Store): Promise<void> {
  await store.record(repository, 1, {
    by: { headSha: "s1", asOf: 0, at: new Date(0) },
    approvals: [
      {
        ...{ reviewId: 5, reviewerId: olga.id, headSha: "s1", baseRef: "main" },
        ...{ seenAt: "2026-01-01T00:00:00Z", content: { "infra/main.tf": "blob" } },
      },
    ],
    refusals: [
      {
        ...{ reviewId: 6, by: olga, at: "2026-01-01T00:00:00Z", commitSha: "s1" },
        ...{ as: { kind: "user", login: olga.login }, area: "infrastructure", paths: ["infra/main.tf"] },
      },
    ],
    evidence: [
      {
        ...{ tool: "Kiro", kind: "trailer", strength: "strong", text: NAMED },
        where: { on: "pull-request", field: "body" },
        writtenBy: { id: olga.id, login: olga.login, outsider: false },
      },
    ],
    participants: [
      { account: olga, role: "pusher", because: "pushed s1", sha: "s1" },
      { account: olav, role: "requester", because: "gave Kiro a command" },
    ],
    commits: [{ sha: "s1", evidence: [], participants: [{ account: olga, role: "pusher", because: "x" }] }],
    accounts: [{ login: olga.login, id: olga.id }],
    signers: [
      { owner: `@${olga.login}`, accounts: [olga.id], former: [] },
      { owner: "@acme/sre", accounts: [olga.id], former: [] },
    ],
    change: {
      contentDigest: "d1",
      evidence: [],
      participants: [{ account: olga, role: "pusher", because: "x" }],
    },
  });
  await fillCommands(store);
  const [rule] = diagnose(SOUND);
  const findings = rule === undefined ? [] : [{ ...rule, where: [`administrators: @${olga.login}`] }];
  await store.recordProtection(repository, { at: 0, branches: [], findings });
  await store.noteNotices(
    [{ target: "platform", key: "a", record: JSON.stringify({ by: [olga.login] }), routine: false }],
    { now: new Date(0), dueAt: new Date(0) },
  );
  await fillPasskeys(store);
  await store.keepShown(
    repository,
    {
      pull: 1,
      headSha: "s1",
      conclusion: "failure",
      summary: "{}",
      record: JSON.stringify({ by: [olga.login] }),
    },
    new Date(0),
  );
  await store.beginSession({ id: "d", account: olga.id, login: olga.login }, new Date(0), new Date(1));
  await store.append([
    {
      ...{ at: "2026-01-01T00:00:00Z", repository, pull: 1, headSha: "s1", kind: "verdict" },
      data: { by: olga, text: NAMED },
    },
  ]);
}

/** She has a key, vouched for another with it, and signed. */
async function fillPasskeys(store: Store): Promise<void> {
  const at = "2026-01-01T00:00:00Z";
  const state = { counter: 0, device: "single", backedUp: false } as const;
  for (const owner of [olga, olav])
    await store.enrolPasskey(7, { id: `${owner.id}`, owner, enrolledAt: at, publicKey: "p", ...state });
  const statement = JSON.stringify({ by: { id: olga.id, login: olga.login } });
  const proof = { statement, publicKey: "p", clientDataJSON: "c", authenticatorData: "a", signature: "s" };
  const given = { installationId: 7, account: olga.id, key: `${olga.id}`, state };
  const vouch = { key: `${olav.id}`, by: olga, withKey: `${olga.id}`, at };
  await store.recordAssertion(
    { ...given, challenge: "c1", outcome: { kind: "vouch", vouch, proof } },
    new Date(0),
  );
  const signature = {
    ...{ statement: "c2", by: olga, key: `${olga.id}`, at, headSha: "s1", baseRef: "main", content: {} },
    ...{ hazards: [], decision: { kind: "countersign", reviewId: 5 } as const },
  };
  const outcome = { kind: "signature", repository, pull: 1, signature, proof } as const;
  await store.recordAssertion({ ...given, challenge: "c2", outcome }, new Date(0));
  const open = { challenge: "c3", installationId: 7, account: olga.id, record: statement };
  await store.keepStatement(open, new Date(0), new Date(1));
}

/** She asked for an override, said more, and let something in that has to be accepted. */
async function fillCommands(store: Store): Promise<void> {
  const heard = { pull: 1, account: olga.id, login: olga.login };
  const delivery = { id: "commands", event: "issue_comment", action: "created" };
  const commands = [8, 9].map((commentId) => ({ ...heard, commentId }));
  await store.accept(delivery, { tasks: [], about: repository, commands }, new Date(0));
  const override = {
    ...{ commentId: 8, by: olga, at: "2026-01-01T00:00:00Z", headSha: "s1", named: "s1", baseRef: "main" },
    ...{ reason: "It burns", lasts: 1 },
  };
  await store.record(repository, 1, {
    ...{
      approvals: [],
      refusals: [],
      evidence: [],
      participants: [],
      commits: [],
      accounts: [],
      change: null,
    },
    by: { headSha: "s1", asOf: 0, at: new Date(0) },
    commands: [{ commentId: 8, by: olga, at: "2026-01-01T00:00:00Z", override }],
  });
  const story = {
    ...{ headSha: "s1", passedOver: [], involved: [olga.id], involvedLogins: [olga.login] },
    says: `By @${olga.login}.`,
  };
  await store.noteOverridden(repository, 1, story);
  await store.openFollowUp(repository, {
    ...{ ...story, reason: "override", commitSha: "m1", pull: 1, openedAt: "2026-01-01T00:00:00Z" },
  });
}

/** As `countersign ledger erase` does. */
async function eraseFromLedger(erasable: ErasableStore): Promise<void> {
  const store = await erasable.open();
  const person = { login: olga.login, texts: ["olga@acme.example"] };
  await store.erase(7, {
    ...{ because: "request 12", now: new Date(0) },
    places: (texts) => placesNaming(person, texts),
  });
  await store.close();
}

/** What docs/operate.md says of erasing a person holds, and keeps what the gate needs to know of them. */
export async function expectErasure(erasable: ErasableStore): Promise<void> {
  const store = await erasable.open();
  await fill(store);
  const before = await store.remember(repository, 1);
  await store.close();
  const content = await erasable.content();
  expect(content).toContain('"olga"');
  expect(content).toContain('"@olga"');
  expect(content).toContain("administrators: @olga");

  await eraseFromLedger(erasable);
  await erasable.run(statements(erasable.engine));

  const left = await erasable.content();
  expect(left).not.toContain('"olga"');
  expect(left).not.toContain('"@olga"');
  expect(left).not.toContain(String.raw`\"olga\"`);
  expect(left).not.toContain("administrators: @olga");
  expect(left).not.toContain("By @olga");
  expect(left).not.toContain("olga@acme.example");
  expect(left).toContain('"olgaa"');
  const again = await erasable.open();
  const { participants, approvals, refusals, evidence, accounts, signers } = await again.remember(
    repository,
    1,
  );
  expect(participants.map(({ account, role }) => [account.id, role])).toEqual(
    before.participants.map(({ account, role }) => [account.id, role]),
  );
  expect(approvals).toEqual(before.approvals);
  // Whoever bears the login next is not taken for her.
  expect(accounts).toEqual([{ login: olga.login, id: olga.id }]);
  expect(signers).toEqual([{ owner: "@acme/sre", accounts: [olga.id], former: [] }]);
  expect(refusals).toMatchObject([{ reviewId: 6, by: { id: olga.id } }]);
  expect(evidence).toMatchObject([{ tool: "Kiro", strength: "strong" }]);
  await expectWhole(again);
  await again.close();
  for (const change of ["UPDATE TABLE SET data = ''", "DELETE FROM TABLE"]) {
    const ledger = erasable.engine === "SQLite" ? "ledger_entry" : "countersign.ledger_entry";
    await expect(async () => erasable.run(change.replace("TABLE", ledger))).rejects.toThrow("append-only");
  }
}
