import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  GitHubProblem,
  GitHubUnavailable,
  mapped,
  NotFound,
  permissionMissing,
} from "../../../src/github/client/errors.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import { peopleFact } from "../../../src/store/fact.ts";
import type { LedgerEntry } from "../../../src/store/ledger.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { HeadTask, Task } from "../../../src/store/task.ts";
import {
  approval,
  file,
  HEAD,
  humanChange,
  kira,
  nils,
  OLD_HEAD,
  olga,
  snapshot,
} from "../../signoff/build.ts";
import { FakeGitHub, pullRequest, UNGOVERNED } from "../fake-github.ts";
import { ManualClock } from "../manual-clock.ts";
import { notes } from "../notes.ts";
import { working } from "../working.ts";

const at = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };
const head = (pulls: readonly number[], headSha = HEAD): Task => ({ kind: "head", headSha, pulls, ...at });
const human = (number: number) => {
  const { pullRequest: facts } = humanChange();
  return humanChange({ pullRequest: { ...facts, number } });
};

const config = (text: string) => ({
  organization: { status: "absent" as const },
  repository: { status: "found" as const, path: ".github/countersign.yml", text },
});

let store: Store;
let clock: ManualClock;
let github: FakeGitHub;
let log: ReturnType<typeof notes>;
let ledger: LedgerEntry[];
let worked: ReturnType<typeof working>;

beforeEach(() => {
  const sqlite = openSqliteStore(":memory:");
  ledger = [];
  store = {
    ...sqlite,
    append: async (entries) => {
      ledger.push(...entries);
      await sqlite.append(entries);
    },
  };
  clock = new ManualClock();
  github = new FakeGitHub();
  log = notes();
  worked = working({ store, github, clock, log });
});
afterEach(() => store.close());

async function run(...tasks: readonly Task[]): Promise<void> {
  await worked.run(...tasks);
}

