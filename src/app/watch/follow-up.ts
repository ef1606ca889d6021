import type { Verdict } from "../../signoff/verdict.ts";
import type { PassedOver } from "../../store/follow-up.ts";
import { bypassStory } from "../../watch/comment.ts";
import { type FollowUpPorts, openFollowUp } from "../follow-up/follow-up.ts";
import type { FollowBypass } from "./ports.ts";

/**
 * Has the owners who were passed over accept a bypass afterwards, where the config asks for it: once for a commit of the
 * branch. Where nobody's countersignature was missing there is nobody to ask.
 */
export function followBypass(
  ports: Pick<FollowUpPorts, "store" | "clock" | "log" | "addresses">,
): FollowBypass {
  return async ({ repository, rules, move, change }) => {
    const { verdict, pull, headSha, outcome } = change;
    if (rules.followUp !== "issue" || verdict === undefined) return;
    const passedOver = passedOverIn(verdict);
    if (passedOver.length === 0) return;
    const { branch, at, by, after: commitSha } = move;
    const tookPart = verdict.contributors.flatMap(({ account }) => account?.id ?? []);
    await openFollowUp(ports, repository, {
      ...{ reason: "bypass", commitSha, pull, headSha: pull === null ? null : headSha, passedOver },
      involved: [...new Set([...tookPart, ...(by === null ? [] : [by.id])])],
      involvedLogins: verdict.contributors.flatMap(({ login }) => login?.toLowerCase() ?? []),
      says: bypassStory({ outcome, branch, headSha, by: by?.login ?? null, at }),
      openedAt: ports.clock.now().toISOString(),
      ...(rules.notify && { notify: rules.notify }),
    });
  };
}

function passedOverIn({ requirements }: Verdict): readonly PassedOver[] {
  return requirements
    .filter(({ status, requirement: { mode } }) => status !== "signed" && mode === "enforce")
    .map(({ requirement: { area, from, senior, passkey } }) => ({
      ...{ area, owners: [...from.owners, ...senior] },
      ...(passkey && { passkey }),
    }));
}
