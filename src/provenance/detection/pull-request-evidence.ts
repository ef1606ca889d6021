import type { PullRequestText } from "../change.ts";
import type { Evidence } from "../evidence.ts";
import type { Account } from "../identity.ts";
import {
  appMarks,
  branchMarks,
  eventMarks,
  identityMarks,
  type Known,
  labelMarks,
  lineMarks,
  namedMarks,
  peopleNamed,
} from "../signals/match.ts";
import { readWanted } from "../text/lines.ts";
import { declaredMarks } from "./declared.ts";
import { place } from "./place.ts";

/** All evidence on a pull request itself. */
export function pullRequestEvidence(known: Known, pullRequest: PullRequestText): readonly Evidence[] {
  const { index } = known;
  const { author, headRef, body, labels, performedVia = null, events = [], pushers = [] } = pullRequest;
  const { lines } = readWanted(body, index.texts.body.wanted);
  const marksOf = (account: Account) => identityMarks(known, { name: "", email: "", account }, "author");
  return [
    ...place({ on: "pull-request", field: "author" }, author === null ? [] : marksOf(author)),
    ...place({ on: "pull-request", field: "pusher" }, pushers.flatMap(marksOf)),
    ...place(
      { on: "pull-request", field: "app" },
      performedVia === null ? [] : appMarks(index, performedVia.slug),
    ),
    ...place({ on: "pull-request", field: "branch" }, branchMarks(index, headRef)),
    ...place({ on: "pull-request", field: "body" }, [
      ...lines.flatMap((line) => lineMarks(index.texts.body, line)),
      ...peopleNamed(lines).flatMap((named) =>
        namedMarks(identityMarks(known, named.person, "co-author"), named),
      ),
      ...declaredMarks(body, lines),
    ]),
    ...place(
      { on: "pull-request", field: "timeline" },
      events.flatMap((event) => eventMarks(index, event)),
    ),
    ...place(
      { on: "pull-request", field: "label" },
      labels.flatMap((label) => labelMarks(index, label)),
    ),
  ];
}
