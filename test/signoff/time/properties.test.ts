import { describe, expect, test } from "@jest/globals";
import { DEFAULT_POLICY } from "../../../src/policy/merge.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { Account, ChangedFile, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { ClockRecord, LinePlace, TimeFacts } from "../../../src/signoff/time-facts.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { fc } from "../../fast-check.ts";
import {
  approval,
  DATABASE,
  dora,
  file,
  HEAD,
  INFRASTRUCTURE,
  kira,
  nils,
  olga,
  permissions,
  policy,
  recorded,
  snapshot,
  sven,
  user,
} from "../build.ts";
import { at, facts, HOUR, MINUTE } from "./build.ts";

const zoe = user("zoe", 6);
const owners = [olga, sven, dora, nils, zoe] as const;
const ids = owners.map(({ id }) => id);
const noon = Date.parse(at("12:00"));
const moment = (milliseconds: number) => new Date(milliseconds).toISOString();
/** Within two hours before noon. */
const before = fc.integer({ min: 0, max: 7_200 }).map((seconds) => moment(noon - seconds * 1_000));

const gone = file("infra/db.tf", {
  status: "removed",
  contentId: null,
  before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
  after: null,
});
const files: fc.Arbitrary<readonly ChangedFile[]> = fc
  .record({
    paths: fc.uniqueArray(fc.constantFrom("infra/a.tf", "infra/yarn.lock", "db/1.sql", "web/a.ts"), {
      minLength: 1,
    }),
    lines: fc.constantFrom(1, 60, 200),
    destroys: fc.boolean(),
  })
  .map(({ paths, lines, destroys }) => [
    ...paths.map((path) => file(path, { additions: lines, deletions: 0 })),
    ...(destroys ? [gone] : []),
  ]);

const reviews = fc
  .uniqueArray(
    fc.record({
      by: fc.constantFrom<Account>(...owners),
      state: fc.constantFrom("approved", "changes_requested", "commented" as const),
      submittedAt: before,
    }),
    { maxLength: 4 },
  )
  .map((all) =>
    all
      .map(({ by, state, submittedAt }, index) => ({
        ...approval(by, { submittedAt, id: index + 1 }),
        state,
      }))
      .toSorted((one, other) => Date.parse(one.submittedAt) - Date.parse(other.submittedAt)),
  );

const change: fc.Arbitrary<Snapshot> = fc
  .record({
    files,
    reviews,
    owns: fc.constantFrom(
      "* @olga @sven @dora",
      "* @acme/sre",
      "/infra/ @acme/sre @zoe\n/db/ @dora\n",
      "* @olga",
    ),
    draft: fc.boolean(),
    requested: fc.subarray(["olga", "sven", "zoe"]),
    writtenAt: fc.option(before, { nil: undefined }),
  })
  .map(({ files, reviews, owns, draft, requested, writtenAt }) =>
    snapshot({
      ...{ now: moment(noon), files, reviews },
      codeowners: { path: "CODEOWNERS", text: owns },
      pullRequest: {
        ...snapshot().pullRequest,
        draft,
        ...(writtenAt !== undefined && { writtenAt }),
        requestedReviewers: { users: requested, teams: [] },
      },
      authority: {
        permissions: permissions("write", kira, ...owners),
        users: Object.fromEntries(owners.map((person) => [person.login, person])),
        teams: { "acme/sre": { status: "known", members: [olga, sven, nils] } },
      },
    }),
  );

const clocks = fc.uniqueArray(
  fc.record({
    key: fc.constantFrom("pace", "open"),
    first: before,
    ran: fc.constant(0),
    since: fc.option(before),
  }),
  { selector: ({ key }) => key },
);