describe("a head commit", () => {
  test("gets the verdict, and its pull request labels and requests", async () => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    expect(github.calls).toEqual([
      "read #7",
      "publish action_required",
      "label #7 ai-authored production needs-countersign",
      "ask #7 olga",
    ]);
    expect(github.written[0]).toMatchObject({ headSha: HEAD });
    expect(await store.depth()).toBe(0);
  });

  test("answers for the merge groups that hold its pull requests alone, when something is learnt of a commit", async () => {
    const group = (headSha: string, pulls: readonly number[]): HeadTask => ({
      ...{ kind: "head", headSha, pulls, group: { base: "main", baseSha: OLD_HEAD }, ...at },
    });
    store.passingGroups = async () => [group("g1", [7]), group("g2", [7, 8]), group("g3", [])];
    const answeredFor: (readonly string[])[] = [];
    const { record } = store;
    store.record = async (repository, pull, seen) => {
      answeredFor.push(seen.by.groups ?? []);
      await record(repository, pull, seen);
    };
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    expect(answeredFor).toEqual([["g1"]]);
  });

  test("gets a comment too where the config asks for it, once for a verdict that stays the same", async () => {
    github.pulls[7] = pullRequest(7, {}, { policySources: config("comment: true") });
    await run(head([7]));
    await run(head([7]));
    expect(github.calls.filter((call) => call.startsWith("comment"))).toEqual(["comment #7"]);
  });

  test("keeps its verdict where the comment cannot be written", async () => {
    github.pulls[7] = pullRequest(7, {}, { policySources: config("comment: true") });
    github.before.comment = () => Promise.reject(new GitHubUnavailable("no answer", 1000));
    await run(head([7]));
    expect(github.conclusions).toEqual(["action_required"]);
    expect(await store.depth()).toBe(0);
  });

  test("is written once for a verdict that stays the same", async () => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    await run(head([7]));
    expect(github.conclusions).toEqual(["action_required"]);
  });

  test("is written again when the verdict changes, into the same run", async () => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    github.pulls[7] = pullRequest(7, {}, { reviews: [approval(olga)] });
    await run(head([7]));
    expect(github.conclusions).toEqual(["action_required", "success"]);
    expect(github.written.map(({ checkRunId }) => checkRunId)).toEqual([1, 1]);
  });

  test("loses its pass when it cannot be judged again, and gets it back when it can", async () => {
    github.pulls[7] = pullRequest(7, {}, { reviews: [approval(olga)] });
    await run(head([7]));
    expect(github.conclusions).toEqual(["success"]);
    github.pulls[7] = () => {
      throw new GitHubUnavailable("GitHub could not answer (502)", 1_000);
    };
    await run(head([7]));
    expect(github.calls.at(-1)).toBe("withdraw");

    github.pulls[7] = pullRequest(7, {}, { reviews: [approval(olga)] });
    await clock.advance(60_000);
    await worked.settle();
    expect(github.conclusions).toEqual(["success", "success"]);
  });

  test("is written again when somebody asks for a re-run: GitHub has reset its suite", async () => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    await run({ kind: "head", headSha: HEAD, pulls: [], republish: true, ...at });
    expect(github.conclusions).toEqual(["action_required", "action_required"]);
  });

  test("is written again when its run is gone", async () => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    github.loseRun();
    await run(head([7]));
    expect(github.conclusions).toHaveLength(2);
  });

  test("gets nothing when its only pull request is closed, or gone", async () => {
    github.pulls[7] = { status: "closed" };
    await run(head([7, 8]));
    expect(github.calls).toEqual(["read #7", "read #8"]);
  });

  test("C04 gets no check for a pull request into a branch that is not governed", async () => {
    github.pulls[7] = pullRequest(7, UNGOVERNED);
    await run(head([7]));
    expect(github.calls).toEqual(["read #7"]);
  });

  test("C04 loses its pass while it is pointed at a branch that is not governed", async () => {
    github.pulls[7] = human(7);
    await run(head([7]));
    github.pulls[7] = pullRequest(7, UNGOVERNED);
    await run(head([7]));
    await run(head([7]));
    expect(github.calls.filter((call) => call === "withdraw")).toHaveLength(1);
    github.pulls[7] = human(7);
    await run(head([7]));
    expect(github.conclusions).toEqual(["success", "success"]);
  });

  test("C08 a policy that cannot be read blocks, whatever the branch", async () => {
    const repository = { status: "found", path: ".github/countersign.yml", text: "version: [" } as const;
    github.pulls[7] = pullRequest(7, UNGOVERNED, {
      policySources: { organization: { status: "absent" }, repository },
    });
    await run(head([7]));
    expect(github.conclusions).toEqual(["failure"]);
  });

  test("B12 fails when its evidence is refused, and is read again when that may heal", async () => {
    const problem = {
      code: "evidence/partial",
      severity: "error",
      message: "Only in part.",
      remedy: "Wait.",
    } as const;
    github.pulls[7] = { status: "refused", problem, retryAfterMs: 60_000 };
    await run(head([7]));
    expect(github.conclusions).toEqual(["failure"]);
    expect(await store.nextDueAt()).toEqual(new Date(clock.now().getTime() + 60_000));
    github.pulls[7] = human(7);
    await clock.advance(60_000);
    await worked.settle();
    expect(github.conclusions).toEqual(["failure", "success"]);
    expect(await store.depth()).toBe(0);
  });

  test("A20 is judged again where somebody gained a right meanwhile", async () => {
    github.pulls[7] = human(7);
    github.before.read = async () => {
      github.before = {};
      const gained = { installationId: at.installationId, account: nils.id };
      await store.invalidate({ facts: [peopleFact(at)], gained }, clock.now());
    };
    await run(head([7]));
    expect(github.calls.slice(0, 3)).toEqual(["read #7", "read #7", "publish success"]);
  });

  test("B13 that was left meanwhile gets nothing, and the new head is judged", async () => {
    github.pulls[7] = { status: "moved", headSha: HEAD };
    github.before.read = () => {
      if (github.calls.length > 1) github.pulls[7] = pullRequest(7);
    };
    await run(head([7], OLD_HEAD));
    expect(github.written.map(({ headSha, conclusion }) => [headSha, conclusion])).toEqual([
      [HEAD, "action_required"],
    ]);
  });
});

