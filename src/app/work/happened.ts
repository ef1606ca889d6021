import type { Happening } from "../../notices/happening.ts";
import type { LateAnswer } from "../../signoff/time-verdict.ts";
import type { Override } from "../../signoff/verdict.ts";
import { noteHappenings, type Telling } from "../notices/note.ts";
import type { Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";

/** Has people told what is new on the pull requests, before the store takes it for known. */
export async function noteHappened(work: Work, judged: readonly JudgedPull[]): Promise<void> {
  const tellings = judged.flatMap((one) => {
    const happened = [
      ...refusals(work, one),
      ...overrides(work, one),
      ...freezes(work, one),
      ...escalations(work, one),
    ];
    return happened.map((happening): Telling => ({ names: namesFor(one), happening }));
  });
  await noteHappenings(work, tellings);
}

/** By the config that the pull request is judged by; nobody where it cannot be read. */
export function namesFor({ policy }: JudgedPull): readonly string[] {
  return policy?.notify ?? [];
}

/** What every happening on a pull request has. `of` tells it from others of its kind. */
export function onPull(
  { repository, clock }: Work,
  { pull, snapshot }: JudgedPull,
  { kind, of }: { readonly kind: Happening["kind"]; readonly of: string | number },
): Happening {
  const { owner, repo, repositoryId } = repository;
  return {
    kind,
    key: `${kind}:${repositoryId}#${pull}:${of}`,
    at: clock.now().toISOString(),
    repository: `${owner}/${repo}`,
    pull: { number: pull, title: snapshot?.pullRequest.title ?? null },
  };
}

/** The head of the pull request itself, in a merge group too. */
export function headOf({ task }: Work, { snapshot }: JudgedPull): string {
  return snapshot?.pullRequest.head.sha ?? task.headSha;
}

/** A review may refuse several areas at once. */
function refusals(work: Work, one: JudgedPull): readonly Happening[] {
  const byReview = Map.groupBy(one.verdict.toRecord.refusals, ({ reviewId }) => reviewId);
  return [...byReview].map(([of, records]) => ({
    ...onPull(work, one, { kind: "refused", of }),
    commit: headOf(work, one),
    areas: [...new Set(records.map(({ area }) => area))],
    by: [...new Set(records.map(({ by }) => by.login))],
  }));
}

/** Each time that somebody did not answer, whoever is asked next. */
function escalations(work: Work, one: JudgedPull): readonly Happening[] {
  const { time, reviewRequests, areas } = one.verdict;
  const late = (time?.late ?? []).map((each) => ({ ...each, shown: shownName(work, each) }));
  const asked = [
    ...reviewRequests.users,
    ...reviewRequests.teams.map((name) => shownName(work, { kind: "team", name })),
  ];
  return late.map(({ kind, name, due, shown }) => ({
    ...onPull(work, one, { kind: "escalated", of: `${kind}:${name}:${due}` }),
    ...{ commit: headOf(work, one), by: [shown], asked: asked.filter((each) => each !== shown) },
    areas: areas.map((area) => area.name),
  }));
}

function shownName({ repository }: Work, { kind, name }: Pick<LateAnswer, "kind" | "name">): string {
  return kind === "team" ? `${repository.owner}/${name}` : name;
}

/** One is asked for, granted once enough people have repeated it, and ends. */
function overrides(work: Work, one: JudgedPull): readonly Happening[] {
  const { override, toRecord } = one.verdict;
  return [
    ...(override?.status === "granted" ? [granted(work, one, override)] : asked(work, one)),
    ...ended(work, one, toRecord.ended ?? []),
  ];
}

function asked(work: Work, one: JudgedPull): readonly Happening[] {
  const records = (one.verdict.toRecord.commands ?? []).flatMap(({ override }) => override ?? []);
  return records.map(({ commentId: of, by, reason, headSha: commit }) => ({
    ...onPull(work, one, { kind: "override-asked", of }),
    ...{ commit, reason, by: [by.login] },
  }));
}

function granted(work: Work, one: JudgedPull, { by, reason, until }: Override): Happening {
  const commit = headOf(work, one);
  return {
    ...onPull(work, one, { kind: "override-granted", of: `${commit}:${until}` }),
    ...{ commit, reason, until, by: by.map(({ login }) => login) },
  };
}

type Ended = NonNullable<JudgedPull["verdict"]["toRecord"]["ended"]>;

/** Of several people's lines, which end together. */
function ended(work: Work, one: JudgedPull, lines: Ended): readonly Happening[] {
  const [first] = lines;
  if (first === undefined) return [];
  const { because: how, by, record } = first;
  const of = lines.map(({ record: { commentId } }) => commentId).join(" ");
  return [
    {
      ...onPull(work, one, { kind: "override-ended", of }),
      ...{ commit: record.headSha, how },
      ...(by && { by: [by.login] }),
    },
  ];
}

function freezes(work: Work, one: JudgedPull): readonly Happening[] {
  return (one.verdict.toRecord.commands ?? []).flatMap(({ freeze, lift }): readonly Happening[] => [
    ...(freeze === undefined
      ? []
      : [
          {
            ...onPull(work, one, { kind: "frozen", of: freeze.commentId }),
            ...{ areas: [freeze.area], by: [freeze.by.login], reason: freeze.reason, until: freeze.until },
          },
        ]),
    // A word that lifts nothing yet waits for a second one.
    ...(lift === undefined || lift.lifted.length === 0
      ? []
      : [
          {
            ...onPull(work, one, { kind: "lifted", of: lift.commentId }),
            ...{ areas: [lift.area], by: [lift.by.login] },
          },
        ]),
  ]);
}
