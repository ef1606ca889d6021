import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../src/policy/policy.ts";
import { evaluate, judge } from "../../src/signoff/evaluate.ts";
import type { PasskeySignature } from "../../src/signoff/passkey-facts.ts";
import { explain } from "../../src/signoff/report/explain.ts";
import type { Account, ChangedFile, OverrideRecord, Review, Snapshot } from "../../src/signoff/snapshot.ts";
import { CONCLUSIONS, type RequirementOutcome, type Verdict } from "../../src/signoff/verdict.ts";
import { fc } from "../fast-check.ts";
import {
  bot,
  CONTROL,
  commit,
  DATABASE,
  dora,
  file,
  HEAD,
  INFRASTRUCTURE,
  JUDGED,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  permissions,
  policy,
  requester,
  reviewBot,
  snapshot,
  sven,
  user,
} from "./build.ts";
import { keyOf, passkeys, signature } from "./passkey/build.ts";

const zoe = user("zoe", 6);
const everybody = [kira, olga, sven, dora, nils, zoe, kiro, reviewBot] as const;
const contributors = [kira] as const;
const machines = [kiro, reviewBot, bot("olga", 901)] as const;
const paths = [
  "infra/a.tf",
  "infra/b.tf",
  "db/1.sql",
  "web/a.css",
  "README.md",
  ".github/CODEOWNERS",
  "infra/[x].tf",
];

const account = fc.constantFrom<Account>(...everybody);
const time = fc
  .integer({ min: 0, max: 3600 })
  .map((second) => new Date(Date.UTC(2026, 10, 20, 12, 0, second)).toISOString());

const changedFile = fc
  .record({
    path: fc.constantFrom(...paths),
    status: fc.constantFrom("added", "modified", "removed" as const),
    content: fc.constantFrom("1", "2"),
  })
  .map(
    ({ path, status, content }): ChangedFile =>
      file(path, { status, contentId: status === "removed" ? null : content }),
  );

const reviewOf = (who: fc.Arbitrary<Account>) =>
  fc.record({
    id: fc.integer({ min: 1, max: 1_000_000 }),
    reviewer: who,
    state: fc.constantFrom("approved", "changes_requested", "commented" as const),
    submittedAt: time,
    commitSha: fc.constantFrom(HEAD, OLD_HEAD),
    body: fc.constant(""),
  });
const dismissed = fc
  .tuple(reviewOf(account), fc.constantFrom("approved", "changes_requested" as const), fc.option(account))
  .map(
    ([review, previously, by]): Review => ({
      ...review,
      state: "dismissed",
      dismissal: { previously, by, at: review.submittedAt },
    }),
  );
const reviews = fc.uniqueArray(fc.oneof(reviewOf(account), dismissed), {
  selector: ({ id }) => id,
  maxLength: 8,
});

/** Kira asked Kiro, and perhaps wrote something herself; all else varies. */
const change: fc.Arbitrary<Snapshot> = fc
  .record({
    files: fc.uniqueArray(changedFile, { selector: ({ path }) => path, minLength: 1, maxLength: 6 }),
    reviews,
    commits: fc.shuffledSubarray([commit(kira, { sha: OLD_HEAD }), commit(kiro)], { minLength: 1 }),
    moved: fc.option(time),
  })
  .map(({ files, reviews, commits, moved }) =>
    snapshot({
      files,
      reviews,
      commits: commits.some(({ sha }) => sha === HEAD) ? commits : [...commits, commit(kira)],
      participants: [requester(kira)],
      authority: {
        permissions: permissions("write", ...everybody),
        teams: { "acme/sre": { status: "known", members: [olga, sven, kira] } },
      },
      recorded: { ...snapshot().recorded, headMovedAt: moved },
    }),
  );

