import { showOwner } from "../../../ownership/owner.ts";
import type { RecordedReview } from "../../../watch/review.ts";
import type { Change } from "./change.ts";
import { type Exception, exceptionsOf } from "./exceptions.ts";

/** One row of a population. Texts are as others wrote them. */
export interface PopulationRow {
  readonly exceptions: readonly Exception[];
  readonly installation: number;
  /** The entry of the ledger that it comes from; of what has none, the one behind it. */
  readonly seq: number;
  readonly movedAt: string;
  readonly notedAt: string;
  readonly repository: string;
  readonly branch: string;
  readonly before: string;
  readonly commit: string;
  readonly pull: number | null;
  readonly head: string | null;
  readonly how: string | null;
  readonly by: string | null;
  /** How it passed; `unknown` where that is not known. */
  readonly passedAs: string;
  readonly outcome: string | null;
  readonly writer: string | null;
  readonly tools: readonly string[];
  /** `kiro: trailer, certain, on c0ffee0…` */
  readonly evidence: readonly string[];
  readonly areas: readonly string[];
  /** `1 of @acme/sre for infrastructure: signed`. */
  readonly required: readonly string[];
  /** `sam (1003) as @acme/sre, 2026-11-30T11:50:00Z, review 501`. */
  readonly signed: readonly string[];
  readonly policyCommit: string | null;
  readonly policyDigest: string | null;
  /** SHA-256 of what was signed of it. */
  readonly statement: string | null;
}

export function rowOf(change: Change): PopulationRow {
  const { installation, seq, movedAt, notedAt, branch, before, after: commit, pull, how } = change;
  const { repository, headSha: head, by, outcome, review, statement } = change;
  return {
    exceptions: exceptionsOf(change),
    ...{ installation, seq, movedAt, notedAt, repository: repository.name, branch, before, commit, pull },
    ...{ head, how, by: by && personOf(by), passedAs: change.passedAs ?? "unknown", outcome },
    ...reviewed(review),
    statement,
  };
}

/** A branch came from one commit to another, and no entry says how. */
export function gapRow(before: Change, after: Change): PopulationRow {
  const { installation, seq, movedAt, notedAt, branch, repository } = after;
  const reason = `${branch} came from ${short(before.after)} to ${short(after.before)}, and no entry says how: what moved it brought nothing new, or its entry is missing.`;
  return {
    exceptions: [{ code: "gap", reason }],
    ...{ installation, seq, movedAt, notedAt, repository: repository.name, branch },
    ...{ before: before.after, commit: after.before, pull: null, head: null, how: null, by: null },
    ...{ passedAs: "unknown", outcome: null, ...reviewed(null), statement: null },
  };
}

/** An entry of a change that another version wrote in another way. */
export function unreadableRow(place: {
  readonly installation: number;
  readonly seq: number;
  readonly at: string;
  readonly repository: { readonly name: string } | null;
  readonly pull: number | null;
  readonly headSha: string | null;
}): PopulationRow {
  const { installation, seq, at, repository, pull, headSha: head } = place;
  return {
    exceptions: [
      { code: "unreadable", reason: "Another version wrote this entry in a way that this one cannot read." },
    ],
    ...{ installation, seq, movedAt: at, notedAt: at, repository: repository?.name ?? "", branch: "" },
    ...{ before: "", commit: "", pull, head, how: null, by: null, passedAs: "unknown", outcome: null },
    ...{ ...reviewed(null), statement: null },
  };
}

/** What the watch counted is not what the ledger holds. */
export function countRow(at: string, outcome: string, reason: string): PopulationRow {
  return {
    exceptions: [{ code: "count", reason }],
    ...{ installation: 0, seq: 0, movedAt: at, notedAt: at, repository: "", branch: "", before: "" },
    ...{ commit: "", pull: null, head: null, how: null, by: null, passedAs: "unknown", outcome },
    ...{ ...reviewed(null), statement: null },
  };
}

interface Difference {
  /** ISO 8601: the end of the period. */
  readonly at: string;
  readonly repository: string;
  readonly branch: string;
  readonly pull: number;
  readonly exception: Exception;
}

/** A merge that GitHub counts and the ledger does not hold, or the other way round. */
export function mergeRow({ at, repository, branch, pull, exception }: Difference): PopulationRow {
  return {
    exceptions: [exception],
    ...{
      installation: 0,
      seq: 0,
      movedAt: at,
      notedAt: at,
      repository,
      branch,
      before: "",
      commit: "",
      pull,
    },
    ...{ head: null, how: null, by: null, passedAs: "unknown", outcome: null },
    ...{ ...reviewed(null), statement: null },
  };
}

function reviewed(review: RecordedReview | null) {
  if (review === null)
    return {
      ...{ writer: null, tools: [], evidence: [], areas: [], required: [], signed: [] },
      ...{ policyCommit: null, policyDigest: null },
    };
  const { authorship, areas, signers, policy, override = [] } = review;
  return {
    writer: authorship.writer,
    tools: authorship.tools,
    evidence: authorship.evidence.map(
      ({ tool, kind, strength, on }) => `${tool}: ${kind}, ${strength}, on ${short(on)}`,
    ),
    areas: [...new Set(areas.map(({ name }) => name))],
    required: areas.map(({ requirement, count, status }) => `${count} for ${requirement}: ${status}`),
    signed: [
      ...signers.map((signer) => {
        const { as, at, review: id, requirement } = signer;
        return `${personOf(signer)} as ${showOwner(as)} for ${requirement}, ${at}, review ${id}`;
      }),
      ...override.map((person) => `${personOf(person)} by override`),
    ],
    policyCommit: policy.commit,
    policyDigest: policy.digest,
  };
}

function personOf({ id, login }: { readonly id: number; readonly login: string }): string {
  return `${login} (${id})`;
}

function short(sha: string): string {
  return /^[0-9a-f]{40,64}$/.test(sha) ? sha.slice(0, 7) : sha;
}
