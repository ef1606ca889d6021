import { overrideStory } from "../../signoff/report/follow-up.ts";
import type { PassedOver } from "../../store/follow-up.ts";
import { followUpTask, openFollowUp } from "../follow-up/follow-up.ts";
import type { Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";
import { PASSING_CONCLUSIONS } from "./passing.ts";

/** Of each pull request that people commanded something on: what its head passes by now, before anybody can merge it. */
export async function noteOverridden(
  { store, repository }: Work,
  judged: readonly JudgedPull[],
): Promise<void> {
  for (const { pull, verdict, snapshot } of judged) {
    if (snapshot?.recorded.heads === undefined) continue;
    const { override, contributors } = verdict;
    // What owners signed and a freeze held is nobody's to accept.
    if (override?.status !== "granted" || override.passedOver.length === 0) {
      // What passes no more may have been merged before the check said so.
      if (PASSING_CONCLUSIONS.has(verdict.conclusion)) await store.noteOverridden(repository, pull, null);
      continue;
    }
    const headSha = snapshot.pullRequest.head.sha;
    const passedOver = override.passedOver.map(({ area, from, senior }): PassedOver => {
      return { area, owners: [...from.owners, ...senior] };
    });
    const tookPart = contributors.flatMap(({ account }) => account?.id ?? []);
    const involved = [...new Set([...tookPart, ...override.by.map(({ id }) => id)])];
    const involvedLogins = contributors.flatMap(({ login }) => login?.toLowerCase() ?? []);
    const says = overrideStory(override, { pull, headSha });
    const pass = { headSha, passedOver, involved, involvedLogins, says };
    await store.noteOverridden(repository, pull, pass);
  }
}

/** Of each pull request where somebody froze something: who took part in it, if it is held. None of them lifts a freeze. */
export async function noteHeld({ store, repository }: Work, judged: readonly JudgedPull[]): Promise<void> {
  for (const { pull, verdict, snapshot } of judged) {
    if (snapshot?.recorded.freezes === undefined && verdict.freezes === undefined) continue;
    const people = verdict.contributors.flatMap(({ account }) => account?.id ?? []);
    await store.noteHeld(repository, pull, verdict.freezes === undefined ? [] : [...new Set(people)]);
  }
}

/** What was merged by an override is to be accepted afterwards. An approval of what was merged may do so. */
export async function followMerged(work: Work): Promise<void> {
  const { store, github, repository, task, findings, clock } = work;
  for (const { pull, sha: commitSha } of findings.merged) {
    const pass = await store.overriddenPass(repository, pull, task.headSha);
    if (pass !== null) {
      const merger = await github.merger(repository, pull);
      const involved = merger === null ? pass.involved : [...pass.involved, merger.id];
      const openedAt = clock.now().toISOString();
      await openFollowUp(work, repository, {
        ...pass,
        reason: "override",
        commitSha,
        pull,
        involved,
        openedAt,
      });
      await store.noteOverridden(repository, pull, null);
    }
    const known = await store.followUpAt(repository, pull);
    if (known?.isOpen) await store.enqueue([followUpTask(repository, known.followUp)], "direct", clock.now());
  }
}