const rules: fc.Arbitrary<Policy> = fc
  .record({
    count: fc.integer({ min: 1, max: 2 }),
    everyone: fc.boolean(),
    block: fc.boolean(),
    undeclared: fc.constantFrom("human", "ai" as const),
    unowned: fc.constantFrom([], [{ kind: "user" as const, login: "nils" }]),
  })
  .map(({ count, everyone, block, undeclared, unowned }) =>
    policy({
      areas: [
        { ...INFRASTRUCTURE, countersignatures: count, appliesTo: everyone ? "everyone" : "ai" },
        { ...DATABASE, senior: [{ kind: "user", login: "dora" }] },
        CONTROL,
      ],
      review: { ...policy().review, block },
      detect: { ...policy().detect, undeclared },
      unowned,
    }),
  );

/** What an AI leaves behind in words. */
const marks = fc.record({
  message: fc.constantFrom(
    "Mend it",
    "Mend it\n\nCo-authored-by: Claude <noreply@anthropic.com>",
    "Mend it\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)",
  ),
  body: fc.constantFrom("", "🤖 Generated with [Claude Code](https://claude.com/claude-code)"),
});

const rank = ({ conclusion }: Verdict) => CONCLUSIONS.indexOf(conclusion);
const signed = ({ requirements }: Verdict) =>
  requirements.filter(({ status }) => status === "signed").map(({ requirement }) => requirement.id);
const withReview = (given: Snapshot, review: Review): Snapshot => ({
  ...given,
  reviews: [...given.reviews, review],
});
const latest = { submittedAt: "2026-11-20T13:30:00Z", id: 2_000_000, commitSha: HEAD, body: "" } as const;

describe("an approval that must not count never helps", () => {
  test.each<{ why: string; by: readonly Account[] }>([
    { why: "a machine's", by: machines },
    { why: "a contributor's", by: contributors },
    { why: "one by somebody who owns nothing", by: [zoe] },
  ])("$why", ({ by }) => {
    fc.assert(
      fc.property(change, rules, fc.constantFrom(...by), (given, policy, reviewer) => {
        const unrefused = given.reviews.filter((each) => each.reviewer?.id !== reviewer.id);
        const before = evaluate({ ...given, reviews: unrefused }, policy);
        const after = evaluate(
          withReview({ ...given, reviews: unrefused }, { ...latest, reviewer, state: "approved" }),
          policy,
        );

        expect(rank(after)).toBe(rank(before));
        expect(signed(after)).toEqual(signed(before));
      }),
    );
  });
});

test("an owner's approval of the head never hurts", () => {
  fc.assert(
    fc.property(change, rules, fc.constantFrom(olga, sven, dora, nils), (given, policy, reviewer) => {
      const before = evaluate(given, policy);
      const after = evaluate(withReview(given, { ...latest, reviewer, state: "approved" }), policy);

      expect(rank(after)).toBeLessThanOrEqual(rank(before));
      expect(signed(after)).toEqual(expect.arrayContaining([...signed(before)]));
    }),
  );
});

test("a refusal never helps", () => {
  fc.assert(
    fc.property(change, rules, account, (given, policy, reviewer) => {
      const after = evaluate(withReview(given, { ...latest, reviewer, state: "changes_requested" }), policy);
      expect(rank(after)).toBeGreaterThanOrEqual(rank(evaluate(given, policy)));
    }),
  );
});

test("a comment changes nothing", () => {
  fc.assert(
    fc.property(change, rules, account, (given, policy, reviewer) => {
      const after = evaluate(withReview(given, { ...latest, reviewer, state: "commented" }), policy);
      expect(after.conclusion).toBe(evaluate(given, policy).conclusion);
      expect(signed(after)).toEqual(signed(evaluate(given, policy)));
    }),
  );
});

test("one more contributor never helps", () => {
  fc.assert(
    fc.property(change, rules, account, (given, policy, hand) => {
      const after = evaluate({ ...given, participants: [...given.participants, requester(hand)] }, policy);
      const before = evaluate(given, policy);
      expect(signed(before)).toEqual(expect.arrayContaining([...signed(after)]));
    }),
  );
});