describe("several pull requests on one head", () => {
  test("C05 get the strictest verdict, whichever event came", async () => {
    github.pulls = { 1: pullRequest(1), 2: human(2) };
    await run(head([1]));
    await run(head([2]));
    expect(github.conclusions.at(-1)).toBe("action_required");
    expect(github.conclusions).not.toContain("success");
  });

  test("C05 are found by what GitHub tells beside the one that was named", async () => {
    github.pulls = { 1: pullRequest(1), 2: human(2) };
    github.open = [1, 2].map((number) => ({ number, headSha: HEAD, baseRef: "main" }));
    await run(head([2]));
    expect(github.calls.slice(0, 3)).toEqual(["read #2", "read #1", "publish action_required"]);
  });

  test("C05 one into a lax branch does not decide", async () => {
    github.pulls = { 1: pullRequest(1), 2: pullRequest(2, UNGOVERNED) };
    await run(head([1, 2]));
    expect(github.conclusions).toEqual(["action_required"]);
  });

  test("the strict one closed, the other is set free", async () => {
    github.pulls = { 1: pullRequest(1), 2: human(2) };
    await run(head([1, 2]));
    github.pulls[1] = { status: "closed" };
    await run(head([1]));
    expect(github.conclusions).toEqual(["action_required", "success"]);
  });

  test("are asked of GitHub only when nobody named one: a re-run on a fork's commit", async () => {
    github.pulls = { 3: human(3) };
    github.open = [{ number: 3, headSha: HEAD, baseRef: "main" }];
    await run(head([]));
    expect(github.calls.slice(0, 2)).toEqual(["pulls with head", "read #3"]);
    github.calls = [];
    await run(head([]));
    expect(github.calls[0]).toBe("read #3");
  });

  test("a merge group's commit is the head of none, and gets nothing: never a success", async () => {
    github.pulls = { 3: human(3) };
    github.open = [{ number: 3, headSha: HEAD, baseRef: "main" }];
    await run(head([], "e".repeat(40)));
    expect(github.calls).toEqual(["pulls with head"]);
  });
});

