import type { GitHubPort, Publication } from "../../src/app/github-port.ts";
import type { ReadResult } from "../../src/github/read-snapshot.ts";
import type { Snapshot } from "../../src/signoff/snapshot.ts";
import type { PullRequestMemory } from "../../src/store/store.ts";
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

interface Written extends Publication {
  readonly headSha: string;
  readonly checkRunId: number;
}

/** GitHub as the worker asks for it. A test says what is read, and looks at what was written. */
export class FakeGitHub implements GitHubPort {
  /** By number: the snapshot, or what reading answers instead. A function is asked anew each time. */
  pulls: Record<number, Snapshot | Exclude<ReadResult, { status: "complete" }> | (() => never)> = {};
  open: { number: number; headSha: string; baseRef: string }[] = [];
  installed: { installationId: number; owner: string; repo: string }[] = [];
  /** Names each call in order. */
  calls: string[] = [];
  written: Written[] = [];
  memories: PullRequestMemory[] = [];
  /** Runs before each call, by name. */
  before: Record<string, () => void | Promise<void>> = {};
  #run: { id: number; externalId: string | null } | null = null;

  readonly read: GitHubPort["read"] = async (_, { pull, memory }) => {
    await this.#called("read", `read #${pull}`);
    this.memories.push(memory);
    const answer = this.pulls[pull];
    if (answer === undefined) return { status: "gone" };
    if (typeof answer === "function") return answer();
    if ("status" in answer) return answer;
    const pullsOnHead = this.open.filter(({ headSha }) => headSha === HEAD).map(({ number }) => number);
    return { status: "complete", snapshot: answer, checkRun: this.#run, pullsOnHead: [pull, ...pullsOnHead] };
  };

  readonly publish: GitHubPort["publish"] = async ({ headSha, existing }, publication) => {
    await this.#called("publish", `publish ${publication.conclusion}`);
    this.#run = { id: existing?.id ?? this.written.length + 1, externalId: null };
    this.written.push({ ...publication, headSha, checkRunId: this.#run.id });
    return this.#run;
  };

  readonly withdraw: GitHubPort["withdraw"] = async () => this.#called("withdraw", "withdraw");

  readonly applyLabels: GitHubPort["applyLabels"] = async ({ pull }, { add }) =>
    this.#called("labels", `label #${pull} ${add.join(" ")}`);

  readonly requestReviews: GitHubPort["requestReviews"] = async ({ pull }, { wanted }) => {
    await this.#called("requests", `ask #${pull} ${[...wanted.users, ...wanted.teams].join(" ")}`);
    return [];
  };

  readonly pullsWithHead: GitHubPort["pullsWithHead"] = async (_, sha) => {
    await this.#called("pullsWithHead", "pulls with head");
    return this.open.filter(({ headSha }) => headSha === sha);
  };

  readonly openPulls: GitHubPort["openPulls"] = async () => {
    await this.#called("openPulls", "open pulls");
    return this.open;
  };

  readonly repositories: GitHubPort["repositories"] = async () => {
    await this.#called("repositories", "repositories");
    return this.installed;
  };

  readonly forgetAuthority = (): void => void this.calls.push("forget authority");

  /** Somebody removed the check run, or GitHub did. */
  loseRun(): void {
    this.#run = null;
  }

  get conclusions(): readonly string[] {
    return this.written.map(({ conclusion }) => conclusion);
  }

  async #called(name: string, call: string): Promise<void> {
    this.calls.push(call.trim());
    await this.before[name]?.();
  }
}
