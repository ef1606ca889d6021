import type { Decision } from "../passkey-facts.ts";
import { escapeInvisible, quote } from "../wording/visible.ts";
import { count, joinAnd, listFirstQuoted, mention, shortSha } from "../wording/words.ts";
import type { StatedArea, Statement } from "./statement.ts";

/** Enough to see what it is about; how many more there are is said. */
const SHOWN_PATHS = 10;

/** A statement as sentences for whoever is to sign it: all that it holds but its digests and its nonce. Plain text. */
export function statementWords({ decision, by, change }: Statement): readonly string[] {
  const who = `You sign as ${mention(by)}.`;
  if (change === undefined) return [decisionSentence(decision), who];
  const { repository, pull, head, base, areas, hazards } = change;
  return [
    decisionSentence(decision),
    `It is about pull request ${pull} of ${quote(repository.name)} into ${quote(base)}, at ${shortSha(head)}.`,
    ...areas.map(areaSentence),
    hazards.length === 0
      ? "No hazard was found in it."
      : `It holds ${count(hazards.length, "hazard")}: ${joinAnd(hazards.map(quote))}.`,
    `${who} It counts as long as this content stays as it is, whoever pushes.`,
  ];
}

function areaSentence({ name, paths }: StatedArea): string {
  return `${escapeInvisible(name)}: ${listFirstQuoted(paths, SHOWN_PATHS)}.`;
}

function decisionSentence(decision: Decision): string {
  switch (decision.kind) {
    case "countersign":
      return "You countersign this change: your approval counts.";
    case "false-alarm":
      return `You call false alarms: ${joinAnd(
        decision.claims.map(
          ({ rule, path, reason }) =>
            `${quote(rule)}${path === null ? "" : ` in ${quote(path)}`} (${quote(reason)})`,
        ),
      )}.`;
    case "dismiss":
      return "You end a refusal: you dismissed the review by which somebody requested changes.";
    case "override-ask":
      return `You ask for an override of ${shortSha(decision.headSha)}, because ${quote(decision.reason)}.`;
    case "override-grant":
      return `You repeat the line for an override of ${shortSha(decision.headSha)}, because ${quote(decision.reason)}: with enough others, it merges without its countersignatures.`;
    case "unfreeze":
      return `You end the freeze of ${quote(decision.area)}.`;
    case "accept":
      return `You accept afterwards that ${shortSha(decision.commitSha)} got in without its owners.`;
    case "vouch":
      return `You vouch that the key ${quote(decision.key)} is held by ${mention(decision.owner)}: with it, they sign for whatever you may sign for.`;
    case "remove-key":
      return `You remove the key ${quote(decision.key)} of ${mention(decision.owner)}: what was signed with it counts no more, and neither do keys that it alone vouched for.`;
    case "enrol":
      return "You register this key: it counts once somebody vouches for it with theirs.";
  }
}
