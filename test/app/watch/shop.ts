import type { WatchPorts } from "../../../src/app/watch/ports.ts";
import type { MergedInto } from "../../../src/github/listing/list-pulls.ts";
import { DEFAULT_POLICY } from "../../../src/policy/merge.ts";
import { refusedVerdict } from "../../../src/signoff/failed.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import type { RepositoryRef } from "../../../src/store/repository.ts";
import type { Store } from "../../../src/store/store.ts";
import { type BranchMove, isNowhere, type MoveKind, NOWHERE } from "../../../src/watch/moves.ts";
import type { ChangeOutcome } from "../../../src/watch/outcome.ts";
import { snapshot } from "../../signoff/build.ts";
import { publication } from "../../store/passes-contract.ts";
import type { ManualClock } from "../manual-clock.ts";

export const SHOP: RepositoryRef = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

export const BRANCHES = ["main", "release/1"] as const;
export type BranchName = (typeof BRANCHES)[number];

/** What stands on the head of a pull request when it is merged. */
export const STANDINGS = ["green", "red", "turning", "harmless", "unchecked"] as const;
export type Standing = (typeof STANDINGS)[number];

/** What a change came to be, as whoever did it knows. */
export interface Expected {
  readonly outcome: ChangeOutcome;
  readonly pull: number | null;
  readonly headSha: string;
}

const PASSES: Verdict = {
  ...refusedVerdict({ code: "evidence/not-judged", message: "", remedy: "" }),
  conclusion: "success",
};
const BLOCKS = { ...PASSES, conclusion: "action_required" } satisfies Verdict;

/** Every change has its word in the title of what is read of it. */
const readAs = (passes: boolean): Snapshot => {
  const whole = snapshot();
  return { ...whole, pullRequest: { ...whole.pullRequest, title: passes ? "passes" : "blocks" } };
};

/** A repository as GitHub holds it, with what each change of it should come to be. */
export class WatchedShop {
  readonly expected: Expected[] = [];
  readonly marked = new Set<number>();
  readonly #moves: BranchMove[] = [];
  readonly #tips = new Map<string, string>(BRANCHES.map((branch) => [branch, `${branch}-0`]));
  /** By branch: what it held before it was deleted. */
  readonly #last = new Map<string, string>(this.#tips);
  readonly #ranges = new Map<string, boolean>();
  readonly #mergedBy = new Map<string, readonly MergedInto[]>();
  readonly #pulls = new Map<number, boolean>();
  readonly #store: Store;
  readonly #clock: ManualClock;
  #ids = 0;

  constructor(store: Store, clock: ManualClock) {
    this.#store = store;
    this.#clock = clock;
  }

  tipOf(branch: BranchName): string | null {
    return this.#tips.get(branch) ?? null;
  }

  push(branch: BranchName, passes: boolean): void {
    if (this.tipOf(branch) === null) this.create(branch, passes);
    else this.#gain(branch, this.#sha(), { kind: "push", passes });
  }

  /** Back to a commit that the branch or another one had before. */
  force(branch: BranchName, to: number, passes: boolean): void {
    const known = this.#moves.map(({ after }) => after).filter((sha) => !isNowhere(sha));
    const target = known[to % Math.max(1, known.length)];
    if (this.tipOf(branch) === null || target === undefined || target === this.tipOf(branch)) return;
    this.#gain(branch, target, { kind: "force_push", passes });
  }

  remove(branch: BranchName): void {
    const before = this.tipOf(branch);
    if (before === null || branch === "main") return;
    this.#tips.delete(branch);
    this.#moved(branch, { before, after: NOWHERE, kind: "branch_deletion" });
  }