const known: fc.Arbitrary<TimeFacts> = fc.record(
  {
    requests: fc.uniqueArray(
      fc.record({
        kind: fc.constant("user" as const),
        name: fc.constantFrom("olga", "sven", "zoe"),
        at: before,
      }),
      { selector: ({ name }) => name },
    ),
    firstComments: fc.dictionary(fc.constantFrom(...ids.map(String)), before),
    activeAt: before,
    attributes: fc.constantFrom("", "*.tf linguist-generated"),
    load: fc.dictionary(fc.constantFrom(...ids.map(String)), fc.integer({ min: 0, max: 5 })),
    lines: fc.array(
      fc.record({
        area: fc.constantFrom("infrastructure", "database"),
        pull: fc.integer({ min: 1, max: 30 }),
        since: before,
      }),
      { maxLength: 6 },
    ),
  },
  { requiredKeys: ["requests", "firstComments"] },
);

const rules: fc.Arbitrary<Policy> = fc
  .record({
    maxReviewsPerPerson: fc.option(fc.integer({ min: 1, max: 4 })),
    maxOpenChanges: fc.option(fc.integer({ min: 1, max: 3 })),
    maxLines: fc.option(fc.constantFrom(50, 100, 500)),
    overLimit: fc.constantFrom("extra-approval", "split" as const),
    fastApprovals: fc.constantFrom("off", "show", "ask" as const),
    wait: fc.record({ destructive: fc.constantFrom(0, 30 * MINUTE), widening: fc.constantFrom(0, MINUTE) }),
    respondWithin: fc.option(fc.constantFrom(MINUTE, HOUR)),
  })
  .chain((time) =>
    fc.constantFrom(1, 2).map((count) =>
      policy({
        time: { ...DEFAULT_POLICY.time, ...time },
        areas: [{ ...INFRASTRUCTURE, countersignatures: count }, DATABASE],
      }),
    ),
  );

const passes = ({ conclusion }: Verdict) => conclusion === "success" || conclusion === "neutral";
const withTime = (given: Snapshot, time: TimeFacts, more: readonly ClockRecord[] = []): Snapshot => ({
  ...given,
  time,
  recorded: recorded({ clocks: more }),
});

describe("what people have before them never turns a block into a pass", () => {
  type Change = (time: TimeFacts) => TimeFacts;
  const place = (pull: number): LinePlace => ({ area: "infrastructure", pull, since: at("01:00") });
  test.each<{ why: string; change: Change }>([
    {
      why: "more load",
      change: (time) => ({
        ...time,
        load: Object.fromEntries(ids.map((id) => [id, (time.load?.[id] ?? 0) + 9])),
      }),
    },
    {
      why: "more places in a line",
      change: (time) => ({ ...time, lines: [...(time.lines ?? []), ...[1, 2, 3].map(place)] }),
    },
    { why: "a later word of the author", change: (time) => ({ ...time, activeAt: moment(noon) }) },
    { why: "an author who says nothing", change: ({ activeAt: _, ...time }) => time },
    {
      why: "requests that were made earlier, and so are late",
      change: (time) => ({
        ...time,
        requests: time.requests.map((each) => ({ ...each, at: at("00:00") })),
        firstComments: {},
      }),
    },
  ])("$why", ({ change: changed, why }) => {
    fc.assert(
      fc.property(change, known, rules, clocks, (given, time, policy, records) => {
        // Earlier requests give more time to read: only what they ask for is of interest here.
        const plain = why.startsWith("requests")
          ? { ...policy, time: { ...policy.time, fastApprovals: "off" as const } }
          : policy;
        const one = evaluate(withTime(given, time, records), plain);
        const other = evaluate(withTime(given, changed(time), records), plain);
        expect(passes(other)).toBe(passes(one));
      }),
    );
  });
});

