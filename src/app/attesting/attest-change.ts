import { attest } from "../../attestation/bundle.ts";
import type { HumanReview } from "../../attestation/human-review.ts";
import { statement, statementOf } from "../../attestation/statement.ts";
import { GitHubProblem, NotFound } from "../../github/client/errors.ts";
import { showOwner } from "../../ownership/owner.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { BranchMove } from "../../watch/moves.ts";
import type { ChangeOutcome } from "../../watch/outcome.ts";
import { type PassedAs, passedAs, type RecordedReview } from "../../watch/review.ts";
import type { GitHubPort } from "../github/port.ts";
import type { Log } from "../operation/log.ts";
import { passkeysOf } from "./assertions.ts";
import { recordedReviewOf, reviewOfVerdict } from "./recorded.ts";
import type { Signing } from "./signing.ts";

interface AttestingPorts {
  readonly store: Pick<Store, "noted" | "remember" | "passkeyProofs">;
  readonly github: Pick<GitHubPort, "commitFacts">;
  readonly log: Log;
  readonly signing: Signing;
  /** Where people see GitHub: `https://github.com`. */
  readonly host: string;
}

/** A change that the watch judged. */
export interface ToAttest {
  readonly repository: RepositoryRef;
  readonly move: BranchMove;
  readonly change: {
    readonly outcome: ChangeOutcome;
    readonly pull: number | null;
    readonly headSha: string;
    /** What the evaluator said of it after the fact, where it was asked. */
    readonly verdict?: Verdict;
  };
  /** The heads by whose passes the move came. */
  readonly served: readonly string[];
  /** What the commit holds; `null` where no event told it: then GitHub is asked. */
  readonly tree: string | null;
}

/** A signed statement, and by what it is known. */
interface SignedStatement {
  /** SHA-256 of what is signed, in hexadecimal. */
  readonly digest: string;
  /** A Sigstore bundle as JSON. It names people, so the ledger keeps it where it can be erased. */
  readonly bundle: string;
}

/** What is kept of a change beside its outcome. */
export interface Attested {
  /** `null` where the ledger holds nothing of how it was reviewed. */
  readonly review: RecordedReview | null;
  /** `null` where that and the outcome contradict each other, or the commit cannot be read: nothing is signed then. */
  readonly attestation: SignedStatement | null;
}

/** @throws {GitHubUnavailable | SigningKeyChanged} */
export type AttestChange = (change: ToAttest) => Promise<Attested>;

/** Signs what became of a change. One request at most: for what the commit holds. */
export function attestChange(ports: AttestingPorts): AttestChange {
  return async (told) => {
    const { repository, change, served } = told;
    const { pull, headSha, verdict, outcome } = change;
    const heads = pull === null && served.length > 0 ? served : [headSha];
    const review =
      verdict === undefined
        ? await recordedReviewOf(ports.store, repository, { pull, heads })
        : reviewOfVerdict(verdict);
    const passed = passedAs(outcome, review);
    if (passed === null) return { review, attestation: null };
    return { review, attestation: await signed(ports, told, { review, passed }) };
  };
}

interface Passed {
  readonly review: RecordedReview | null;
  readonly passed: PassedAs;
}

async function signed(
  { store, github, log, signing, host }: AttestingPorts,
  told: ToAttest,
  passed: Passed,
): Promise<SignedStatement | null> {
  const { repository, move } = told;
  const { owner, repo } = repository;
  const key = await signing.key();
  const passkeys = await passkeysOf(store, repository, passed.review?.signers ?? []);
  if (passkeys === null) {
    log.error(
      { repository: `${owner}/${repo}`, commit: move.after },
      "a passkey that counted is not kept, so what became of a commit is not signed",
    );
    return null;
  }
  const tree = told.tree ?? (await treeOf({ github, log }, told));
  if (tree === null) return null;
  const subject = { page: `${host}/${owner}/${repo}`, commit: move.after, tree };
  const said = statementOf(subject, humanReviewOf(told, passed, passkeys));
  if (!statement.safeParse(said).success) {
    log.error(
      { repository: `${owner}/${repo}`, commit: move.after },
      "what became of a commit cannot be said",
    );
    return null;
  }
  const { bundle, digest } = attest(said, key);
  return { digest, bundle: JSON.stringify(bundle) };
}

async function treeOf(
  { github, log }: Pick<AttestingPorts, "github" | "log">,
  { repository, move }: ToAttest,
): Promise<string | null> {
  try {
    return (await github.commitFacts(repository, move.after)).tree;
  } catch (error) {
    if (!(error instanceof NotFound || error instanceof GitHubProblem)) throw error;
    const place = { repository: `${repository.owner}/${repository.repo}`, commit: move.after };
    log.warn({ ...place, error }, "could not sign what became of a commit");
    return null;
  }
}

function humanReviewOf(
  { repository, move, change }: ToAttest,
  { review, passed }: Passed,
  passkeys: NonNullable<Awaited<ReturnType<typeof passkeysOf>>>,
): HumanReview {
  const { repositoryId: id, owner, repo } = repository;
  const { branch, before, after, kind: how, at, by } = move;
  return {
    change: {
      repository: { id, name: `${owner}/${repo}` },
      ...{ branch, before, after, pull: change.pull, head: change.headSha, how, at },
      by: by && { id: by.id, login: by.login },
    },
    authorship: review?.authorship ?? { writer: "unknown", tools: [], evidence: [] },
    areas: review?.areas ?? [],
    signers: (review?.signers ?? []).map((signer) => {
      return { ...signer, as: showOwner(signer.as), passkey: passkeys.get(signer) ?? null };
    }),
    policy: review?.policy ?? { commit: null, digest: null },
    outcome: passed,
    ...(passed === "overridden" && review?.override && { override: review.override }),
  };
}
