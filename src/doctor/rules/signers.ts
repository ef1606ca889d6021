import { type OwnerRef, showOwner } from "../../ownership/owner.ts";
import { type OwnedFiles, ownedFiles } from "../areas.ts";
import type { Collaborator, Facts } from "../facts.ts";
import { fileOf } from "../fixes.ts";
import { mapKnown } from "../known.ts";
import { everywhere, judgeKnown, no, notKnown, type Outcome, yes } from "../outcome.ts";
import { humansAmong, signersAmong } from "../signers.ts";
import type { FindingRule } from "./rule.ts";

export const signers = {
  code: "signers",
  severity: "warning",
  says: "Enough people can sign for every production area, without whoever asks agents most often.",
  judge: (facts) =>
    judgeKnown(facts.policy, "the config", ({ policy }) => {
      if (policy === null) return no("the config is invalid, so no area can be signed for");
      return judgeKnown(facts.ownership, "the files and CODEOWNERS", (ownership) =>
        judgeKnown(facts.collaborators, "who may write", (collaborators) =>
          everywhere(
            ownedFiles(policy, ownership)
              .filter(({ rule }) => rule.mode === "enforce")
              .map((files) => judgeFiles(files, facts, collaborators)),
          ),
        ),
      );
    }),
  fix: (facts) => {
    const { ownership } = facts;
    const path = "known" in ownership ? ownership.known.codeowners?.path : undefined;
    return fileOf(facts, path ?? ".github/CODEOWNERS");
  },
} as const satisfies FindingRule;

function judgeFiles(
  { rule, owners, paths }: OwnedFiles,
  facts: Facts,
  collaborators: readonly Collaborator[],
): Outcome {
  const where = `${rule.name}${paths[0] === undefined ? "" : `, ${paths[0]}`}`;
  if (owners.length === 0) return no(`${where}: nobody owns it`);
  const asked = { where, facts, collaborators };
  const enough = countsAtLeast(rule.countersignatures, owners, asked);
  return rule.senior.length === 0
    ? enough
    : everywhere([enough, countsAtLeast(1, rule.senior, { ...asked, where: `${where}: senior` })]);
}

interface Asked {
  readonly where: string;
  readonly facts: Facts;
  readonly collaborators: readonly Collaborator[];
}

/** Whether so many of these owners can sign what the usual requester has an agent write. */
function countsAtLeast(
  needed: number,
  owners: readonly OwnerRef[],
  { where, facts, collaborators }: Asked,
): Outcome {
  const humans = humansAmong(collaborators);
  const { able, hidden } = signersAmong(owners, facts, humans);
  const requester = mapKnown(facts.requesters, (logins) => usualRequester(logins, humans));
  const left = "known" in requester ? able.filter((each) => each !== requester.known) : able;
  const spare = left.length - needed;
  if (spare > 0 || (spare === 0 && "known" in requester)) return yes();
  const names = owners.map(showOwner).join(", ");
  if (hidden !== null) return notKnown(`${where}: ${names}`, hidden);
  if (spare === 0 && "unknown" in requester)
    return notKnown(`${where}: who asks agents most often`, requester.unknown);
  const without = able.length > left.length ? ", without the one who asks agents most often" : "";
  return no(`${where}: ${needed} must sign, and ${left.length} of ${names} can${without}`);
}

/** Whoever asked most often among those who could sign at all; others' words count for nothing here. */
function usualRequester(
  requesters: readonly string[],
  humans: readonly Collaborator[],
): Collaborator | undefined {
  const times = (human: Collaborator) =>
    requesters.filter((login) => login.toLowerCase() === human.login.toLowerCase()).length;
  return humans
    .filter((human) => times(human) > 0)
    .toSorted((one, other) => times(other) - times(one) || one.id - other.id)[0];
}