describe("evidence that goes away never turns a block into a pass", () => {
  const blocks = (verdict: Verdict) => ["action_required", "failure"].includes(verdict.conclusion);

  test("neither do permissions that can no longer be read", () => {
    fc.assert(
      fc.property(change, rules, fc.array(account), fc.boolean(), (given, policy, unknown, noTeams) => {
        const permissions = Object.fromEntries(
          Object.entries(given.authority.permissions).filter(
            ([id]) => !unknown.some((one) => `${one.id}` === id),
          ),
        );
        const teams = noTeams ? {} : given.authority.teams;
        const after = evaluate({ ...given, authority: { permissions, teams } }, policy);
        if (blocks(evaluate(given, policy))) expect(blocks(after)).toBe(true);
      }),
    );
  });

  test("neither does a lost record of an approval", () => {
    fc.assert(
      fc.property(change, rules, fc.boolean(), (given, policy, moved) => {
        const { approvals } = evaluate(given, policy).toRecord;
        const head = moved ? { sha: OLD_HEAD, ref: "rebuild" } : given.pullRequest.head;
        const later: Snapshot = {
          ...given,
          pullRequest: { ...given.pullRequest, head },
          commits: [...given.commits, commit(kiro, { sha: OLD_HEAD })],
        };
        const kept = evaluate({ ...later, recorded: { ...given.recorded, approvals } }, policy);
        if (blocks(kept)) expect(blocks(evaluate(later, policy))).toBe(true);
      }),
    );
  });

  test("neither does evidence that is edited or pushed away after it was seen", () => {
    fc.assert(
      fc.property(change, rules, marks, (given, policy, marked) => {
        const seen: Snapshot = {
          ...given,
          commits: [...given.commits.slice(0, -1), commit(kira, { message: marked.message })],
          pullRequest: { ...given.pullRequest, body: marked.body },
        };
        const before = evaluate(seen, policy);
        const { evidence } = before.toRecord;
        const cleaned: Snapshot = {
          ...given,
          pullRequest: { ...given.pullRequest, author: kira, body: "", labels: [] },
          commits: [commit(kira)],
          recorded: { ...given.recorded, evidence },
        };
        if (blocks(before)) expect(blocks(evaluate(cleaned, policy))).toBe(true);
      }),
    );
  });
});

test("the order of files, commits and reviews does not matter", () => {
  const inAnyOrder = change.chain((given) =>
    fc
      .tuple(whole(given.files), whole(given.commits), whole(given.reviews))
      .map(([files, commits, reviews]) => ({ given, turned: { ...given, files, commits, reviews } })),
  );
  fc.assert(
    fc.property(inAnyOrder, rules, ({ given, turned }, policy) => {
      const [one, other] = [evaluate(given, policy), evaluate(turned, policy)];

      expect(other.conclusion).toBe(one.conclusion);
      expect(other.requirements.map(withoutSentences)).toEqual(one.requirements.map(withoutSentences));
      expect(other.reviewRequests).toEqual(one.reviewRequests);
      expect(other.labels).toEqual(one.labels);
    }),
  );
});

