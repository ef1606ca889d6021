import { createHash } from "node:crypto";
import { type LabelsAndReviewers, reviewersToAsk, type Written } from "../../github/writing/write.ts";
import type { Happening } from "../../notices/happening.ts";
import { noteHappenings, type Telling } from "../notices/note.ts";
import { headOf, namesFor, onPull } from "./happened.ts";
import type { Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";

/** Longer than a write that reaches GitHub takes to be answered. */
const WRITTEN_BY_MS = 2 * 60_000;

/** A pull request, and what of it is about to be written. */
export interface Asking {
  readonly one: JudgedPull;
  readonly change: LabelsAndReviewers;
}

/**
 * Notes whom GitHub is about to be told to ask. People are told once that is known to be done; where the process is killed
 * in between, they are told all the same, because the job asks again.
 */
export async function noteAsking(work: Work, asking: readonly Asking[]): Promise<void> {
  const dueAt = new Date(work.clock.now().getTime() + WRITTEN_BY_MS);
  await noteHappenings(work, tellingsOf(work, asking), dueAt);
}

/** `null` where GitHub refused all of it. */
export async function noteAsked(
  work: Work,
  asking: readonly Asking[],
  written: Written | null,
): Promise<void> {
  const { store, clock, addresses } = work;
  const intended = keysOf(tellingsOf(work, asking));
  if (intended.length === 0) return;
  if (written === null) return store.withdrawNotices(intended);
  // Of a write that failed in part it is not known what was asked: the next try tells.
  if (written.checks.some(({ status }) => status === "failed")) return;
  const done = tellingsOf(work, asking, written);
  const keys = keysOf(done);
  await store.withdrawNotices(intended.filter((key) => !keys.includes(key)));
  await noteHappenings(
    work,
    done.filter(({ happening }) => !intended.includes(happening.key)),
  );
  await store.releaseNotices(keys, clock.now());
  addresses.wake();
}

function keysOf(tellings: readonly Telling[]): readonly string[] {
  return tellings.flatMap(({ names, happening }) => (names.length === 0 ? [] : [happening.key]));
}

/** Without those whom GitHub did not ask. */
function tellingsOf(work: Work, asking: readonly Asking[], written?: Written): readonly Telling[] {
  return asking.flatMap(({ one, change }) => {
    const inVain = written?.notApplied.find(({ pull }) => pull === one.pull)?.notAsked ?? [];
    const refused = new Set(inVain.map(({ reviewer }) => reviewer));
    const asked = reviewersToAsk(change)
      .filter(({ name }) => !refused.has(name))
      .map(({ kind, name }) => (kind === "team" ? `${work.repository.owner}/${name}` : name))
      .toSorted();
    return asked.length === 0 ? [] : [{ names: namesFor(one), happening: happeningOf(work, one, asked) }];
  });
}

function happeningOf(work: Work, one: JudgedPull, asked: readonly string[]): Happening {
  const commit = headOf(work, one);
  return {
    ...onPull(work, one, { kind: "asked", of: `${commit}:${digestOf(asked)}` }),
    ...{ commit, asked, areas: one.verdict.areas.map(({ name }) => name) },
  };
}

/** The key stays for a while after people were told, and names nobody. */
function digestOf(asked: readonly string[]): string {
  return createHash("sha256").update(asked.join(" ")).digest("hex").slice(0, 16);
}
