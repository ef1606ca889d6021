import type { GitHubPort, Publication } from "../../src/app/github/port.ts";
import type { Facts } from "../../src/doctor/facts.ts";
import { CHECK_NAME } from "../../src/github/client/check-name.ts";
import { NotFound } from "../../src/github/client/errors.ts";
import type { BranchTip } from "../../src/github/listing/list-branches.ts";
import type { MergedInto, MergedPull, OpenPull, PullOnHead } from "../../src/github/listing/list-pulls.ts";
import type { Merge } from "../../src/github/listing/merge.ts";
import type { ExistingCheckRun } from "../../src/github/reading/head.ts";
import type { NodeIds } from "../../src/github/reading/node-ids.ts";
import type { RangeResult, ReadResult } from "../../src/github/reading/read-snapshot.ts";
import type { NotApplied } from "../../src/github/writing/labels-and-reviewers.ts";
import type { CheckOutcome } from "../../src/github/writing/write.ts";
import type { Snapshot } from "../../src/signoff/snapshot.ts";
import type { PullRequestMemory } from "../../src/store/memory.ts";
import type { SeenRepository } from "../../src/store/repository.ts";
import type { BranchMove } from "../../src/watch/moves.ts";
import { SOUND } from "../doctor/sound.ts";
import { HEAD, snapshot } from "../signoff/build.ts";

type PullRequest = Snapshot["pullRequest"];

/** The snapshot of a pull request on `HEAD`, with some facts of it changed. */
export function pullRequest(
  number: number,
  facts: Partial<PullRequest> = {},
  more: Partial<Snapshot> = {},
): Snapshot {
  const { pullRequest: base } = snapshot();
  return snapshot({ pullRequest: { ...base, number, ...facts }, ...more });
}

/** Into a branch that nobody governs. */
export const UNGOVERNED: Partial<PullRequest> = {
  base: { sha: "d".repeat(40), ref: "lax" },
  governedBy: { sha: "d".repeat(40), ref: "lax" },
};

const NO_IDS: NodeIds = {
  repository: "R",
  pull: "PR",
  labels: new Map(),
  users: new Map(),
  teams: new Map(),
};

interface Written extends Publication {
  readonly headSha: string;
  readonly checkRunId: number;
}

/** GitHub as the worker asks for it. A test says what is read, and looks at what was written. */
export class FakeGitHub implements GitHubPort {
  /** By number: the snapshot, or what reading answers instead. A function is asked anew each time. */
  pulls: Record<number, Snapshot | Exclude<ReadResult, { status: "complete" }> | (() => never)> = {};
  /** Untouched for long where no time is given. */
  open: (PullOnHead & Partial<Pick<OpenPull, "updatedAt">>)[] = [];
  /** What the merge queue answers of a group. */
  queued: { pull: number; headSha: string }[] | null = null;
  installed: SeenRepository[] = [];
  /** Names each call in order. */
  calls: string[] = [];
  written: Written[] = [];
  memories: PullRequestMemory[] = [];
  /** Runs before each call, by name. */
  before: Record<string, () => void | Promise<void>> = {};
  readonly #runs = new Map<string, ExistingCheckRun>();

  readonly headOf: GitHubPort["headOf"] = async (_, pull) => {
    await this.#called("head", `head #${pull}`);
    return pull in this.pulls ? HEAD : null;
  };

  readonly setLedgerStatus: GitHubPort["setLedgerStatus"] = async ({ repo }, { sha, hash }) =>
    this.#called("ledger status", `note ${hash} on ${repo} ${sha}`);

  readonly access: GitHubPort["access"] = async () => "none";
  merger: GitHubPort["merger"] = async () => null;
  readonly replies: GitHubPort["replies"] = async () => [];
  readonly openIssue: GitHubPort["openIssue"] = async () => null;
  readonly findIssue: GitHubPort["findIssue"] = async () => null;
  readonly issueState: GitHubPort["issueState"] = async () => null;
  readonly setIssueState: GitHubPort["setIssueState"] = async () => {};

  readonly say: GitHubPort["say"] = async ({ pull }) => {
    await this.#called("say", `say #${pull}`);
  };

  readonly read: GitHubPort["read"] = async (_, { pull, memory }) => {
    await this.#called("read", `read #${pull}`);
    this.memories.push(memory);
    const answer = this.pulls[pull];
    if (answer === undefined) return { status: "gone" };
    if (typeof answer === "function") return answer();
    if ("status" in answer) return answer;
    const pullsOnHead = this.open.filter(({ headSha }) => headSha === HEAD).map(({ number }) => number);
    return {
      status: "complete",
      snapshot: answer,
      checkRuns: [...this.#runs].map(([name, run]) => ({ ...run, name })),
      pullsOnHead: [pull, ...pullsOnHead],
      ids: NO_IDS,
    };
  };

  readonly write: GitHubPort["write"] = async ({ headSha, checks, labelsAndReviewers: marks }) => {
    const outcomes: CheckOutcome[] = [];
    for (const check of checks) {
      const { name, existing, conclusion } = check;
      await this.#called("publish", `publish ${conclusion}${name === CHECK_NAME ? "" : ` ${name}`}`);
      const run = { id: existing?.id ?? this.written.length + 1, nodeId: null, externalId: null };
      this.#runs.set(name, run);
      this.written.push({ ...check, headSha, checkRunId: run.id });
      outcomes.push({ status: "written", run });
    }
    const notApplied: NotApplied[] = [];
    for (const { pull, labels, reviewers } of marks) {
      const error = await this.#called("labels", `label #${pull} ${labels.add.join(" ")}`).then(
        () => null,
        (failure: Error) => failure,
      );
      const { users, teams } = reviewers.wanted;
      await this.#called("requests", `ask #${pull} ${[...users, ...teams].join(" ")}`);
      if (error) notApplied.push({ pull, labels: error, notAsked: [] });
    }
    return { checks: outcomes, notApplied };
  };