describe("less time never turns a block into a pass", () => {
  /** The verdict on what was first judged at some moment, at another. */
  const judgedTwice = (given: Snapshot, policy: Policy, [first, now]: readonly [string, string]) => {
    const { toRecord } = evaluate({ ...given, now: first, reviews: [] }, policy);
    return evaluate({ ...given, now, recorded: recorded({ clocks: toRecord.clocks ?? [] }) }, policy);
  };

  test("an earlier now", () => {
    fc.assert(
      fc.property(
        change,
        known,
        rules,
        before,
        fc.integer({ min: 0, max: 3 * 24 * 60 }),
        (given, time, policy, first, minutes) => {
          const timed = { ...given, time };
          const late = moment(noon + minutes * MINUTE);
          const soon = judgedTwice(timed, policy, [first, moment(noon)]);
          if (passes(soon)) expect(passes(judgedTwice(timed, policy, [first, late]))).toBe(true);
        },
      ),
    );
  });

  test("a first verdict that came later, for what stands in the open", () => {
    const open = rules.map((policy) => ({
      ...policy,
      time: { ...policy.time, fastApprovals: "off" as const },
    }));
    fc.assert(
      fc.property(change, known, open, before, before, (given, time, policy, one, other) => {
        const [early = one, late = other] = [one, other].toSorted();
        const timed = { ...given, time };
        const now = moment(noon);
        if (passes(judgedTwice(timed, policy, [late, now])))
          expect(passes(judgedTwice(timed, policy, [early, now]))).toBe(true);
      }),
    );
  });

  test("an approval that came earlier", () => {
    const ask = rules.map((policy) => ({
      ...policy,
      time: { ...policy.time, fastApprovals: "ask" as const },
    }));
    fc.assert(
      fc.property(change, ask, fc.nat(3_600), fc.nat(3_600), (given, policy, one, sooner) => {
        // Only the approval itself is measured here; the pull request was opened, and seen, at ten.
        const opened = {
          ...given,
          pullRequest: { ...given.pullRequest, writtenAt: at("10:00") },
          time: facts(),
        };
        const signedAt = (milliseconds: number): Snapshot => ({
          ...opened,
          reviews: [approval(olga, { submittedAt: moment(milliseconds), id: 1 })],
        });
        const later = Date.parse(at("10:00")) + (one + sooner) * 1_000;
        const pair = [at("10:00"), moment(noon)] as const;
        if (passes(judgedTwice(signedAt(later - sooner * 1_000), policy, pair)))
          expect(passes(judgedTwice(signedAt(later), policy, pair))).toBe(true);
      }),
    );
  });

  test("content that came later", () => {
    const ask = rules.map((policy) => ({
      ...policy,
      time: { ...policy.time, fastApprovals: "ask" as const },
    }));
    fc.assert(
      fc.property(change, ask, fc.nat(7_200), fc.nat(3_600), (given, policy, signed, delay) => {
        const start = Date.parse(at("09:00"));
        const seenAt = (milliseconds: number) => {
          const opening = evaluate(
            { ...given, now: at("08:00"), files: [file("web/b.ts")], time: facts() },
            policy,
          );
          const pushed = evaluate(
            {
              ...{ ...given, now: moment(milliseconds), reviews: [], time: facts() },
              recorded: recorded({ clocks: opening.toRecord.clocks ?? [] }),
            },
            policy,
          );
          const review = approval(olga, {
            submittedAt: moment(start + signed * 1_000),
            id: 1,
            commitSha: HEAD,
          });
          return evaluate(
            {
              ...{ ...given, now: moment(noon), reviews: [review], time: facts() },
              recorded: recorded({ clocks: pushed.toRecord.clocks ?? [] }),
            },
            policy,
          );
        };
        if (passes(seenAt(start + delay * 1_000))) expect(passes(seenAt(start))).toBe(true);
      }),
    );
  });
});

test("what is known of time at all lets nothing pass that would not without it, but generated lines", () => {
  fc.assert(
    fc.property(change, known, rules, clocks, (given, { attributes: _, ...time }, policy, records) => {
      const { time: __, ...without } = withTime(given, time, records);
      if (passes(evaluate(withTime(given, time, records), policy)))
        expect(passes(evaluate(without, policy))).toBe(true);
    }),
  );
});

