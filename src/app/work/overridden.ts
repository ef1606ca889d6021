import { overrideStory } from "../../signoff/report/follow-up.ts";
import type { OverriddenPass, PassedOver } from "../../store/follow-up.ts";
import { followUpTask, openFollowUp } from "../follow-up/follow-up.ts";
import { baseOf, deciding } from "./deciding.ts";
import type { Work } from "./head-work.ts";
import type { JudgedPull } from "./judge-head.ts";
import { PASSING_CONCLUSIONS } from "./passing.ts";

/**
 * Of each pull request that people commanded something on: what its head passes by now, before anybody can merge it. By
 * that, one passes as well that has no say in it.
 */
export async function noteOverridden({ store, repository, findings }: Work): Promise<void> {
  const { judged, ungoverned } = findings;
  const decisive = deciding(judged);
  for (const one of [...judged, ...ungoverned]) {
    const pass = passOf(one);
    if (pass === null && !isOver(one, { isGoverned: judged.includes(one) })) continue;
    const idle = judged.filter((other) => !decisive.includes(other) && baseOf(other) === baseOf(one));
    for (const { pull } of [one, ...idle]) await store.noteOverridden(repository, pull, pass);
  }
}

/** What passes no more is not: it may have been merged before the check said so. */
function isOver(
  { snapshot, verdict }: JudgedPull,
  { isGoverned }: { readonly isGoverned: boolean },
): boolean {
  if (snapshot?.recorded.heads === undefined) return false;
  return !isGoverned || PASSING_CONCLUSIONS.has(verdict.conclusion);
}

/** `null` where owners signed all of it: what a freeze held is nobody's to accept. */
function passOf({ pull, verdict, snapshot, policy }: JudgedPull): OverriddenPass | null {
  const { override, contributors } = verdict;
  if (snapshot === null || override?.status !== "granted" || override.passedOver.length === 0) return null;
  const headSha = snapshot.pullRequest.head.sha;
  const passedOver = override.passedOver.map(({ area, from, senior, passkey }): PassedOver => {
    return { area, owners: [...from.owners, ...senior], ...(passkey && { passkey }) };
  });
  const tookPart = contributors.flatMap(({ account }) => account?.id ?? []);
  const involved = [...new Set([...tookPart, ...override.by.map(({ id }) => id)])];
  const involvedLogins = contributors.flatMap(({ login }) => login?.toLowerCase() ?? []);
  const says = overrideStory(override, { pull, headSha });
  return { headSha, passedOver, involved, involvedLogins, says, ...(policy && { notify: policy.notify }) };
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