  readonly comment: GitHubPort["comment"] = async ({ pull }, { begin }) =>
    this.#called("comment", `comment #${pull}${begin ? "" : ", if there is one"}`);

  readonly withdraw: GitHubPort["withdraw"] = async () => this.#called("withdraw", "withdraw");

  readonly pullsWithHead: GitHubPort["pullsWithHead"] = async (_, sha) => {
    await this.#called("pullsWithHead", "pulls with head");
    return this.open.filter(({ headSha }) => headSha === sha);
  };

  readonly pullsInGroup: GitHubPort["pullsInGroup"] = async () => {
    await this.#called("pullsInGroup", "pulls in group");
    return this.queued;
  };

  /** Those that were merged lately. */
  merged: MergedPull[] = [];
  readonly listedPulls: GitHubPort["listedPulls"] = async () => {
    await this.#called("listedPulls", "open pulls");
    const open = this.open.map((pull) => ({ updatedAt: "2025-12-01T00:00:00Z", ...pull }));
    return { open, merged: this.merged };
  };

  /** What a merged pull request was made of, and became. */
  merges: Record<number, Merge> = {};
  readonly merge: GitHubPort["merge"] = async (_, pull) => {
    await this.#called("merge", `merge of #${pull}`);
    return this.merges[pull] ?? { commits: [], became: [] };
  };

  readonly repositories: GitHubPort["repositories"] = async () => {
    await this.#called("repositories", "repositories");
    return this.installed;
  };

  /** What moved branches, newest first. */
  moved: BranchMove[] = [];
  /** Branches of which GitHub knows nothing any more, where it is asked about them by name. */
  gone: readonly string[] = [];
  readonly moves: GitHubPort["moves"] = async (_, { branch, since, upTo }) => {
    await this.#called("moves", `moves of ${branch ?? "all branches"}`);
    if (branch !== undefined && this.gone.includes(branch)) throw new NotFound(`no moves of ${branch}`);
    const own = this.moved.filter((move) => branch === undefined || move.branch === branch);
    const last = own.findIndex(({ id }) => id !== null && id === upTo);
    const newer = last === -1 ? own : own.slice(0, last);
    return { moves: newer.filter(({ at }) => Date.parse(at) >= since), whole: true };
  };

  /** By commit: the merged pull requests that brought it. */
  mergedBy: Record<string, MergedInto[]> = {};
  readonly mergedWith: GitHubPort["mergedWith"] = async (_, sha) => {
    await this.#called("mergedWith", `pulls of ${sha}`);
    return this.mergedBy[sha] ?? [];
  };

  /** By commit: what it was made upon. */
  parentsOf: Record<string, readonly string[]> = {};
  readonly commitFacts: GitHubPort["commitFacts"] = async (_, sha) => {
    await this.#called("commitFacts", `commit ${sha}`);
    return { parents: this.parentsOf[sha] ?? [], tree: "7".repeat(40) };
  };

  /** By what a branch was moved to: what it gained. */
  ranges: Record<string, RangeResult> = {};
  readonly readRange: GitHubPort["readRange"] = async (_, { before, after }) => {
    await this.#called("readRange", `range ${before}...${after}`);
    return this.ranges[after] ?? { status: "complete", snapshot: snapshot() };
  };

  /** The config, and where the branches are. */
  governed: { config: string; tips: BranchTip[] } = { config: "", tips: [{ branch: "main", tip: "a" }] };
  readonly branchRules: GitHubPort["branchRules"] = async () => {
    await this.#called("branchRules", "rules of branches");
    const { config, tips } = this.governed;
    const [defaultBranch] = tips;
    if (defaultBranch === undefined) return null;
    const repository = { status: "found", path: ".github/countersign.yml", text: config } as const;
    return { sources: { organization: { status: "absent" }, repository }, defaultBranch, codeowners: "" };
  };

  readonly branches: GitHubPort["branches"] = async () => {
    await this.#called("branches", "branches");
    return this.governed.tips;
  };

  readonly markBypassed: GitHubPort["markBypassed"] = async ({ pull }) =>
    this.#called("markBypassed", `mark #${pull}`);

  /** Ids of those who may write; `null` where GitHub does not tell. */
  writers: readonly number[] | null = [];
  readonly mayWrite: GitHubPort["mayWrite"] = async (_, { account, login }) => {
    await this.#called("mayWrite", `permission of ${login}`);
    if (this.writers === null) throw new Error("GitHub does not tell");
    return this.writers.includes(account);
  };

  /** What the rules of branches are. */
  rules: Facts = SOUND;
  readonly protection: GitHubPort["protection"] = async ({ owner, repo }) => {
    await this.#called("protection", `protection of ${owner}/${repo}`);
    return this.rules;
  };

  /** What the repository is called now. */
  movedTo: { owner: string; repo: string } | null = null;
  readonly whereabouts: GitHubPort["whereabouts"] = async (known) => {
    await this.#called("whereabouts", "whereabouts");
    return this.movedTo && { ...known, ...this.movedTo };
  };

  /** Somebody removed the check run, or GitHub did. */
  loseRun(): void {
    this.#runs.clear();
  }

  get conclusions(): readonly string[] {
    return this.written.map(({ conclusion }) => conclusion);
  }

  async #called(name: string, call: string): Promise<void> {
    this.calls.push(call.trim());
    await this.before[name]?.();
  }
}
