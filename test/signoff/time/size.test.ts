import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { ChangedFile, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Size } from "../../../src/signoff/time-verdict.ts";
import {
  approval,
  DATABASE,
  dora,
  file,
  humanChange,
  INFRASTRUCTURE,
  kira,
  olga,
  permissions,
  recorded,
  sven,
  user,
} from "../build.ts";
import { at, DAY, facts, lastOf, lines, MINUTE, timed, untilOf, when } from "./build.ts";

const MOST = { maxLines: 100 };
const yan = user("yan", 8);
const signed = [approval(olga, { submittedAt: at("10:00") })];
const large = [lines("infra/a.tf", 101)];
const generated = (text: string) => ({ time: facts({ attributes: text }) });

const text = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join("");

interface Row {
  readonly why: string;
  readonly files: readonly ChangedFile[];
  readonly given?: Partial<Snapshot>;
  readonly rules?: Policy;
  /** Lines that count, those left out, and what is needed; `null` where it is not too large. */
  readonly size: readonly [lines: number, left: number, need: Size["need"]] | null;
}

describe("the lines of an AI's change that people have to read", () => {
  test.each<Row>([
    { why: "are few enough at the limit", files: [lines("infra/a.tf", 100)], size: null },
    { why: "are too many a line beyond it", files: large, size: [101, 0, "extra"] },
    {
      why: "are those that came and those that went",
      files: [lines("infra/a.tf", 60, { deletions: 41 })],
      size: [101, 0, "extra"],
    },
    {
      why: "are those of all production areas together",
      files: [lines("infra/a.tf", 60), lines("db/1.sql", 60)],
      size: [120, 0, "wait"],
    },
    {
      why: "are not those outside production",
      files: [lines("infra/a.tf", 1), lines("web/a.ts", 500)],
      size: null,
    },
    {
      why: "are not those of lock files",
      files: [lines("infra/.terraform.lock.hcl", 500), lines("infra/a.tf", 100)],
      size: null,
    },
    {
      why: "are not those of generated files, which are told",
      files: [lines("infra/api.gen.tf", 500), ...large],
      given: generated("*.gen.tf linguist-generated\n"),
      size: [101, 500, "extra"],
    },
    {
      why: "are also those of files that the change itself calls generated",
      files: [...large, lines(".gitattributes", 1, { after: "*.tf linguist-generated\n" })],
      size: [101, 0, "extra"],
    },
    {
      why: "are also those of what takes the name of a lock file",
      files: [lines("infra/yarn.lock", 101, { status: "renamed", previousPath: "infra/a.tf" })],
      size: [101, 0, "extra"],
    },
    {
      why: "are those that its texts tell, of a file that git is told to treat as binary, so that GitHub counts none",
      files: [
        lines("infra/a.tf", 0, {
          before: `${text(60, "old")}same\n`,
          after: `${text(41, "new")}same\n`,
        }),
      ],
      size: [101, 0, "extra"],
    },
    {
      why: "are those that its text tells, of such a file that is new",
      files: [lines("infra/a.tf", 0, { status: "added", before: null, after: text(101, "new") })],
      size: [101, 0, "extra"],
    },
    {
      why: "are those that its text tells, of such a file that goes",
      files: [
        lines("infra/a.tf", 0, { status: "removed", contentId: null, before: text(101, "old"), after: null }),
      ],
      size: [101, 0, "extra"],
    },
    {
      why: "are each that comes, however often the same is written",
      files: [lines("infra/a.tf", 0, { before: "same\n", after: "same\n".repeat(102) })],
      size: [101, 0, "extra"],
    },
    {
      why: "are none where a file is the same as before",
      files: [lines("infra/a.tf", 0, { before: text(200, "same"), after: text(200, "same") })],
      size: null,
    },
    {
      why: "are those that GitHub counts, where it does",
      files: [lines("infra/a.tf", 1, { before: "old\n", after: text(200, "new") })],
      size: null,
    },
    {
      why: "are counted once for a file that was renamed",
      files: [lines("infra/b.tf", 60, { status: "renamed", previousPath: "infra/a.tf" })],
      size: null,
    },
    {
      why: "are those of both files, where a new one takes the name of one that was renamed",
      files: [
        lines("infra/a.tf", 101, { status: "added" }),
        lines("infra/b.tf", 1, { status: "renamed", previousPath: "infra/a.tf" }),
      ],
      size: [102, 0, "extra"],
    },
    {
      why: "are any number for people",
      files: large,
      given: { ...humanChange(), time: facts() },
      size: null,
    },
    {
      why: "are not those of an area on trial",
      files: large,
      rules: timed(MOST, { areas: [{ ...INFRASTRUCTURE, mode: "observe" }] }),
      size: null,
    },
    { why: "are any number where nobody said how many", files: large, rules: timed({}), size: null },
  ])("$why", ({ files, given = {}, rules = timed(MOST), size }) => {
    const { time } = evaluate(when(at("10:00"), { files, ...given }), rules);
    const found = time?.size;
    expect(found === undefined ? null : [found.lines, found.left, found.need]).toEqual(size);
  });
});

