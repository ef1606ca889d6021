import { expect } from "@jest/globals";
import { diagnose } from "../../src/doctor/finding.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";
import { SOUND } from "../doctor/sound.ts";
import { read } from "../repository/files.ts";

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
      ...{ at: "2026-01-01T00:00:00Z", repository: "acme/shop", pull: 1, headSha: "s1", kind: "verdict" },
      data: { by: olga, text: NAMED },
    },
  ]);
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

/** What docs/operate.md says of erasing a person holds, and keeps what the gate needs to know of them. */
export async function expectErasure(erasable: ErasableStore): Promise<void> {
  const store = await erasable.open();
  await fill(store);
  const before = await store.remember(repository, 1);
  await store.close();
  const content = await erasable.content();
  expect(content).toContain('"olga"');
  expect(content).toContain("administrators: @olga");

  await erasable.run(statements(erasable.engine));

  const left = await erasable.content();
  expect(left).not.toContain('"olga"');
  expect(left).not.toContain("administrators: @olga");
  expect(left).not.toContain("By @olga");
  expect(left).not.toContain("olga@acme.example");
  expect(left).toContain('"olgaa"');
  const again = await erasable.open();
  const { participants, approvals, refusals, evidence, accounts } = await again.remember(repository, 1);
  expect(participants.map(({ account, role }) => [account.id, role])).toEqual(
    before.participants.map(({ account, role }) => [account.id, role]),
  );
  expect(approvals).toEqual(before.approvals);
  // Whoever bears the login next is not taken for her.
  expect(accounts).toEqual([{ login: olga.login, id: olga.id }]);
  expect(refusals).toMatchObject([{ reviewId: 6, by: { id: olga.id } }]);
  expect(evidence).toMatchObject([{ tool: "Kiro", strength: "strong" }]);
  await again.close();
  for (const change of ["UPDATE TABLE SET data = ''", "DELETE FROM TABLE"]) {
    const ledger = erasable.engine === "SQLite" ? "ledger" : "countersign.ledger";
    await expect(async () => erasable.run(change.replace("TABLE", ledger))).rejects.toThrow("append-only");
  }
}
