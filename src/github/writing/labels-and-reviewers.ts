import type { RepositoryRef } from "../../store/repository.ts";
import type { GitHubClient } from "../client/client.ts";
import { LIMITS } from "../client/limits.ts";
import type { Mutation, Outcome } from "../client/mutation.ts";
import type { NodeIds } from "../reading/read-snapshot.ts";
import { applyLabels, type LabelChange, labelDifference, PULLS } from "./labels.ts";
import {
  missingReviewers,
  type NotAsked,
  notAsked,
  type Reviewer,
  type ReviewRequest,
  requestReviews,
} from "./review-requests.ts";

/** The labels and review requests that a pull request should have. */
export interface LabelsAndReviewers {
  readonly pull: number;
  readonly ids: NodeIds;
  readonly labels: LabelChange;
  readonly reviewers: ReviewRequest;
}

/** What could not be applied. */
export interface NotApplied {
  readonly pull: number;
  /** Why labels could not be set; `null` if they are as wanted. */
  readonly labels: Error | null;
  readonly notAsked: readonly NotAsked[];
}

/** A change in two parts: what GraphQL can do, and the rest, which needs REST. */
interface Parts {
  readonly add: Named<string>;
  readonly remove: Named<string>;
  readonly ask: Named<Reviewer>;
}

interface Named<T> {
  readonly known: readonly { readonly one: T; readonly id: string }[];
  readonly unknown: readonly T[];
}

function partsOf({ labels, reviewers, ids }: LabelsAndReviewers): Parts {
  const { add, remove } = labelDifference(labels);
  const label = (name: string) => ids.labels.get(name.toLowerCase());
  const reviewer = ({ kind, name }: Reviewer) =>
    (kind === "user" ? ids.users : ids.teams).get(name.toLowerCase());
  return {
    add: named(add, label),
    remove: named(remove, label),
    ask: named(reviewersToAsk({ reviewers }), reviewer),
  };
}

/** Whom GitHub is told to ask: as many as one request takes. */
export function reviewersToAsk({ reviewers }: Pick<LabelsAndReviewers, "reviewers">): readonly Reviewer[] {
  return missingReviewers(reviewers).slice(0, LIMITS.reviewersPerRequest);
}

function named<T>(all: readonly T[], idOf: (one: T) => string | undefined): Named<T> {
  const found = all.map((one) => ({ one, id: idOf(one) }));
  return {
    known: found.flatMap(({ one, id }) => (id === undefined ? [] : [{ one, id }])),
    unknown: found.flatMap(({ one, id }) => (id === undefined ? [one] : [])),
  };
}

/** The writes that GraphQL can make; `index` keeps those of several pull requests apart. */
export function labelAndReviewerMutations(change: LabelsAndReviewers, index: number): readonly Mutation[] {
  const { add, remove, ask } = partsOf(change);
  const idsOf = (reviewers: typeof ask.known, kind: Reviewer["kind"]) =>
    reviewers.flatMap(({ one, id }) => (one.kind === kind ? [id] : []));
  const labelableId = change.ids.pull;
  const labels = (known: typeof add.known) => ({ labelableId, labelIds: known.map(({ id }) => id) });
  const requests = {
    pullRequestId: change.ids.pull,
    userIds: idsOf(ask.known, "user"),
    teamIds: idsOf(ask.known, "team"),
    // Added to those already requested, not replacing them.
    union: true,
  };
  const all = [
    { part: add, alias: `add${index}`, name: "addLabelsToLabelable", input: labels(add.known) },
    { part: remove, alias: `remove${index}`, name: "removeLabelsFromLabelable", input: labels(remove.known) },
    { part: ask, alias: `ask${index}`, name: "requestReviews", input: requests },
  ] as const;
  return all.flatMap(({ part, ...mutation }) =>
    part.known.length === 0 ? [] : [{ ...mutation, need: PULLS }],
  );
}

interface Made {
  readonly repository: RepositoryRef;
  readonly change: LabelsAndReviewers;
  readonly index: number;
  /** By alias; empty if GraphQL was not used. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** Does by REST what GraphQL did not do or rejected, and returns what could not be applied. */
export async function finishLabelsAndReviewers(client: GitHubClient, made: Made): Promise<NotApplied> {
  const { change, repository } = made;
  const { add, remove, ask } = partsOf(change);
  const pull = { repository, pull: change.pull };
  const failures = [outcomeOf(made, "add"), outcomeOf(made, "remove")].flatMap(errorOf);
  const rest = { add: left(add, outcomeOf(made, "add")), remove: left(remove, outcomeOf(made, "remove")) };
  const labels = await applyLabels(client, pull, { ...rest, current: change.labels.current }).then(
    () => null,
    (error: unknown) => asError(error),
  );
  const asked = outcomeOf(made, "ask");
  const [refused] = errorOf(asked);
  return {
    pull: change.pull,
    labels: failures[0] ?? labels,
    notAsked: [
      ...(refused === undefined ? [] : ask.known.map(({ one }) => notAsked(one, refused.message))),
      ...(await requestReviews(client, pull, left(ask, asked))),
    ],
  };
}

function outcomeOf({ outcomes, index }: Made, what: "add" | "remove" | "ask"): Outcome | undefined {
  return outcomes.get(`${what}${index}`);
}

function errorOf(outcome: Outcome | undefined): readonly Error[] {
  return outcome?.status === "failed" ? [outcome.error] : [];
}

/** What is left for REST. */
function left<T>({ known, unknown }: Named<T>, outcome: Outcome | undefined): readonly T[] {
  const undone = outcome === undefined || outcome.status === "rejected";
  return [...(undone ? known.map(({ one }) => one) : []), ...unknown];
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