test("a policy that sets nothing of time asks and concludes the same, whatever is known of it", () => {
  fc.assert(
    fc.property(change, known, clocks, (given, time, records) => {
      const { toRecord: _, ...plain } = evaluate(given, policy());
      const { toRecord: __, ...timed } = evaluate(withTime(given, time, records), policy());
      expect(timed).toEqual(plain);
    }),
  );
});

test("nobody full is asked while somebody free can sign and is not asked", () => {
  fc.assert(
    fc.property(change, known, rules, (given, time, policy) => {
      const most = 3;
      const limited = { ...policy, time: { ...policy.time, maxReviewsPerPerson: most, respondWithin: null } };
      const { reviewRequests, requirements } = evaluate(withTime(given, time), limited);
      const already = new Set(given.pullRequest.requestedReviewers.users);
      const asked = new Set([
        ...reviewRequests.users,
        ...(reviewRequests.teams.includes("sre") ? ["olga", "sven", "nils"] : []),
      ]);
      const load = (id: number | null) => (id === null ? 0 : (time.load?.[id] ?? 0));
      for (const { canSign, status } of requirements.filter(({ status: is }) => is === "waiting")) {
        const here = canSign.filter(({ login }) => asked.has(login));
        const newlyFull = here.filter(({ id, login }) => load(id) >= most && !already.has(login));
        const free = canSign.filter(({ id, login }) => load(id) < most && !asked.has(login));
        // One who is full may be asked for something else that they alone can sign.
        const alone = requirements.some(
          (other) =>
            other.canSign.some(({ login }) => newlyFull.some((full) => full.login === login)) &&
            !other.canSign.some(({ id }) => load(id) < most),
        );
        if (status === "waiting" && newlyFull.length > 0 && !alone) expect(free).toEqual([]);
      }
    }),
  );
});

test("a line is served in order, and starves nobody", () => {
  const most = 2;
  const policyOf = policy({ time: { ...DEFAULT_POLICY.time, maxOpenChanges: most } });
  const step = fc.constantFrom("come", "come", "sign", "leave" as const);
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), fc.nat(9), (steps, pick) => {
      let places: readonly (LinePlace & { readonly asked: boolean })[] = [];
      let clock = Date.parse(at("09:00"));
      let number = 100;
      const served: number[] = [];
      const judge = (pull: number) => {
        const given = snapshot({
          ...{ now: moment(clock), files: [file("infra/a.tf")], time: facts({ lines: places }) },
          pullRequest: { ...snapshot().pullRequest, number: pull },
        });
        const own = (evaluate(given, policyOf).toRecord.lines ?? []).map((place) => ({ ...place, pull }));
        places = [...places.filter((place) => place.pull !== pull), ...own];
        for (const place of own) if (place.asked && !served.includes(pull)) served.push(pull);
      };
      const judgeAll = () => {
        for (const { pull } of places) judge(pull);
      };
      for (const what of [...steps, ...Array.from({ length: 40 }, () => "sign" as const)]) {
        clock += MINUTE;
        if (what === "come") {
          // Later ones may have lower numbers.
          number = (number * 7 + 3) % 997;
          if (!places.some(({ pull }) => pull === number)) judge(number);
        } else {
          // Owners sign what they are asked about; authors may close anything.
          const among = places.filter(({ asked }) => what === "leave" || asked);
          const left = among[pick % Math.max(1, among.length)];
          places = places.filter((place) => place !== left);
        }
        judgeAll();
        const open = places.filter(({ asked }) => asked);
        expect(open.length).toBe(Math.min(most, places.length));
        // Whoever is asked about came before whoever is not.
        for (const { since } of open)
          expect(places.filter((place) => !place.asked && place.since < since)).toEqual([]);
      }
      expect(places).toEqual([]);
    }),
    { numRuns: 10 },
  );
});