describe("memory", () => {
  test("approvals and evidence are on disk before the verdict is seen", async () => {
    github.pulls[7] = pullRequest(7, {}, { reviews: [approval(olga)] });
    let remembered: unknown;
    github.before.publish = async () => {
      remembered = await store.remember(at, 7);
    };
    await run(head([7]));
    expect(remembered).toMatchObject({
      approvals: [{ reviewerId: olga.id, headSha: HEAD }],
      evidence: expect.arrayContaining([expect.objectContaining({ tool: "Kiro" })]),
      headSha: null,
    });
    expect(await store.remember(at, 7)).toMatchObject({ headSha: HEAD });
  });

  test("what was seen into a branch that is not governed is kept, and told by the ledger once", async () => {
    const participants = [{ account: nils, role: "pusher", because: "pushed", sha: HEAD }] as const;
    github.pulls[7] = pullRequest(7, UNGOVERNED, { participants });
    await run(head([7]));
    expect(github.written).toEqual([]);
    const remembered = await store.remember(at, 7);
    expect(remembered).toMatchObject({
      evidence: expect.arrayContaining([expect.objectContaining({ tool: "Kiro" })]),
      participants: [{ account: nils, role: "pusher" }],
      headSha: HEAD,
    });
    const [record] = await store.recall(at, [HEAD]);
    expect(record?.participants).toContainEqual(participants[0]);
    expect(ledger.map(({ kind }) => kind)).toEqual(remembered.evidence.map(() => "evidence"));
  });

  test("the head known from before is still there when publishing has to be done again", async () => {
    await store.recordHead(at, 7, OLD_HEAD, clock.now());
    github.pulls[7] = human(7);
    github.before.publish = () => {
      github.before = {};
      throw new GitHubUnavailable("502", 10_000);
    };
    await run(head([7]));
    await clock.advance(10_000);
    await worked.settle();
    expect(github.memories.map(({ headSha }) => headSha)).toEqual([OLD_HEAD, OLD_HEAD]);
    expect(github.conclusions).toEqual(["success"]);
  });

  test("the ledger tells verdicts, signatures and evidence, once each", async () => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    expect(ledger.map(({ kind }) => kind)).toContain("evidence");
    ledger = [];
    github.pulls[7] = pullRequest(
      7,
      {},
      {
        reviews: [approval(olga)],
        recorded: { ...snapshot().recorded, evidence: (await store.remember(at, 7)).evidence },
      },
    );
    await run(head([7]));
    await run(head([7]));
    expect(ledger.map(({ kind, pull, repository }) => [kind, pull, repository])).toEqual([
      ["verdict", 7, at],
      ["countersignature", 7, at],
    ]);
    expect(ledger[0]?.data).toMatchObject({
      conclusion: "success",
      requirements: [{ status: "signed", signedBy: [{ id: olga.id, login: "olga" }] }],
    });
  });

  const verdictKinds = () => ledger.map(({ kind }) => kind).filter((kind) => kind !== "evidence");
  const base = { ref: "main", sha: "e".repeat(40) };
  test.each<readonly [string, Partial<Snapshot>, readonly string[]]>([
    ["nothing", {}, []],
    ["the base moved", { pullRequest: { ...snapshot().pullRequest, number: 7, base, governedBy: base } }, []],
    ["somebody approved", { reviews: [approval(olga)] }, ["verdict", "countersignature"]],
    ["the config says the same otherwise", { policySources: config("# said otherwise") }, []],
    ["the config says more", { policySources: config("comment: true") }, []],
  ])("E25 of a check that is written again, the ledger tells what is new: %s", async (_, more, kinds) => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    ledger = [];
    github.pulls[7] = pullRequest(7, {}, more);
    const task: HeadTask = { kind: "head", headSha: HEAD, pulls: [7], ...at, republish: true };
    await run(task);
    expect(github.written).toHaveLength(2);
    expect(verdictKinds()).toEqual(kinds);
  });

  test("a check that is written notes the ledger's end, and a new end alone rewrites nothing", async () => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    expect(github.written[0]?.explanation.text).not.toContain("Ledger");
    const end = async () => (await store.chainEnd(at.installationId))?.hash;
    const before = await end();
    github.pulls[7] = pullRequest(7, {}, { reviews: [approval(olga)] });
    await run(head([7]));
    expect(github.written[1]?.explanation.text.endsWith(`\n\nLedger: \`${before}\``)).toBe(true);
    expect(await end()).not.toBe(before);
    await run(head([7]));
    expect(github.written).toHaveLength(2);
  });

  test("the ledger tells what a verdict was made of, and when the rules are others", async () => {
    github.pulls[7] = pullRequest(7);
    await run(head([7]));
    const [before] = ledger.filter(({ kind }) => kind === "rules");
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
    const { base } = snapshot().pullRequest;
    expect(before?.data).toEqual({ branch: base.ref, sha: base.sha, digest, was: null });
    expect(ledger.find(({ kind }) => kind === "verdict")?.data).toMatchObject({
      basis: { base, policyDigest: digest, areas: [{ name: "infrastructure", contentDigest: digest }] },
    });
    ledger = [];

    github.pulls[7] = pullRequest(
      7,
      {},
      { policySources: config("comment: true"), reviews: [approval(olga)] },
    );
    await run(head([7]));

    const { digest: was } = (before?.data ?? {}) as { readonly digest?: string };
    expect(verdictKinds()).toEqual(["rules", "verdict", "countersignature"]);
    expect(ledger[0]?.data).toMatchObject({ was, digest: expect.not.stringMatching(`^${was}$`) });
  });
});

