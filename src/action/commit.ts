import { Failure } from "../cli/failure.ts";
import { GitHubUnavailable } from "../github/client/errors.ts";
import type { OpenHead } from "../github/listing/open-heads.ts";
import type { MergeGroup } from "../store/task.ts";
import { type CommitResult, type JudgedCommit, judgeGroupCommit, judgeHead, type Place } from "./judged.ts";
import { isWorthWaiting, type Wait } from "./patience.ts";
import type { Bench } from "./ports.ts";
import type { Publication, Publisher } from "./publishing.ts";
import { knownStatuses } from "./status-publisher.ts";

export interface Work extends Place {
  readonly open: () => Promise<Bench>;
  readonly publisher: Publisher;
  readonly wait: Wait;
  readonly now: () => Date;
}

/** The head of open pull requests, or the commit of a merge group. */
export type Commit =
  | { readonly kind: "head"; readonly headSha: string }
  | { readonly kind: "group"; readonly headSha: string; readonly group: MergeGroup };

/** What became of a commit. */
export type Told =
  | ({ readonly status: "told"; readonly judged: JudgedCommit } & Publication)
  /** No open pull request into a governed branch has it; `takenBack`: it bore a pass until now. */
  | { readonly status: "unused"; readonly headSha: string; readonly takenBack: boolean }
  | { readonly status: "moved" };

const UNUSED = "No open pull request into a governed branch has this commit as its head";
const STILL_PASSES = "a commit could not be judged, and what it may still pass by could not be taken back";
const UNTOLD = "Could not be evaluated; this is tried again with the next event and every sweep";

/**
 * Judges a commit and shows its verdict. What lets it merge is confirmed by what can be read afterwards: something may
 * have happened meanwhile, of which another run told already.
 * @throws why it could not be judged or shown; a pass that it bore is taken back before
 */
export async function tellOf(work: Work, bench: Bench, commit: Commit): Promise<Told> {
  const { publisher } = work;
  const { headSha } = commit;
  const head = headIn(bench, headSha);
  let names: readonly string[] = [];
  try {
    const first = await judgedNow(work, bench, commit);
    if (first.status === "moved") return first;
    if (first.status === "unused") return await unused(work, headSha, head);
    // What is sent may be shown, whatever comes back.
    names = first.checks.map(({ name }) => name);
    const publication = await publisher.publish(first, { head, onlyStricter: false });
    if (publication.published.some(({ written, passes }) => written && passes))
      return await confirmed(work, commit, { status: "told", judged: first, ...publication });
    return { status: "told", judged: first, ...publication };
  } catch (error) {
    await publisher
      .takeBack({ headSha, head, names, title: UNTOLD, failed: true })
      .catch((other: unknown) => {
        throw new AggregateError([error, other], STILL_PASSES);
      });
    throw error;
  }
}

async function confirmed(work: Work, commit: Commit, told: Extract<Told, { status: "told" }>): Promise<Told> {
  const bench = await work.open();
  const head = headIn(bench, commit.headSha);
  const again = await judgedNow(work, bench, commit);
  if (again.status === "unused") return unused(work, commit.headSha, head);
  if (again.status === "moved") return told;
  const { published } = await work.publisher.publish(again, { head, onlyStricter: true });
  return published.some(({ written }) => written) ? { ...told, judged: again, published } : told;
}

/** A pass that is left on a head would count for whoever makes a pull request of it. */
async function unused({ publisher }: Work, headSha: string, head: OpenHead | null): Promise<Told> {
  const takenBack = await publisher.takeBack({ headSha, head, names: [], title: UNUSED, failed: false });
  return { status: "unused", headSha, takenBack };
}

/** What GitHub cannot answer now, or contradicts itself about, is asked for again a little later. */
async function judgedNow(work: Work, bench: Bench, commit: Commit): Promise<Settled> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await judgedOnce(work, bench, commit);
    if (result.status !== "again") return result;
    if (!isWorthWaiting(attempt, result.retryAfterMs)) return result.otherwise();
    await work.wait(result.retryAfterMs);
  }
}

type Settled = Exclude<CommitResult, { readonly status: "again" }>;

interface Again {
  readonly status: "again";
  readonly retryAfterMs: number;
  /** What it comes to where it is not tried again. */
  readonly otherwise: () => Settled;
}

async function judgedOnce(work: Work, bench: Bench, commit: Commit): Promise<Settled | Again> {
  const { headSha } = commit;
  try {
    const result =
      commit.kind === "group"
        ? await judgeGroupCommit(bench, work, commit)
        : await judgeHead(bench, work, { headSha, known: knownStatuses(headIn(bench, headSha)) });
    if (result.status !== "again") return result;
    const { retryAfterMs, judged } = result;
    return { status: "again", retryAfterMs, otherwise: () => judged ?? fail(new Failure(UNREAD)) };
  } catch (error) {
    if (!(error instanceof GitHubUnavailable)) throw error;
    return { status: "again", retryAfterMs: error.retryAfterMs, otherwise: () => fail(error) };
  }
}

const UNREAD =
  "GitHub did not tell all of the merge group's pull requests; take them out of the queue and add them again";

function fail(error: Error): never {
  throw error;
}

function headIn({ open }: Bench, headSha: string): OpenHead | null {
  return open.find((one) => one.headSha === headSha) ?? null;
}