function whole<Item>(items: readonly Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

/** Sentences name commits in their order. */
function withoutSentences({ ignoredReviews, ...outcome }: RequirementOutcome) {
  return { ...outcome, ignoredReviews: ignoredReviews.map(({ sentence: _, ...review }) => review) };
}

test("nothing undecided passes", () => {
  fc.assert(
    fc.property(change, rules, (given, policy) => {
      const { conclusion, requirements, problems } = evaluate(given, policy);
      const open = requirements.some(({ status }) => status !== "signed");
      const failed = problems.some(({ severity }) => severity === "error");
      if (open || failed) expect(["action_required", "failure"]).toContain(conclusion);
    }),
  );
});

test("every countersignature is by a human owner who can write and is not a contributor", () => {
  fc.assert(
    fc.property(change, rules, (given, policy) => {
      for (const { countersignatures } of evaluate(given, policy).requirements) {
        for (const { by } of countersignatures) {
          expect([olga, sven, dora, nils]).toContainEqual(by);
        }
        expect(new Set(countersignatures.map(({ by }) => by.id)).size).toBe(countersignatures.length);
      }
    }),
  );
});

test("requests no review from somebody who cannot sign", () => {
  fc.assert(
    fc.property(change, rules, (given, policy) => {
      const { users } = evaluate(given, policy).reviewRequests;
      for (const login of users) expect(["olga", "sven", "dora", "nils"]).toContain(login);
    }),
  );
});

describe("total", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const anyAccount = fc.record({
    id: fc.integer(),
    login: text,
    type: fc.constantFrom("User", "Bot", "Mannequin", "Organization" as const),
  });
  const someone = fc.option(fc.oneof(anyAccount, account));
  const who = fc.record({ name: text, email: text, account: someone });
  const anySnapshot = fc
    .record({
      author: someone,
      body: text,
      ref: text,
      draft: fc.boolean(),
      labels: fc.array(text),
      users: fc.array(text),
      commits: fc.array(
        fc.record({
          sha: text,
          message: text,
          author: who,
          committer: who,
          coAuthors: fc.array(who, { maxLength: 2 }),
          committedViaWeb: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
      files: fc.array(
        fc.record(
          {
            path: fc.oneof(text, fc.constantFrom(...paths, "__proto__", "constructor")),
            previousPath: text,
            status: fc.constantFrom("added", "removed", "modified", "renamed", "copied", "changed" as const),
            contentId: fc.option(text),
            mode: text,
            additions: fc.integer(),
            deletions: fc.integer(),
          },
          { requiredKeys: ["path", "status", "contentId", "additions", "deletions"] },
        ),
        { maxLength: 6 },
      ),
      reviews: fc.array(
        fc.record(
          {
            id: fc.integer(),
            reviewer: someone,
            state: fc.constantFrom("approved", "changes_requested", "commented", "dismissed" as const),
            submittedAt: fc.oneof(time, text),
            commitSha: fc.option(text),
            body: text,
            dismissal: fc.record({
              previously: fc.constantFrom("approved", "changes_requested", "commented" as const),
              by: someone,
              at: text,
            }),
          },
          { requiredKeys: ["id", "reviewer", "state", "submittedAt", "commitSha", "body"] },
        ),
        { maxLength: 5 },
      ),
      codeowners: fc.option(
        fc.record({
          path: text,
          text: fc.oneof(
            text,
            text.map((each) => `* @olga\n${each}`),
          ),
        }),
      ),
      config: text,
      moved: fc.option(fc.oneof(time, text)),
    })
    .map(
      ({
        author,
        body,
        ref,
        draft,
        labels,
        users,
        commits,
        files,
        reviews,
        codeowners,
        config,
        moved,
      }): Snapshot => {
        const base = snapshot();
        return {
          ...base,
          pullRequest: {
            ...base.pullRequest,
            author,
            body,
            draft,
            labels,
            head: { sha: HEAD, ref },
            requestedReviewers: { users, teams: users },
          },
          commits: [...commits, commit(kiro)],
          files,
          reviews,
          codeowners,
          policySources: {
            organization: { status: "absent" },
            repository: { status: "found", path: "countersign.yml", text: config },
          },
          recorded: { ...base.recorded, headMovedAt: moved },
        };
      },
    );

  test("whatever the snapshot holds, there is a verdict and a text for it, the same each time", () => {
    fc.assert(
      fc.property(anySnapshot, rules, (given, policy) => {
        for (const verdict of [evaluate(given, policy), judge(given)]) {
          expect(CONCLUSIONS).toContain(verdict.conclusion);
          const { title } = explain(verdict, JUDGED);
          expect(title).not.toBe("");
        }
        expect(evaluate(given, policy)).toEqual(evaluate(given, policy));
      }),
    );
  });

  test("a verdict is plain JSON", () => {
    fc.assert(
      fc.property(anySnapshot, rules, (given, policy) => {
        const verdict = evaluate(given, policy);
        expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
      }),
    );
  });
});

/** Each judges a change more than once. */
const FEW = { numRuns: 60 };

describe("passkeys make nothing greener", () => {
  const scopes = fc.oneof(
    fc.record({ hazards: fc.boolean(), areas: fc.constantFrom("all" as const), outside: fc.boolean() }),
    fc.record({
      hazards: fc.boolean(),
      areas: fc.subarray(["infrastructure", "database"], { minLength: 1 }),
      outside: fc.constant(false),
    }),
  );
  const overriding = {
    by: [olga, sven].map(({ login }) => ({ kind: "user" as const, login })),
    approvals: 2,
    expiresAfter: 24 * 60 * 60_000,
  };
  const line = (commentId: number, by: Account): OverrideRecord => ({
    ...{
      commentId,
      by,
      at: "2026-11-20T12:59:00Z",
      headSha: HEAD,
      named: HEAD.slice(0, 12),
      baseRef: "main",
    },
    ...{ reason: "It burns", lasts: overriding.expiresAfter },
  });

  /** All that could be signed of a change, over it as it stands. */
  const signable = ({
    reviews,
    files,
    recorded: { overrides = [] },
  }: Snapshot): readonly PasskeySignature[] => [
    ...reviews.flatMap(({ id: reviewId, reviewer, dismissal }) => [
      ...(reviewer === null ? [] : [signature(reviewer, { kind: "countersign", reviewId }, { files })]),
      ...(dismissal?.by ? [signature(dismissal.by, { kind: "dismiss", reviewId }, { files })] : []),
    ]),
    ...overrides.map(({ by, commentId, headSha, reason }) =>
      signature(by, { kind: "override-ask", commentId, headSha, reason }, { files }),
    ),
  ];
  const keys = everybody.map((owner) => ({
    ...{ id: keyOf(owner), owner, enrolledAt: "2026-11-01T00:00:00Z", byCode: true as const },
  }));
  /** What two owners say of a file that they hold: often enough that lets it through. */
  const owner = fc.constantFrom(olga, sven);
  const said = fc.oneof(
    reviewOf(owner).map((each) => ({ ...each, commitSha: HEAD })),
    fc.tuple(reviewOf(owner), owner).map(
      ([each, by]): Review => ({
        ...each,
        state: "dismissed",
        dismissal: { previously: "changes_requested", by, at: each.submittedAt },
      }),
    ),
  );
  const ownersChange = fc
    .uniqueArray(said, { selector: ({ id }) => id, minLength: 1, maxLength: 4 })
    .map((reviews) => snapshot({ files: [file("infra/a.tf")], reviews }));

  /** A change of which everything is signed, with what is left of that. */
  const signedChange = fc
    .record({
      base: fc.oneof(change, { arbitrary: ownersChange, weight: 4 }),
      overridden: fc.integer({ max: 4, min: 0 }).map((number) => number === 0),
      kept: fc.infiniteStream(fc.boolean()),
    })
    .map(({ base, overridden, kept }) => {
      const overrides = overridden ? [line(1, olga), line(2, sven)] : [];
      const whole = { ...base, recorded: { ...base.recorded, overrides } };
      const given = (signed: readonly PasskeySignature[]) => ({
        ...whole,
        passkeys: passkeys(signed, { keys }),
      });
      const all = signable(whole);
      return { whole: given(all), part: given(all.filter(() => kept.next().value)) };
    });

  test("neither asking for them", () => {
    fc.assert(
      fc.property(signedChange, rules, scopes, ({ part }, rule, passkey) => {
        const free = { ...rule, override: overriding };
        expect(rank(evaluate(part, { ...free, passkey }))).toBeGreaterThanOrEqual(rank(evaluate(part, free)));
      }),
      FEW,
    );
  });

  test("nor taking one away", () => {
    fc.assert(
      fc.property(signedChange, rules, scopes, ({ whole, part }, rule, passkey) => {
        const asked = { ...rule, override: overriding, passkey };
        expect(rank(evaluate(part, asked))).toBeGreaterThanOrEqual(rank(evaluate(whole, asked)));
      }),
      FEW,
    );
  });

  test("and where all is signed, what passes without them passes with them", () => {
    fc.assert(
      fc.property(signedChange, rules, scopes, ({ whole }, rule, passkey) => {
        const free = { ...rule, override: overriding };
        expect(evaluate(whole, { ...free, passkey }).conclusion).toBe(evaluate(whole, free).conclusion);
      }),
      FEW,
    );
  });
});