test("the ledger tells what asked to be signed, and every false alarm with its reason", async () => {
  const before = 'resource "aws_db_instance" "main" {}\n';
  const removed = (path: string) => file(path, { status: "removed", contentId: null, before });
  const body = "false alarm: terraform/resource-removed in web/a.tf: moved by hand";
  const reviews = [approval(nils, { body })];
  github.pulls[7] = pullRequest(7, {}, { files: [removed("web/a.tf"), removed("web/b.tf")], reviews });
  await run(head([7]));
  expect(ledger.find(({ kind }) => kind === "verdict")?.data).toMatchObject({
    hazards: { "terraform/resource-removed": 1 },
    falseAlarms: [
      {
        id: "terraform/resource-removed",
        file: "web/a.tf",
        by: { id: nils.id, login: "nils" },
        reason: "moved by hand",
      },
    ],
  });
});

describe("faults", () => {
  test("E03 while GitHub is away nothing is published, and nothing is forgotten", async () => {
    github.pulls[7] = () => {
      throw new GitHubUnavailable("GitHub could not answer (502)", 10_000);
    };
    await run(head([7]));
    expect(github.written).toEqual([]);
    github.pulls[7] = human(7);
    await clock.advance(10_000);
    await worked.settle();
    expect(github.conclusions).toEqual(["success"]);
  });

  test("E04 a worker that lost the job publishes nothing", async () => {
    github.pulls[7] = human(7);
    github.before.read = async () => {
      await store.claim(new Date(clock.now().getTime() + 61_000), 60_000);
    };
    await run(head([7]));
    expect(github.calls).toEqual(["read #7"]);
    expect(await store.depth()).toBe(1);
  });

  test("labels that may not be set do not hold up the gate", async () => {
    github.pulls[7] = pullRequest(7);
    github.before.labels = () => {
      throw new GitHubProblem({ code: "github/permission", message: "no", remedy: "Give it." });
    };
    await run(head([7]));
    expect(github.calls.at(-1)).toBe("ask #7 olga");
    expect(log.lines).toContainEqual(expect.objectContaining({ message: "could not set the labels" }));
    expect(await store.depth()).toBe(0);
  });

  test("labels that GitHub could not set now are set later, and the check is not written again for it", async () => {
    github.pulls[7] = pullRequest(7);
    github.before.labels = () => {
      github.before = {};
      throw new GitHubUnavailable("GitHub's rate limit is reached", 60_000);
    };
    await run(head([7]));
    expect(await store.depth()).toBe(1);
    await clock.advance(60_000);
    await worked.settle();
    expect(github.calls.filter((call) => call.startsWith("label"))).toHaveLength(2);
    expect(github.conclusions).toEqual(["action_required"]);
    expect(await store.depth()).toBe(0);
  });

  test("E15 of an archived repository is left as it is: an event tells when it is unarchived", async () => {
    github.pulls[7] = human(7);
    github.before.publish = () => {
      throw permissionMissing("Checks: write", "Repository was archived so is read-only.");
    };
    await run(head([7]));
    expect(await store.depth()).toBe(0);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ message: "the repository is archived: nothing is judged" }),
    );
  });

  test("E32 of a commit that GitHub does not know is tried again for more than an hour, then ends", async () => {
    github.pulls[7] = human(7);
    github.before.publish = () => {
      throw mapped({ status: 422, message: `No commit found for SHA: ${HEAD}` }, "Checks: write");
    };
    await run(head([7]));
    for (let minute = 0; minute < 60; minute++) {
      expect(await store.depth()).toBe(1);
      await clock.advance(60_000);
      await worked.settle();
    }
    for (let minute = 0; minute < 60; minute++) {
      await clock.advance(60_000);
      await worked.settle();
    }
    expect(await store.depth()).toBe(0);
  });

  test("E32 of a repository that is gone ends", async () => {
    await store.seeRepositories([{ ...at, nodeId: "R_70", createdAt: null }]);
    await run(head([7]));
    expect(github.calls).toEqual(["read #7", "whereabouts"]);
    expect(await store.depth()).toBe(0);
  });

  test("E32 of a renamed repository goes on under its new name", async () => {
    await store.seeRepositories([{ ...at, nodeId: "R_70", createdAt: null }]);
    github.movedTo = { owner: "acme", repo: "store" };
    github.before.whereabouts = () => {
      github.pulls[7] = human(7);
    };
    await run(head([7]));
    expect(github.conclusions).toEqual(["success"]);
    expect(await store.repository(70)).toMatchObject({ owner: "acme", repo: "store" });
  });

  test("a check that may not be written is tried again", async () => {
    github.pulls[7] = human(7);
    github.before.publish = () => {
      throw new GitHubProblem({ code: "github/permission", message: "no", remedy: "Give it." });
    };
    await run(head([7]));
    expect(await store.depth()).toBe(1);
  });
});

