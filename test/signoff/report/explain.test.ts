import { describe, expect, test } from "@jest/globals";
import type { Policy } from "../../../src/policy/policy.ts";
import type { Problem } from "../../../src/policy/problem.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { refusedVerdict } from "../../../src/signoff/failed.ts";
import { CHECK_ANNOTATIONS, CHECK_BODY_BYTES, CHECK_TITLE_CHARACTERS } from "../../../src/signoff/limits.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import type { Judged } from "../../../src/signoff/report/site.ts";
import type { ChangedFile, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { JudgedHazard, Verdict } from "../../../src/signoff/verdict.ts";
import { unlinked } from "../../gate/plain.ts";
import {
  approval,
  commit,
  dora,
  file,
  HEAD,
  humanChange,
  INFRASTRUCTURE,
  JUDGED,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  olga,
  permissions,
  policy,
  record,
  recorded,
  refusal,
  review,
  reviewBot,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";
import { expectGolden } from "./golden.ts";

const explained = (of: Verdict) => explain(of, JUDGED);

const two = [file("infra/main.tf", { status: "removed", contentId: null }), file("db/001.sql")];
const problem: Problem = {
  code: "config/unknown-key",
  severity: "error",
  file: ".github/countersign.yml",
  line: 6,
  column: 15,
  message: 'production.0 has no key "path".',
  remedy: 'Did you mean "paths"?',
};

/** Destructive, in line for one area, late in the other; too large, so that it has to be split or takes one more. */
function timely(maxLines: number): Verdict {
  const at = "2026-11-20T10:00:00Z";
  const destroyed: Partial<ChangedFile> = {
    status: "removed",
    ...{ contentId: null, additions: 0, deletions: 300, after: null },
    before: 'resource "aws_db_instance" "main" {\n  size = 1\n}\n',
  };
  const database = file("db/1.sql", { additions: 200, deletions: 0, before: "", after: "SELECT 1;\n" });
  const given = snapshot({
    now: "2026-11-20T14:00:00Z",
    files: [file("infra/db.tf", destroyed), database],
    codeowners: { path: "CODEOWNERS", text: "/infra/ @olga @acme/sre\n/db/ @dora @nils @zoe\n" },
    attention: { busy: [nils.id], waiting: {} },
    authority: {
      ...snapshot().authority,
      users: { olga, dora, nils, zoe: user("zoe", 6) },
    },
    pullRequest: { ...snapshot().pullRequest, requestedReviewers: { users: ["dora"], teams: [] } },
    time: {
      ...{ requests: [{ kind: "user", name: "dora", at }], firstComments: {}, activeAt: at },
      lines: [1, 2].map((pull) => ({ area: "infrastructure", pull, since: "2026-11-19T10:00:00Z" })),
    },
    recorded: recorded({ clocks: [{ key: "open", first: at, ran: 0, since: at }] }),
  });
  const time: Policy["time"] = {
    ...{ ...policy().time, maxOpenChanges: 2, maxLines, respondWithin: 4 * 60 * 60_000 },
    overLimit: maxLines < 450 ? "split" : "extra-approval",
    wait: { destructive: 30 * 60_000, widening: 0 },
  };
  return evaluate(given, policy({ time }));
}

describe("the story of the README, in the check's words", () => {
  const given = approval(olga, { id: 1, commitSha: OLD_HEAD, submittedAt: "2026-11-20T12:10:00Z" });
  const kept = () => ({ ...snapshot().recorded, approvals: [record(given, two)] });

  test.each<{ name: string; given: () => Partial<Snapshot> }>([
    { name: "story-blocked", given: () => ({ files: two }) },
    {
      name: "story-does-not-count",
      given: () => ({
        files: two,
        reviews: [
          approval(kira),
          approval(reviewBot),
          approval(dora),
          review(nils, "commented", { body: "LGTM" }),
        ],
      }),
    },
    {
      name: "story-countersigned",
      given: () => ({
        files: two,
        recorded: kept(),
        reviews: [given, approval(dora, { submittedAt: "2026-11-20T12:20:00Z" })],
      }),
    },
    {
      name: "story-pushed-again",
      given: () => ({
        files: [file("infra/main.tf", { contentId: "new" }), file("db/001.sql")],
        commits: [commit(kiro, { sha: OLD_HEAD }), commit(kiro)],
        recorded: kept(),
        reviews: [given, approval(dora)],
      }),
    },
    {
      name: "story-refused",
      given: () => ({
        reviews: [
          review(olga, "dismissed", {
            id: 108,
            dismissal: { previously: "changes_requested", by: kira, at: "2026-11-20T12:50:00Z" },
          }),
          approval(sven),
        ],
      }),
    },
  ])("$name", ({ name, given: more }) => {
    expectGolden(name, explained(verdict(more())));
  });

  test.each([
    { name: "time-split", most: 400 },
    { name: "time-in-line", most: 499 },
  ])("$name", ({ name, most }) => {
    expectGolden(name, explained(timely(most)));
  });

  test("could not be evaluated", () => {
    expectGolden("could-not-be-evaluated", explained(evaluate(humanChange(), policy(), [problem])));
  });
});

describe("the title says what is missing", () => {
  const observing: Partial<Policy> = { mode: "observe" };

  test.each<{ says: string; of: () => Verdict }>([
    { says: "No AI-authored change", of: () => evaluate(humanChange(), policy()) },
    {
      says: "Needs @olga or @acme/sre: infrastructure",
      of: () => verdict(),
    },
    {
      says: "Needs @dora: database",
      of: () => verdict({ files: two, reviews: [approval(olga)] }),
    },
    {
      says: "Needs @olga or @acme/sre: infrastructure",
      of: () =>
        verdict({ reviews: [approval(olga)] }, { areas: [{ ...INFRASTRUCTURE, countersignatures: 2 }] }),
    },
    {
      says: "Needs @nils: infrastructure",
      of: () =>
        verdict(
          { reviews: [approval(olga)] },
          { areas: [{ ...INFRASTRUCTURE, senior: [{ kind: "user", login: "nils" }] }] },
        ),
    },
    { says: "Refused by @olga: infrastructure", of: () => verdict({ files: two, reviews: [refusal(olga)] }) },
    {
      says: "Nobody can countersign infrastructure yet",
      of: () => verdict({ codeowners: null }),
    },
    {
      says: "Countersigned by @dora and @olga",
      of: () =>
        verdict(
          { files: [two[1] ?? file(""), file("infra/a.tf")], reviews: [approval(olga), approval(dora)] },
          { areas: [{ ...INFRASTRUCTURE, name: "database", paths: ["/db/"] }, INFRASTRUCTURE] },
        ),
    },
    {
      says: "Optional review by @nils: AI-authored, outside production",
      of: () => verdict({ files: [file("web/a.css")] }),
    },
    {
      says: "Nothing to countersign: AI-authored, outside production",
      of: () => verdict({ files: [file("README.md")] }),
    },
    {
      says: 'Could not be evaluated: production.0 has no key "path". (and 1 more problem)',
      of: () => evaluate(snapshot(), policy(), [problem, problem]),
    },
    {
      says: "Could not be evaluated: GitHub did not answer.",
      of: () =>
        refusedVerdict({
          code: "github/rejected",
          message: "GitHub did not answer.",
          remedy: "Wait.",
        }),
    },
    {
      says: "Observe mode, would block: Needs @olga or 1 more: infrastructure",
      of: () => verdict({}, observing),
    },
    {
      says: "Observe mode, would pass: No AI-authored change",
      of: () => evaluate(humanChange(), policy(observing)),
    },
  ])("$says", ({ says, of }) => {
    expect(explained(of()).title).toBe(says);
  });
});

describe("keeps GitHub's limits and says what is left out", () => {
  const many = Array.from({ length: 3000 }, (_, index) => `${index}`.padStart(40, "0"));

  test("thousands of AI commits", () => {
    const commits = [...many.map((sha) => commit(kiro, { sha, message: "é".repeat(300) })), commit(kiro)];
    const { text } = explained(verdict({ commits }));

    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(CHECK_BODY_BYTES);
    expect(text).toMatch(/\*\d+ more lines not shown\.\*$/);
  });

  test("thousands of owner sets", () => {
    const files = many.map((name) => file(`infra/${name}`));
    const codeowners = {
      path: "CODEOWNERS",
      text: many.map((name) => `/infra/${name} @u${name}`).join("\n"),
    };
    const { title, summary } = explained(verdict({ files, codeowners }));

    expect([...title].length).toBeLessThanOrEqual(CHECK_TITLE_CHARACTERS);
    expect(new TextEncoder().encode(summary).length).toBeLessThanOrEqual(CHECK_BODY_BYTES);
    expect(summary).toMatch(/\*\d+ more lines not shown\.\*$/);
  });

  test("3,000 files in 50 areas, each with owners and approvals of its own", () => {
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    const areas = numbers.map((index) => ({
      ...INFRASTRUCTURE,
      name: `service-${index}`,
      paths: [`/services/${index}/`],
      countersignatures: 2,
    }));
    const people = numbers.map((index) => user(`owner-${index}-${"x".repeat(25)}`, 1000 + index));
    const codeowners = {
      path: "CODEOWNERS",
      text: people.map(({ login }, index) => `/services/${index}/ @${login} @acme/sre`).join("\n"),
    };
    const { title, summary, text } = explained(
      verdict(
        {
          files: many.map((name, index) => file(`services/${index % 50}/${name}/${"deep/".repeat(20)}a.tf`)),
          codeowners,
          reviews: people.map((person) => approval(person, { commitSha: OLD_HEAD })),
          authority: { ...snapshot().authority, permissions: permissions("write", olga, ...people) },
        },
        { areas },
      ),
    );

    expect(title).toMatch(/^Needs 2 of @owner-0-x+ or 1 more: service-0 and 49 more$/);
    for (const body of [summary, text]) {
      expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(CHECK_BODY_BYTES);
    }
    const [, left] = /\*(\d+) more lines not shown\.\*$/.exec(summary) ?? [];
    const whole = 2 + 2 + 50 * (1 + 5) + 1;
    const shown = summary.split("\n").length - 2;
    expect(shown + Number(left)).toBe(whole);
    expect(unlinked(summary)).toContain("and 50 more (`CODEOWNERS:1`)");
  });

  test("more problems than annotations", () => {
    const { annotations, summary } = explained(
      evaluate(
        snapshot(),
        policy(),
        Array.from({ length: 60 }, () => problem),
      ),
    );

    expect(annotations).toHaveLength(CHECK_ANNOTATIONS);
    expect(summary).toContain("*10 more annotations not shown.*");
  });

  test("a very long title", () => {
    const { title } = explained(refusedVerdict({ ...problem, message: "x".repeat(1000) }));
    expect([...title]).toHaveLength(CHECK_TITLE_CHARACTERS);
  });
});

describe("annotations", () => {
  const { code, severity, message, remedy, file: place = "" } = problem;
  const nowhere: Problem = { code, severity, message, remedy, file: place };

  test("stand at the line of the file of the repository", () => {
    expect(explained(evaluate(snapshot(), policy(), [problem])).annotations).toEqual([
      {
        path: ".github/countersign.yml",
        line: 6,
        column: 15,
        level: "failure",
        title: "config/unknown-key",
        message: 'production.0 has no key "path". Did you mean "paths"?',
      },
    ]);
  });

  test("stand at the line of a hazard: a warning where it asks for a signature, a notice where it is only shown", () => {
    const found = (status: JudgedHazard["status"]): JudgedHazard => ({
      ...{ id: "sql/drop-table", kind: "destructive", asks: "block", what: "`a`", why: "drops `a`" },
      ...{ file: "db/1.sql", line: 3, side: "after", by: "parser", shownAt: 4, status },
    });
    const hazards = [found({ kind: "asks" }), found({ kind: "shown" }), found({ kind: "exempt" })];
    const { annotations } = explained({ ...verdict(), hazards });
    const told = { path: "db/1.sql", line: 4, title: "sql/drop-table", message: "This change drops `a`." };
    expect(annotations).toEqual([
      { ...told, level: "warning" },
      { ...told, level: "notice" },
    ]);
  });

  test.each<{ why: string; problem: Problem }>([
    {
      why: "another repository's file",
      problem: { ...problem, file: "acme/.github: .github/countersign.yml" },
    },
    { why: "a file that is not read from the base", problem: { ...problem, file: "infra/main.tf" } },
    { why: "a file of which no line is known", problem: nowhere },
    { why: "no file", problem: { code, severity, message, remedy, line: 6 } },
  ])("never at $why", ({ problem: given }) => {
    expect(explained(evaluate(snapshot(), policy(), [given])).annotations).toEqual([]);
  });

  test.each([".github/countersign.yml", ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"])(
    "a remark at a line of %s is a warning, and hidden characters are written out",
    (path) => {
      const remark: Problem = { code, severity: "warning", message: "\u202EIt is odd.", remedy: "Mend it." };
      const given = { ...remark, file: path, line: 6 };
      expect(explained({ ...verdict(), problems: [given] }).annotations).toStrictEqual([
        { path, line: 6, level: "warning", title: code, message: "\\u{202e}It is odd. Mend it." },
      ]);
    },
  );
});

describe("the summary", () => {
  test("has a section for everything there is to say, the most urgent first", () => {
    const remark: Problem = { ...problem, severity: "warning", message: "It is odd.", remedy: "Mend it." };
    const of = verdict(
      {
        files: [...two, file("web/db.sql", { status: "added", before: null, after: "DROP TABLE a;\n" })],
        reviews: [approval(kira)],
      },
      { areas: [INFRASTRUCTURE] },
    );
    const { summary } = explained({ ...of, problems: [remark, problem] });
    expect(summary.split("\n").filter((line) => line.startsWith("###"))).toEqual([
      "### What to fix",
      "### Who must countersign",
      "### Destructive or permission-widening changes",
      "### Review requested (optional)",
      "### Reviews that do not count",
      "### Remarks",
    ]);
    expect(unlinked(summary)).toMatch(
      /^\*\*.*\*\* .*\n\n### What to fix\n\n- ❌ .*\n\n### Who must countersign/,
    );
    expect(unlinked(summary)).toMatch(
      /### Remarks\n\n- ⚠️ `\.github\/countersign\.yml:6:15` It is odd\. Mend it\.\n$/,
    );
  });

  test("is the title if there is nothing else to say", () => {
    expect(explained(evaluate(humanChange(), policy())).summary).toBe("**No AI-authored change.**\n");
  });

  test.each([
    { problems: CHECK_ANNOTATIONS, left: "" },
    { problems: CHECK_ANNOTATIONS + 1, left: "\n*1 more annotation not shown.*" },
    { problems: CHECK_ANNOTATIONS + 2, left: "\n*2 more annotations not shown.*" },
  ])("says how many annotations were left out of $problems: $left", ({ problems, left }) => {
    const given = Array.from({ length: problems }, () => problem);
    const { summary, annotations } = explained({ ...verdict(), requirements: [], problems: given });
    expect(annotations).toHaveLength(CHECK_ANNOTATIONS);
    expect(summary.endsWith(`Did you mean "paths"?\n${left}`)).toBe(true);
  });
});

test.each<{ says: string; of: Partial<Judged> }>([
  { says: "Evaluated: pull request 7 at bbbbbbb of `acme/shop`.", of: {} },
  {
    says: "Evaluated: pull requests 7 and 9, which share the head bbbbbbb of `acme/shop`; the strictest verdict is shown.",
    of: { pulls: [7, 9] },
  },
  {
    says: "Evaluated: merge group bbbbbbb of `acme/shop` of pull request 7, each evaluated again; the strictest verdict is shown.",
    of: { group: { of: 7 } },
  },
  {
    says: "Evaluated: merge group bbbbbbb of `acme/shop` of pull requests 7 and 9, each evaluated again; the strictest verdict is shown.",
    of: { pulls: [7, 9], group: { of: 9 } },
  },
  {
    says: "Evaluated: merge group bbbbbbb of `acme/shop`, each evaluated again; the strictest verdict is shown.",
    of: { pulls: [], group: { of: null } },
  },
])("C05 E11 the text ends with what was judged: $says", ({ says, of }) => {
  const { text } = explain(evaluate(humanChange(), policy()), { ...JUDGED, ...of });
  expect(unlinked(text).split("\n")).toEqual([
    "### Who wrote it",
    "",
    "- 1 commit by humans, with no evidence of AI or automation",
    "",
    "### Contributors (cannot countersign)",
    "",
    "- `@kira` opened the pull request, wrote bbbbbbb and committed bbbbbbb",
    "",
    says,
  ]);
});

test.each([
  { commitSha: OLD_HEAD, says: "  - Refused: `@olga` for aaaaaaa (2026-11-19)." },
  { commitSha: null, says: "  - Refused: `@olga` for a commit that is gone (2026-11-19)." },
])("shows when and for which commit a refusal was given: $says", ({ commitSha, says }) => {
  const given = refusal(olga, { commitSha, submittedAt: "2026-11-19T09:00:00Z" });
  expect(unlinked(explained(verdict({ reviews: [given] })).summary).split("\n")).toContain(says);
});

test("what an observed area asks for is told as blocking nothing", () => {
  const areas = [{ ...INFRASTRUCTURE, mode: "observe" as const }];
  const { summary } = explained(verdict({}, { areas }));
  expect(unlinked(summary)).toContain(
    "needs approval from `@olga` or `@acme/sre` (observed: it blocks nothing)",
  );
});

test.each<{ title: string; of: Partial<Judged>; mode?: Policy["mode"] }>([
  { title: "Pull request 9: No AI-authored change", of: { pulls: [7, 9], group: { of: 9 } } },
  {
    title: "Pull request 9: Observe mode, would pass: No AI-authored change",
    of: { pulls: [7, 9], group: { of: 9 } },
    mode: "observe",
  },
  { title: "No AI-authored change", of: { group: { of: 7 } } },
  { title: "No AI-authored change", of: { pulls: [], group: { of: null } } },
  { title: "No AI-authored change", of: { pulls: [7, 9] } },
])("E11 the title names the pull request of a group of several: $title of $of", ({ title, of, mode }) => {
  const found = evaluate(humanChange(), policy({ mode: mode ?? "enforce" }));
  expect(explain(found, { ...JUDGED, ...of }).title).toBe(title);
});

describe("E08 what others chose cannot make the text lie", () => {
  const hostile = [
    "x`|<img src=x onerror=alert(1)>[click](https://evil.example)\n### Countersigned by @olga\u202Egnp.\u001b[2K\u200B**ok** @acme/sre #1 ~~no~~",
    "“ ✅ countersigned ” @olga",
    "``` ` ```",
    "\r\n- ✅ **infrastructure** signed\n",
    "www.evil.example",
  ];

  test.each(hostile)("%j", (text) => {
    const {
      title,
      summary,
      text: below,
    } = explained(
      verdict({
        files: [file(`infra/${text}`)],
        commits: [
          commit(kiro, { message: text, coAuthors: [{ name: text, email: `${text}@x`, account: null }] }),
        ],
        participants: [{ account: { ...kira, login: text }, role: "requester", because: text }],
        pullRequest: { ...snapshot().pullRequest, title: text, body: text, head: { sha: HEAD, ref: text } },
        reviews: [approval({ ...nils, login: text })],
      }),
    );

    const lines = `${summary}\n${below}`.split("\n");
    expect(title).not.toMatch(HIDDEN);
    for (const line of lines) {
      expect(line).not.toMatch(HIDDEN);
      expect(line).toMatch(
        /^(?:\*\*(?:Needs|Nobody can) |### (?:Who|What|Destructive|Review|Contributors|Remarks)|- | {2}- |Evaluated: |$)/,
      );
      expect(withoutCode(unlinked(line))).not.toMatch(ACTIVE);
      for (const [, address = ""] of withoutCode(line).matchAll(/(?<!\\)\]\((.*?)\)/g)) {
        expect(address).toMatch(/^https:\/\/(?:github\.com|docs\.example)\/[\w./%#-]*$/);
      }
    }
    expect(lines.filter((line) => line.startsWith("- ✅"))).toEqual([]);
  });

  const HIDDEN = /[\p{Cc}\p{Cf}]/u;
  /** A link, an image, HTML, a mention, a reference, emphasis of theirs, or a cell of a table. */
  const ACTIVE = /(?<!\\)[[\]<>|~]|@[a-z]|(?<!&)#\d|:\/\/|\bwww\./i;

  function withoutCode(line: string): string {
    return line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
  }
});