describe("beyond the limit", () => {
  test("one more has to sign", () => {
    const one = evaluate(when(at("10:00"), { files: large, reviews: signed }), timed(MOST));
    expect([one.conclusion, one.requirements[0]?.requirement.count]).toEqual(["action_required", 2]);
    const both = [...signed, approval(sven, { submittedAt: at("10:01") })];
    expect(evaluate(when(at("10:02"), { files: large, reviews: both }), timed(MOST)).conclusion).toBe(
      "success",
    );
  });

  describe("and nobody else owns it", () => {
    const alone = {
      files: [lines("db/1.sql", 101)],
      reviews: [approval(dora, { submittedAt: at("10:00") })],
    };
    test.each([
      {
        why: "waits for a day",
        moments: [when(at("10:00"), alone)],
        passes: false,
        until: [at("10:00", "2026-11-21")],
      },
      {
        why: "may merge after that",
        moments: [when(at("10:00"), alone), when(at("10:00", "2026-11-21"), alone)],
        passes: true,
        until: [],
      },
      {
        why: "waits anew when a push changes it",
        moments: [
          when(at("10:00"), alone),
          when(at("09:00", "2026-11-21"), {
            ...alone,
            files: [lines("db/1.sql", 101, { contentId: "other" })],
          }),
        ],
        passes: false,
        until: [at("09:00", "2026-11-22")],
      },
    ])("it $why", ({ moments, passes, until }) => {
      const verdict = lastOf(timed(MOST), moments);
      expect([verdict.conclusion === "success", untilOf(verdict)]).toEqual([passes, until]);
      expect(verdict.requirements.map(({ requirement }) => requirement.count)).toEqual([1]);
    });
  });

  test("each area asks for one more of its own, and one that cannot makes it wait", () => {
    const files = [lines("infra/a.tf", 60), lines("db/1.sql", 60)];
    const { requirements, time } = evaluate(when(at("10:00"), { files }), timed(MOST));
    expect(requirements.map(({ requirement: { area, count } }) => [area, count])).toEqual([
      ["infrastructure", 2],
      ["database", 1],
    ]);
    expect(time?.waits).toEqual([{ kind: "size", places: [], lasts: DAY, until: at("10:00", "2026-11-21") }]);
  });

  test("a hazard outside production asks for no more than before", () => {
    const files = [
      ...large,
      file("web/db.tf", {
        status: "removed",
        contentId: null,
        before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
        after: null,
      }),
    ];
    const { requirements } = evaluate(when(at("10:00"), { files }), timed(MOST));
    expect(requirements.map(({ requirement: { area, count } }) => [area, count])).toEqual([
      ["infrastructure", 2],
      ["destructive change", 1],
    ]);
  });

  test("who asked the agent or wrote a part is not the one more", () => {
    const owners = { path: "CODEOWNERS", text: "/infra/ @olga @kira\n" };
    const { requirements } = evaluate(when(at("10:00"), { files: large, codeowners: owners }), timed(MOST));
    expect(requirements.map(({ requirement }) => requirement.count)).toEqual([1]);
  });

  test("a senior's signature stands for one of the two", () => {
    const senior = { ...INFRASTRUCTURE, senior: [{ kind: "user" as const, login: "sven" }] };
    const rules = timed(MOST, { areas: [senior, DATABASE] });
    const reviews = [...signed, approval(sven, { submittedAt: at("10:01") })];
    expect(evaluate(when(at("10:02"), { files: large, reviews }), rules).conclusion).toBe("success");
  });

  test("an owner who is full or busy is still somebody who could sign", () => {
    const rules = timed({ ...MOST, maxReviewsPerPerson: 1 });
    const busy = { attention: { busy: [sven.id], waiting: {} } };
    const { requirements } = evaluate(
      when(at("10:00"), { files: large, ...busy }, { load: { 3: 9 } }),
      rules,
    );
    expect(requirements.map(({ requirement }) => requirement.count)).toEqual([2]);
  });
});

