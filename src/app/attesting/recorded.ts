import type { Evidence } from "../../provenance/evidence.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import { type RecordedEntry, type RecordedReview, reviewIn } from "../../watch/review.ts";
import { essence } from "../work/ledger-entries.ts";

const KINDS = ["verdict", "countersignature", "evidence"] as const;

/** A change, and the heads by whose passes it came. */
export interface Came {
  readonly pull: number | null;
  readonly heads: readonly string[];
}

/**
 * How a change was reviewed, as the ledger has it. What came by several pull requests at once was reviewed with all of
 * them. `null` where it does not tell.
 */
export async function recordedReviewOf(
  store: Pick<Store, "noted" | "remember">,
  repository: RepositoryRef,
  { pull, heads }: Came,
): Promise<RecordedReview | null> {
  const reviews: (RecordedReview | null)[] = [];
  for (const head of new Set(heads)) {
    const noted = await store.noted(repository, head, KINDS);
    const own = noted.filter((entry) => pull === null || entry.pull === pull);
    for (const [number, entries] of Map.groupBy(own, (entry) => entry.pull)) {
      const review = reviewIn(entries);
      reviews.push(review && (await withEvidence(store, repository, number, review)));
    }
  }
  return together(reviews);
}

/** What was found of the pull request before its head was pushed. */
async function withEvidence(
  store: Pick<Store, "remember">,
  repository: RepositoryRef,
  pull: number | null,
  review: RecordedReview,
): Promise<RecordedReview> {
  if (pull === null) return review;
  const { evidence } = await store.remember(repository, pull);
  const earlier = reviewIn([...evidence.map(evidenceEntry), EMPTY])?.authorship.evidence ?? [];
  const all = [...review.authorship.evidence, ...earlier];
  const different = new Map(all.map((one) => [JSON.stringify([one.tool, one.kind, one.on]), one]));
  return { ...review, authorship: { ...review.authorship, evidence: [...different.values()] } };
}

const EMPTY: RecordedEntry = {
  kind: "verdict",
  data: { conclusion: "success", writer: "unknown", tools: [], requirements: [] },
};

function evidenceEntry(data: Evidence): RecordedEntry {
  return { kind: "evidence", data };
}

/** What the evaluator says of it after the fact, in the words of the ledger. */
export function reviewOfVerdict(verdict: Verdict): RecordedReview | null {
  const signatures = verdict.requirements.flatMap(({ requirement, countersignatures }) =>
    countersignatures.map((data) => ({
      kind: "countersignature",
      data: { requirement: requirement.id, ...data },
    })),
  );
  return reviewIn([
    ...verdict.provenance.evidence.map(evidenceEntry),
    { kind: "verdict", data: essence(verdict) },
    ...signatures,
  ]);
}

const STRICTEST = ["failure", "action_required", "neutral", "success"];

function together(reviews: readonly (RecordedReview | null)[]): RecordedReview | null {
  const known = reviews.flatMap((review) => review ?? []);
  const [first] = known;
  if (first === undefined || known.length < reviews.length) return null;
  if (known.length === 1) return first;
  const writers = known.map(({ authorship }) => authorship.writer);
  const overrides = known.flatMap(({ override }) => override ?? []);
  return {
    conclusion: STRICTEST.find((one) => known.some(({ conclusion }) => conclusion === one)) ?? "failure",
    authorship: {
      writer: (["ai", "unknown", "automation"] as const).find((one) => writers.includes(one)) ?? "human",
      tools: [...new Set(known.flatMap(({ authorship }) => authorship.tools))],
      evidence: known.flatMap(({ authorship }) => authorship.evidence),
    },
    areas: known.flatMap(({ areas }) => areas),
    signers: known.flatMap(({ signers }) => signers),
    policy: known.every(({ policy }) => policy.digest === first.policy.digest)
      ? first.policy
      : { commit: null, digest: null },
    ...(overrides.length > 0 && { override: overrides }),
  };
}
