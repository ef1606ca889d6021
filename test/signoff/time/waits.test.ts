import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { ChangedFile, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import {
  approval,
  file,
  HEAD,
  humanChange,
  INFRASTRUCTURE,
  olga,
  policy,
  recorded,
  refusal,
  sven,
  user,
} from "../build.ts";
import { at, draft, HOUR, lastOf, MINUTE, timed, untilOf, when } from "./build.ts";

const HALF_AN_HOUR = { wait: { destructive: 30 * MINUTE, widening: 0 } };
const RULES = timed(HALF_AN_HOUR);

/** A database goes, in the middle of a file. */
const dropped = (size = 1, more: Partial<ChangedFile> = {}): ChangedFile => {
  const database = ['resource "aws_db_instance" "main" {', `  size = ${size}`, "}", ""];
  return file("infra/db.tf", {
    ...{ contentId: `without ${size}`, additions: 0, deletions: 3 },
    before: database.join("\n"),
    after: "",
    patch: `@@ -1,3 +0,0 @@\n${database
      .slice(0, 3)
      .map((line) => `-${line}`)
      .join("\n")}`,
    ...more,
  });
};
/** The same, with another line changed far below. */
const andElsewhere = (value: string): ChangedFile => {
  const head = dropped();
  const far = Array.from({ length: 20 }, (_, index) => `# line ${index}`).join("\n");
  return {
    ...head,
    ...{ contentId: `elsewhere ${value}`, additions: 1, deletions: 4 },
    before: `${head.before}${far}\nold = 1\n`,
    after: `${far}\nnew = "${value}"\n`,
    patch: `${head.patch}\n@@ -24,1 +21,1 @@\n-old = 1\n+new = "${value}"`,
  };
};
const signedAt = (clock: string) => [approval(olga, { submittedAt: at(clock) })];
const signed = (clock: string, more: Partial<Snapshot> = {}) =>
  when(at(clock), { files: [dropped()], reviews: signedAt("10:00"), ...more });

interface Row {
  readonly why: string;
  readonly moments: readonly Snapshot[];
  readonly rules?: Policy;
  readonly conclusion: Verdict["conclusion"];
  readonly until: readonly (string | null)[];
}

describe("a destructive change stands in the open for half an hour", () => {
  test.each<Row>([
    {
      why: "though it is signed",
      moments: [signed("10:00")],
      conclusion: "action_required",
      until: [at("10:30")],
    },
    {
      why: "and a minute less is not enough",
      moments: [signed("10:00"), signed("10:29")],
      conclusion: "action_required",
      until: [at("10:30")],
    },
    {
      why: "and may merge then",
      moments: [signed("10:00"), signed("10:30")],
      conclusion: "success",
      until: [],
    },
    {
      why: "but not without a countersignature",
      moments: [signed("10:00"), signed("11:00", { reviews: [] })],
      conclusion: "action_required",
      until: [],
    },
    {
      why: "of which that of a draft is none",
      moments: [signed("10:00", draft(true)), signed("11:00", draft(true))],
      conclusion: "action_required",
      until: [null],
    },
    {
      why: "and goes on after it was a draft",
      moments: [signed("10:00"), signed("10:20", draft(true)), signed("11:00"), signed("11:05")],
      conclusion: "action_required",
      until: [at("11:10")],
    },
    {
      why: "and while it is closed no time passes",
      moments: [signed("10:00"), signed("10:10", draft(false, { state: "closed" })), signed("12:00")],
      conclusion: "action_required",
      until: [at("12:20")],
    },
    {
      why: "anew when a push changes what goes",
      moments: [signed("10:00"), signed("10:29", { files: [dropped(2)] })],
      conclusion: "action_required",
      until: [at("10:59")],
    },
    {
      why: "anew when it went away and came back",
      moments: [signed("10:00"), signed("10:20", { files: [file("infra/db.tf")] }), signed("10:30")],
      conclusion: "action_required",
      until: [at("11:00")],
    },
    {
      why: "without starting anew by a rebase",
      moments: [
        signed("10:00"),
        signed("10:30", {
          files: [
            dropped(1, {
              contentId: "rebased",
              patch: dropped().patch?.replace("-1,3 +0,0", "-8,3 +7,0") ?? "",
            }),
          ],
          pullRequest: { ...when(at("10:30")).pullRequest, head: { sha: HEAD, ref: "rebased" } },
        }),
      ],
      conclusion: "success",
      until: [],
    },
    {
      why: "without starting anew by a change elsewhere in the file",
      moments: [
        signed("10:00", { files: [andElsewhere("a")] }),
        signed("10:30", { files: [andElsewhere("b")] }),
      ],
      conclusion: "success",
      until: [],
    },
    {
      why: "but not when an owner called it a false alarm",
      moments: [
        signed("10:00", {
          reviews: [
            approval(olga, {
              submittedAt: at("10:00"),
              body: "False alarm: terraform/resource-removed: It was a copy.",
            }),
          ],
        }),
      ],
      conclusion: "success",
      until: [],
    },
    {
      why: "but not where the rule is off",
      moments: [signed("10:00")],
      rules: timed(HALF_AN_HOUR, {
        hazards: {
          ...policy().hazards,
          rules: new Map([["terraform/resource-removed", { off: "We rebuild it nightly.", origin: "x" }]]),
        },
      }),
      conclusion: "success",
      until: [],
    },
    {
      why: "but not of a person, where hazards are asked about for AI alone",
      moments: [humanChange({ now: at("10:00"), files: [dropped()] })],
      conclusion: "success",
      until: [],
    },
    {
      why: "but not in an area on trial",
      moments: [signed("10:00")],
      rules: timed(HALF_AN_HOUR, { areas: [{ ...INFRASTRUCTURE, mode: "observe" }] }),
      conclusion: "success",
      until: [],
    },
    {
      why: "but not where only widening changes wait",
      moments: [signed("10:00")],
      rules: timed({ wait: { destructive: 0, widening: HOUR } }),
      conclusion: "success",
      until: [],
    },
  ])("$why", ({ moments, rules = RULES, conclusion, until }) => {
    const verdict = lastOf(rules, moments);
    expect({ conclusion: verdict.conclusion, until: untilOf(verdict) }).toEqual({ conclusion, until });
    const [next] = until;
    if (typeof next === "string") expect(verdict.changesAt).toBe(next);
  });
});

test("hazards with different times are named apart, the last to merge first", () => {
  const workflow = ".github/workflows/deploy.yml";
  const widened = file(workflow, {
    status: "added",
    after: "on: push\npermissions: write-all\njobs: {}\n",
    patch: "@@ -0,0 +1,3 @@\n+on: push\n+permissions: write-all\n+jobs: {}",
  });
  const both = timed({ wait: { destructive: HOUR, widening: 10 * MINUTE } });
  const { time } = lastOf(both, [signed("10:00", { files: [dropped(), widened] })]);
  expect(time?.waits.map(({ kind, until }) => [kind, until])).toEqual([
    ["destructive", at("11:00")],
    ["widening", at("10:10")],
  ]);
});

test("whoever deletes rubbish first has to wait anew for what is deleted instead", () => {
  const gone = (what: string) =>
    Array.from({ length: 60 }, (_, index) =>
      file(`${index === 0 ? "a" : `${what}${index}`}/gone.txt`, {
        status: "removed",
        contentId: null,
        base: { contentId: `${what} ${index}`, mode: "100644", kind: "blob" },
        after: null,
        patch: "@@ -1 +0,0 @@\n-# before",
      }),
    );
  const first = lastOf(RULES, [when(at("10:00"), { files: gone("tmp") })]);
  expect(first.hazards.map(({ id }) => id)).toContain("files/many-removed");
  const later = lastOf(RULES, [
    when(at("10:00"), { files: gone("tmp") }),
    when(at("10:29"), { files: gone("src") }),
  ]);
  expect(untilOf(later)).toContain(at("10:59"));
});

test("in mode observe nothing waits, and the check says what would", () => {
  const observed = lastOf({ ...RULES, mode: "observe" }, [signed("10:00")]);
  expect([observed.conclusion, observed.wouldBe]).toEqual(["neutral", "action_required"]);
});

describe("beside what people command", () => {
  const line = (by: typeof olga, commentId: number) => ({
    ...{ commentId, by, at: at("09:59"), headSha: HEAD, named: HEAD.slice(0, 12), baseRef: "main" },
    ...{ reason: "The shop is down", lasts: HOUR },
  });
  const zoe = user("zoe", 6);
  const overridden = recorded({
    overrides: [line(sven, 1), line(zoe, 2)],
    headSeenAt: at("09:00"),
    heads: [HEAD],
  });
  const by = [sven, zoe].map(({ login }) => ({ kind: "user" as const, login }));
  const authority = {
    ...when(at("10:00")).authority,
    permissions: { 2: "write", 3: "write", 6: "write" } as const,
  };
  const rules = { ...RULES, override: { by, approvals: 2, expiresAfter: HOUR } };
  const given = signed("10:00", { recorded: overridden, authority });

  test("an override lets it through at once", () => {
    const verdict = evaluate(given, rules);
    expect([verdict.conclusion, verdict.override?.status]).toEqual(["success", "granted"]);
    expect(untilOf(verdict)).toEqual([at("10:30")]);
  });

  test("an override does not lift a refusal beside it", () => {
    const verdict = evaluate({ ...given, reviews: [refusal(olga, { submittedAt: at("10:00") })] }, rules);
    expect([verdict.conclusion, verdict.override?.status]).toEqual(["action_required", "held"]);
  });

  test("a freeze holds it longer, and the next change of the verdict is the sooner", () => {
    const window = { areas: ["all"], starts: at("09:00"), ends: at("12:00"), reason: "Sale" };
    const freeze = [{ ...window, appliesTo: "ai" as const, origin: "countersign.yml:3" }];
    const verdict = evaluate(signed("10:00"), { ...RULES, freeze });
    expect(verdict.freezes).toHaveLength(1);
    expect([verdict.conclusion, verdict.changesAt]).toEqual(["action_required", at("10:30")]);
  });
});
