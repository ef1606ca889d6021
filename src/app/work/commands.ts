import { answerOf, answerOnClosed } from "../../signoff/report/answer.ts";
import { timedFact } from "../../store/fact.ts";
import type { LedgerEntry } from "../../store/ledger.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { CommandTask, Task } from "../../store/task.ts";
import { followUpTask } from "../follow-up/follow-up.ts";
import type { HeadPorts, Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";

type ExpiryTask = Extract<Task, { kind: "expiry" }>;

/** Has what was commanded on a pull request judged with it. Where it has no head, nothing comes of it. */
export async function performCommand(
  { store, github, clock }: Pick<HeadPorts, "store" | "github" | "clock">,
  task: CommandTask,
): Promise<void> {
  const { installationId, repositoryId, owner, repo, pull, askedBy } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const followUp = await store.followUpAt(repository, pull);
  if (followUp?.issue === pull)
    return store.enqueue([followUpTask(repository, followUp.followUp)], "direct", clock.now());
  const { headSha: known, commands } = await store.remember(repository, pull);
  if (commands === undefined) return;
  const headSha = known ?? (task.issue ? null : await github.headOf(repository, pull));
  if (headSha === null) return store.forgetCommands(repository, commands.heard);
  const head = { kind: "head", headSha, pulls: [pull], ...repository, ...(askedBy && { askedBy }) } as const;
  await store.enqueue([head], "direct", clock.now());
}

/** What passed on the commit until now passes no more before it is judged again. */
export async function performExpiry(
  { store, clock, doubted }: Pick<HeadPorts, "store" | "clock" | "doubted">,
  task: ExpiryTask,
): Promise<void> {
  const { installationId, repositoryId, owner, repo, headSha } = task;
  const repository = { installationId, repositoryId, owner, repo };
  await store.invalidate({ facts: [timedFact(repository, headSha)] }, clock.now());
  doubted();
  const group = await store.groupAt(repository, headSha);
  const head = { kind: "head", headSha, pulls: [], ...repository, ...(group && { group }) } as const;
  if ((await store.publishedChecks(repository, headSha)).length > 0)
    await store.enqueue([head], "direct", clock.now());
}

/** Before anything is published that time alone makes untrue: a crash in between leaves no pass without an end. */
export async function scheduleExpiry({ store, repository, task, findings }: Work): Promise<void> {
  const moments = findings.judged.flatMap(({ verdict }) => verdict.changesAt ?? []);
  const [first] = moments.toSorted((one, other) => Date.parse(one) - Date.parse(other));
  if (first === undefined) return;
  await store.schedule({ kind: "expiry", headSha: task.headSha, ...repository }, new Date(first));
}

/** What people refused and commanded goes into the ledger before the store forgets that it was new. */
export async function recordWords(work: Work, judged: readonly JudgedPull[]): Promise<void> {
  const entries = judged.flatMap((one) => [...refusalEntries(work, one), ...commandEntries(work, one)]);
  if (entries.length > 0) await work.store.append(entries);
}

function refusalEntries(
  { repository, clock }: Work,
  { pull, verdict: { toRecord } }: JudgedPull,
): readonly LedgerEntry[] {
  return toRecord.refusals.map((refusal) => ({
    ...{
      at: clock.now().toISOString(),
      happenedAt: refusal.at,
      repository,
      pull,
      headSha: refusal.commitSha,
    },
    ...{ kind: "refusal", data: refusal },
  }));
}

function commandEntries({ repository, clock }: Work, { pull, verdict }: JudgedPull): readonly LedgerEntry[] {
  const { commands = [], ended = [] } = verdict.toRecord;
  const place = { at: clock.now().toISOString(), repository, pull } as const;
  const freezeEntry = { ...place, headSha: null, kind: "freeze" } as const;
  return [
    ...commands.flatMap(({ freeze, lift }): readonly LedgerEntry[] => [
      ...(freeze ? [{ ...freezeEntry, happenedAt: freeze.at, data: { event: "frozen", ...freeze } }] : []),
      ...(lift ? [{ ...freezeEntry, happenedAt: lift.at, data: { event: "lifted", ...lift } }] : []),
    ]),
    ...commands.flatMap(({ override }): readonly LedgerEntry[] =>
      override === undefined
        ? []
        : [
            {
              ...{ ...place, happenedAt: override.at, headSha: override.headSha, kind: "override" },
              data: { event: "asked", ...override },
            },
          ],
    ),
    ...ended.map(
      ({ record, because, by }): LedgerEntry => ({
        ...{ ...place, headSha: record.headSha, kind: "override" },
        data: { event: "ended", because, commentId: record.commentId, ...(by && { by }) },
      }),
    ),
  ];
}

/** Every open pull request says what is frozen, and is judged again when it is no more. */
export async function afterCommands(work: Work, judged: readonly JudgedPull[]): Promise<void> {
  const { store, repository, clock, doubted } = work;
  if (judged.some(({ verdict }) => verdict.toRecord.ended !== undefined)) doubted();
  const commands = judged.flatMap(({ verdict }) => verdict.toRecord.commands ?? []);
  if (!commands.some(({ freeze, lift }) => freeze !== undefined || lift !== undefined)) return;
  doubted();
  await store.enqueue([{ kind: "repository", ...repository }], "direct", clock.now());
}

/** Whoever commands a lot keeps nobody else's word waiting: what was not read yet is read next. */
export async function hearTheOthers(
  { store, repository, clock }: Work,
  judged: readonly JudgedPull[],
): Promise<void> {
  for (const { pull, verdict } of judged) {
    if (verdict.toRecord.commands === undefined) continue;
    const { commands } = await store.remember(repository, pull);
    if (commands === undefined || commands.heard.length === 0) continue;
    await store.enqueue([{ kind: "command", pull, ...repository }], "direct", clock.now());
  }
}

/** Once to each person on a pull request: whoever writes a hundred commands has one answer. */
export async function answerCommands(work: Work, judged: readonly JudgedPull[]): Promise<void> {
  const { store, github, repository, log, site } = work;
  for (const { pull, verdict } of judged) {
    for (const outcome of verdict.toRecord.commands ?? []) {
      const text = answerOf(outcome, site.docs);
      if (text === null || !(await store.answerOnce(repository, pull, outcome.by.id))) continue;
      await github.say({ repository, pull }, text).catch((error: unknown) => {
        log.warn({ repository: fullName(repository), pull, error }, "could not answer a command");
      });
    }
  }
}

/** Nothing comes any more of what was commanded on what is over. Whoever may write is told, as on what is open. */
export async function answerInVain({
  store,
  github,
  repository,
  log,
  site,
  findings,
}: Pick<Work, "store" | "github" | "repository" | "log" | "site" | "findings">): Promise<void> {
  for (const { pull, heard } of findings.inVain) {
    for (const { account: id, login } of heard) {
      if (!(await store.answerOnce(repository, pull, id))) continue;
      if (!(await github.mayWrite(repository, { account: id, login }))) continue;
      const text = answerOnClosed({ id, login, type: "User" }, site.docs);
      if (text === null) continue;
      await github.say({ repository, pull }, text).catch((error: unknown) => {
        log.warn({ repository: fullName(repository), pull, error }, "could not answer a command");
      });
    }
    await store.forgetCommands(repository, heard);
  }
}

function fullName({ owner, repo }: RepositoryRef): string {
  return `${owner}/${repo}`;
}
