import type { PullRequestText } from "../change.ts";
import type { Evidence } from "../evidence.ts";
import type { Account } from "../identity.ts";
import {
  appMatches,
  branchMatches,
  eventMatches,
  identityMatches,
  type KnownSignals,
  labelMatches,
  lineMatches,
  namedMatches,
  peopleNamed,
} from "../signals/match.ts";
import { readWanted } from "../text/lines.ts";
import { declaredMatches } from "./declared.ts";
import { evidenceAt } from "./evidence-at.ts";

/** All evidence on a pull request itself. */
export function pullRequestEvidence(known: KnownSignals, pullRequest: PullRequestText): readonly Evidence[] {
  const { index } = known;
  const { author, headRef, body, labels, performedVia = null, events = [], pushers = [] } = pullRequest;
  const { lines } = readWanted(body, index.texts.body.wanted);
  const matchesOf = (account: Account) => identityMatches(known, { name: "", email: "", account }, "author");
  return [
    ...evidenceAt({ on: "pull-request", field: "author" }, author === null ? [] : matchesOf(author)),
    ...evidenceAt({ on: "pull-request", field: "pusher" }, pushers.flatMap(matchesOf)),
    ...evidenceAt(
      { on: "pull-request", field: "app" },
      performedVia === null ? [] : appMatches(index, performedVia.slug),
    ),
    ...evidenceAt({ on: "pull-request", field: "branch" }, branchMatches(index, headRef)),
    ...evidenceAt({ on: "pull-request", field: "body" }, [
      ...lines.flatMap((line) => lineMatches(index.texts.body, line)),
      ...peopleNamed(lines).flatMap((named) =>
        namedMatches(identityMatches(known, named.person, "co-author"), named),
      ),
      ...declaredMatches(body, lines),
    ]),
    ...evidenceAt(
      { on: "pull-request", field: "timeline" },
      events.flatMap((event) => eventMatches(index, event)),
    ),
    ...evidenceAt(
      { on: "pull-request", field: "label" },
      labels.flatMap((label) => labelMatches(index, label)),
    ),
  ];
}