describe("sweeps", () => {
  const sweep = (more: object = {}): Task => ({ kind: "repository", ...at, ...more });

  test("of a repository judge every open pull request", async () => {
    github.pulls = { 1: human(1), 2: human(2) };
    github.open = [
      { number: 1, headSha: HEAD, baseRef: "main" },
      { number: 2, headSha: HEAD, baseRef: "main" },
    ];
    await run(sweep());
    expect(github.calls.slice(0, 3)).toEqual(["open pulls", "read #1", "read #2"]);
  });

  test("of one branch judge those into it", async () => {
    github.pulls = { 1: human(1) };
    github.open = [
      { number: 1, headSha: HEAD, baseRef: "release/1" },
      { number: 2, headSha: OLD_HEAD, baseRef: "main" },
    ];
    await run(sweep({ base: "release/1" }));
    expect(github.calls.filter((call) => call.startsWith("read"))).toEqual(["read #1"]);
  });

  test("of an installation go through its repositories, behind direct work", async () => {
    github.installed = [{ ...at, nodeId: "R_70", createdAt: null }];
    github.open = [{ number: 1, headSha: OLD_HEAD, baseRef: "main" }];
    github.pulls = { 1: { status: "closed" }, 7: human(7) };
    github.before.listedPulls = () => store.enqueue([head([7])], "direct", clock.now());
    worked = working({ store, github, clock, log, parallel: 1 });
    await run({ kind: "installation", installationId: 7 });
    expect(github.calls.filter((call) => call.startsWith("read"))).toEqual(["read #7", "read #1"]);
  });

  test("E32 of what is gone end", async () => {
    github.before.listedPulls = () => {
      throw new NotFound("acme/shop is gone");
    };
    await run(sweep());
    expect(await store.depth()).toBe(0);
  });

  test("E34 of what GitHub refuses to list once are tried again", async () => {
    github.pulls = { 1: human(1) };
    github.open = [{ number: 1, headSha: HEAD, baseRef: "main" }];
    github.before.listedPulls = () => {
      throw new GitHubProblem({ code: "github/permission", message: "no", remedy: "Give it." });
    };
    await run(sweep());
    expect(await store.depth()).toBe(1);
    github.before = {};
    await clock.advance(60_000);
    await worked.settle();
    expect(github.conclusions).toEqual(["success"]);
  });

  test("E03 wait for a GitHub that is away", async () => {
    github.before.listedPulls = () => {
      throw new GitHubUnavailable("502", 10_000);
    };
    await run(sweep());
    expect(await store.depth()).toBe(1);
  });
});

test("a human who signs their own change is no countersigner, also through the whole job", async () => {
  github.pulls[7] = pullRequest(7, {}, { reviews: [approval(kira)] });
  await run(head([7]));
  expect(github.conclusions).toEqual(["action_required"]);
});