  /** As it was, or with more. */
  create(branch: BranchName, passes: boolean, same = false): void {
    if (this.tipOf(branch) !== null) return;
    const after = same ? (this.#last.get(branch) ?? "") : this.#sha();
    this.#gain(branch, after, { kind: "branch_creation", passes });
  }

  async merge(branch: BranchName, standing: Standing): Promise<void> {
    if (this.tipOf(branch) === null) return;
    const pull = this.#id();
    const headSha = `head-${pull}`;
    this.#pulls.set(pull, standing === "harmless");
    await this.#publish(headSha, branch, standing);
    this.#clock.pass(2_000);
    const after = this.#sha();
    this.#mergedBy.set(after, [{ number: pull, headSha, branch, mergedAs: after }]);
    this.#advance(branch, after, "pr_merge");
    this.#clock.pass(2_000);
    if (standing === "turning") {
      await this.#withdraw(headSha);
      this.#red.add(headSha);
    }
    this.expected.push({ outcome: OUTCOMES[standing], pull, headSha });
  }

  /** Groups built one on another, the last of which lands. */
  async land(branch: BranchName, groups: number, passing: boolean): Promise<void> {
    let above = this.tipOf(branch);
    if (above === null) return;
    const before = above;
    for (let group = 0; group < groups; group += 1) {
      const sha: string = this.#sha();
      if (passing || group > 0) await this.#let(sha, { branch, content: null, above });
      above = sha;
    }
    this.#clock.pass(2_000);
    const pull = this.#id();
    if (!passing) {
      this.#ranges.set(`${before}...${above}`, false);
      this.#pulls.set(pull, false);
      this.#mergedBy.set(above, [{ number: pull, headSha: `head-${pull}`, branch, mergedAs: above }]);
    }
    this.#advance(branch, above, "merge_queue_merge");
    this.expected.push(
      passing
        ? { outcome: "let-through", pull: null, headSha: above }
        : { outcome: "no-check", pull, headSha: `head-${pull}` },
    );
  }

  ports(): Pick<WatchPorts, "github" | "judge"> {
    return {
      github: {
        moves: async (_, { branch, since, upTo }) => {
          const own = this.#moves
            .toReversed()
            .filter((move) => branch === undefined || move.branch === branch);
          const last = own.findIndex(({ id }) => id === upTo);
          const newer = last === -1 ? own : own.slice(0, last);
          return { moves: newer.filter(({ at }) => Date.parse(at) >= since), whole: true };
        },
        mergedWith: async (_, sha) => this.#mergedBy.get(sha) ?? [],
        // Each move brings one pull request, or a group of the queue.
        commitFacts: async (_, sha) => ({ parents: [], tree: sha }),
        readRange: async (_, { before, after }) => {
          const passes = this.#ranges.get(`${before}...${after}`);
          if (passes === undefined) throw new Error(`nobody moved a branch from ${before} to ${after}`);
          return { status: "complete", snapshot: readAs(passes) };
        },
        branchRules: async () => ({
          sources: { organization: { status: "absent" }, repository: CONFIG },
          defaultBranch: { branch: "main", tip: this.tipOf("main") ?? "" },
          codeowners: "",
        }),
        branches: async () => [...this.#tips].map(([branch, tip]) => ({ branch, tip })),
        markBypassed: async ({ pull }) => void this.marked.add(pull),
        read: async (_, { pull }) => {
          const own = readAs(this.#pulls.get(pull) === true);
          return { status: "merged", snapshot: own, mergedAs: "" };
        },
      },
      judge: async ({ pullRequest: { title } }) => {
        const verdict = title === "passes" ? PASSES : BLOCKS;
        return { status: "judged", verdict, governed: true, policy: DEFAULT_POLICY };
      },
    };
  }

  #id(): number {
    this.#ids += 1;
    return this.#ids;
  }

  #sha(): string {
    return `commit-${this.#id()}`;
  }

  #gain(branch: string, after: string, { kind, passes }: { kind: MoveKind; passes: boolean }): void {
    const before = this.#last.get(branch) ?? "";
    const key = `${before}...${after}`;
    if (!this.#ranges.has(key)) this.#ranges.set(key, passes);
    const outcome = this.#ranges.get(key) ? "let-through" : "no-pull-request";
    this.#advance(branch, after, kind);
    if (before !== after) this.expected.push({ outcome, pull: null, headSha: after });
    // What a pull request made may be pushed again: GitHub names that pull request then.
    const pulls = (this.#mergedBy.get(after) ?? []).filter((one) => one.branch === branch);
    if (before === after || outcome === "let-through" || pulls.length === 0) return;
    this.expected.pop();
    for (const { number: pull, headSha } of pulls)
      this.expected.push({ outcome: this.#red.has(headSha) ? "red" : "no-check", pull, headSha });
  }

  readonly #red = new Set<string>();

  #advance(branch: string, after: string, kind: MoveKind): void {
    const before = this.#tips.get(branch) ?? NOWHERE;
    this.#tips.set(branch, after);
    this.#last.set(branch, after);
    this.#moved(branch, { before, after, kind });
  }

  #moved(branch: string, move: Pick<BranchMove, "before" | "after" | "kind">): void {
    const at = this.#clock.now().toISOString();
    this.#moves.push({ id: `m${this.#id()}`, branch, at, by: null, ...move });
  }

  async #publish(headSha: string, branch: string, standing: Standing): Promise<void> {
    if (standing === "green" || standing === "turning") await this.#let(headSha, { branch, content: null });
    if (standing !== "red") return;
    this.#red.add(headSha);
    const one = publication(headSha, { passing: false, conclusion: "action_required", facts: [] });
    await this.#written(one);
  }

  async #let(headSha: string, into: { branch: string; content: null; above?: string }): Promise<void> {
    const { invalidations: asOf } = await this.#store.moment(SHOP.installationId);
    await this.#written(publication(headSha, { facts: [`head/70/${headSha}`], into: [into], asOf }));
  }

  async #written(one: ReturnType<typeof publication>): Promise<void> {
    const now = this.#clock.now();
    await this.#store.intend(one, now, new Date(now.getTime() + 40_000));
    await this.#store.published(one, { id: 1, nodeId: null }, now);
  }

  async #withdraw(headSha: string): Promise<void> {
    await this.#store.invalidate({ facts: [`head/70/${headSha}`] }, this.#clock.now());
    const withdrawal = await this.#store.claimWithdrawal(this.#clock.now(), 60_000);
    if (withdrawal !== null) await this.#store.withdrawn(withdrawal, this.#clock.now());
  }
}

const OUTCOMES: Readonly<Record<Standing, ChangeOutcome>> = {
  green: "let-through",
  red: "red",
  turning: "turned-red-after",
  harmless: "let-through",
  unchecked: "no-check",
};

const CONFIG = {
  status: "found",
  path: ".github/countersign.yml",
  text: "branches: [main, 'release/*']\n",
} as const;