describe("where it has to be split", () => {
  const SPLIT = timed({ ...MOST, overLimit: "split" });
  const parts = (files: readonly ChangedFile[], given: Partial<Snapshot> = {}) =>
    evaluate(when(at("10:00"), { files, ...given }), SPLIT).time?.size?.parts.map(
      ({ area, paths, lines: own }) => [area, paths, own],
    );

  test("nothing passes, whoever signed", () => {
    const files = [lines("infra/a.tf", 60), lines("infra/b.tf", 60)];
    const reviews = [olga, sven].map((by) => approval(by, { submittedAt: at("10:00") }));
    const later = [
      when(at("10:00"), { files, reviews }),
      when(at("10:00", "2026-12-20"), { files, reviews }),
    ];
    expect(lastOf(SPLIT, later).conclusion).toBe("action_required");
  });

  test("nobody is asked to read it as it is, and it stands in no line", () => {
    const files = [lines("infra/a.tf", 60), lines("infra/b.tf", 60)];
    const rules = { ...SPLIT, time: { ...SPLIT.time, maxOpenChanges: 1 } };
    const { reviewRequests, toRecord } = evaluate(when(at("10:00"), { files }, { lines: [] }), rules);
    expect([reviewRequests, toRecord.lines]).toEqual([{ users: [], teams: [] }, []]);
  });

  test("it is proposed by area and owner, and path by path where that is still too much", () => {
    expect(
      parts([
        lines("infra/a.tf", 60),
        lines("infra/b.tf", 30),
        lines("infra/c.tf", 50),
        lines("db/1.sql", 9),
      ]),
    ).toEqual([
      ["infrastructure", ["infra/a.tf", "infra/b.tf"], 90],
      ["infrastructure", ["infra/c.tf"], 50],
      ["database", ["db/1.sql"], 9],
    ]);
  });

  test("one file cannot be split, so one more has to sign", () => {
    const { time, requirements } = evaluate(when(at("10:00"), { files: large }), SPLIT);
    expect([time?.size?.need, requirements[0]?.requirement.count]).toEqual(["extra", 2]);
  });

  test("mode observe says what would be, and blocks nothing", () => {
    const files = [lines("infra/a.tf", 60), lines("infra/b.tf", 60)];
    const verdict = evaluate(when(at("10:00"), { files }), { ...SPLIT, mode: "observe" });
    expect([verdict.conclusion, verdict.wouldBe]).toEqual(["neutral", "action_required"]);
  });

  test("an override is the way through", () => {
    const by = [sven, yan];
    const line = {
      headSha: "b".repeat(40),
      named: "b".repeat(12),
      baseRef: "main",
      reason: "Down",
      lasts: DAY,
    };
    const verdict = evaluate(
      when(at("10:00"), {
        files: [lines("infra/a.tf", 60), lines("infra/b.tf", 60)],
        authority: { permissions: permissions("write", kira, olga, sven, yan), teams: {} },
        recorded: recorded({
          overrides: by.map((person, index) => ({ ...line, by: person, commentId: index, at: at("09:59") })),
          heads: [line.headSha],
          headSeenAt: at("09:00"),
        }),
      }),
      {
        ...SPLIT,
        override: {
          by: by.map(({ login }) => ({ kind: "user" as const, login })),
          approvals: 2,
          expiresAfter: 60 * MINUTE,
        },
      },
    );
    expect(verdict.conclusion).toBe("success");
  });
});
