import { describe, expect, test } from "@jest/globals";
import type { HazardPolicy, Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import type { ChangedFile, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { plain } from "../../gate/plain.ts";
import {
  approval,
  CONTROL,
  dora,
  file,
  HAZARDS,
  humanChange,
  INFRASTRUCTURE,
  JUDGED,
  kira,
  nils,
  olga,
  policy,
  record,
  refusal,
  review,
  snapshot,
  sven,
  verdict,
} from "../build.ts";

const RULE = "terraform/resource-removed";
const DATABASE = 'resource "aws_db_instance" "main" {\n  size = 1\n}\n';

/** `web/` lies in no area; Nils owns it. */
const deleted = (path = "web/db.tf"): ChangedFile =>
  file(path, { status: "removed", contentId: null, before: DATABASE });
const hazards = (more: Partial<HazardPolicy>): Partial<Policy> => ({
  hazards: { destructive: HAZARDS, widening: HAZARDS, rules: new Map(), ...more },
});
const because =
  "removes “aws_db_instance.main”: the database and its data are destroyed on apply (“web/db.tf:1”)";

/** Each requirement as `area: paths: count: because`. */
function asked({ requirements }: Verdict): readonly string[] {
  return requirements.map(
    ({ requirement: { area, from, count } }) => `${area}: ${from.paths.join(" ")}: ${count}`,
  );
}

function standings(verdict: Verdict): readonly string[] {
  return verdict.hazards.map(({ id, file: path, line, status }) => `${id} ${path}:${line} ${status.kind}`);
}

describe("what a hazard requires", () => {
  interface Row {
    readonly why: string;
    readonly given: Partial<Snapshot>;
    readonly rules?: Partial<Policy>;
    readonly asks: readonly string[];
  }

  test.each<Row>([
    {
      why: "an owner's signature outside every area",
      given: { files: [deleted()] },
      asks: ["destructive change: web/db.tf: 1"],
    },
    {
      why: "nothing beside an area that asks the same people for as much",
      given: { files: [deleted("infra/db.tf")] },
      asks: ["infrastructure: infra/db.tf: 1"],
    },
    {
      why: "more than an area, where its kind asks for more",
      given: { files: [deleted("infra/db.tf")] },
      rules: hazards({ destructive: { ...HAZARDS, countersignatures: 2 } }),
      asks: ["infrastructure: infra/db.tf: 1", "destructive change: infra/db.tf: 2"],
    },
    {
      why: "more than an area, where its rule asks for more",
      given: { files: [deleted("infra/db.tf")] },
      rules: hazards({ rules: new Map([[RULE, { countersignatures: 3 }]]) }),
      asks: ["infrastructure: infra/db.tf: 1", "destructive change: infra/db.tf: 3"],
    },
    {
      why: "a senior, where its kind asks for one and the area does not",
      given: { files: [deleted("infra/db.tf")] },
      rules: hazards({ destructive: { ...HAZARDS, senior: [{ kind: "user", login: "dora" }] } }),
      asks: ["infrastructure: infra/db.tf: 1", "destructive change: infra/db.tf: 1"],
    },
    {
      why: "those whom the area names, and not CODEOWNERS' owners",
      given: { files: [deleted("infra/db.tf")] },
      rules: {
        areas: [{ ...INFRASTRUCTURE, from: [{ kind: "user", login: "dora" }] }, CONTROL],
        ...hazards({ destructive: { ...HAZARDS, countersignatures: 2 } }),
      },
      asks: ["infrastructure: infra/db.tf: 1", "destructive change: infra/db.tf: 2"],
    },
    {
      why: "the owners of both ends of a rename",
      given: {
        files: [
          file("web/db.tf", {
            status: "renamed",
            previousPath: "db/db.tf",
            before: DATABASE,
            after: "locals {}\n",
          }),
        ],
      },
      rules: { areas: [CONTROL] },
      asks: ["destructive change: db/db.tf: 1", "destructive change: web/db.tf: 1"],
    },
    {
      why: "each kind by itself",
      given: {
        files: [
          deleted(),
          file("web/run.yaml", {
            status: "added",
            before: null,
            after:
              "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a, securityContext: { privileged: true } }] }\n",
          }),
        ],
      },
      asks: ["destructive change: web/db.tf: 1", "permission-widening change: web/run.yaml: 1"],
    },
    {
      why: "nothing of people, by default",
      given: humanChange({ files: [deleted()] }),
      asks: [],
    },
    {
      why: "of everybody, where its kind says so",
      given: humanChange({ files: [deleted()] }),
      rules: hazards({ destructive: { ...HAZARDS, appliesTo: "everyone" } }),
      asks: ["destructive change: web/db.tf: 1"],
    },
    {
      why: "nothing where its rule is off",
      given: { files: [deleted()] },
      rules: hazards({ rules: new Map([[RULE, { off: "a playground", origin: "x:1" }]]) }),
      asks: [],
    },
  ])("$why", ({ given, rules, asks }) => {
    expect(asked(verdict(given, rules))).toEqual(asks);
  });

  test("and says why, with its place, and counts as production", () => {
    const found = verdict({ files: [deleted()] });
    expect(found.requirements[0]?.requirement.because).toBe(
      `Kiro took part in this change, and it ${because}.`,
    );
    expect(found.labels.add).toContain("production");
    expect(found.optionalReviews).toEqual([]);
  });

  test("and is named with an area's requirement", () => {
    const found = verdict({ files: [deleted("infra/db.tf"), deleted("infra/other.tf")] });
    expect(found.requirements[0]?.requirement.because).toMatch(
      /it touches “infrastructure” \(“built-in”\)\. This change removes “aws_db_instance.main”: .*, and 1 more\.$/,
    );
  });

  test("an unowned path cannot be signed, with a remedy", () => {
    const [outcome] = verdict({ files: [deleted("free/db.tf")] }).requirements;
    expect(outcome).toMatchObject({
      status: "impossible",
      remedy: expect.stringContaining("Nobody owns “free/db.tf”"),
    });
  });
});

describe("fails closed when a file cannot be read", () => {
  const bare = (path: string, more: Partial<ChangedFile>): ChangedFile => {
    const { before: _, after: __, ...known } = file(path, more);
    return known;
  };

  test.each<readonly [string, ChangedFile, readonly string[]]>([
    ["its diff is missing", bare("web/a.tf", {}), ["files/unreadable web/a.tf:1 asks"]],
    [
      "its diff is not whole",
      bare("web/a.tf", { patch: "@@ -1,2 +1,2 @@\n a\n-b" }),
      ["files/unreadable web/a.tf:1 asks"],
    ],
    [
      "its diff holds less than is counted",
      bare("web/a.tf", { patch: "@@ -1 +1 @@\n-a\n+b", additions: 2 }),
      ["files/unreadable web/a.tf:1 asks"],
    ],
    ["it is too large", bare("web/a.xyz", { unread: "too-large" }), ["files/unreadable web/a.xyz:1 asks"]],
    [
      "it is no text although its name says so",
      bare("web/a.sql", { unread: "binary" }),
      ["files/unreadable web/a.sql:1 asks"],
    ],
    ["but not where it is no text by its nature", bare("web/logo", { unread: "binary" }), []],
    ["nor where no rule reads it", bare("web/logo.png", {}), []],
    ["nor where its diff is whole", bare("web/a.tf", { patch: "@@ -1 +1 @@\n-# a\n+# b" }), []],
    ["nor where it is a submodule", bare("web/lib", { mode: "160000" }), []],
  ])("%s", (_, changed, raised) => {
    expect(standings(verdict({ files: [changed] }))).toEqual(raised);
  });
});

describe("a move does not hide what it takes away", () => {
  const moved = (previousPath: string, path: string, more: Partial<ChangedFile> = {}) =>
    file(path, { status: "renamed", previousPath, before: DATABASE, after: DATABASE, ...more });

  test.each<readonly [string, ChangedFile, readonly string[]]>([
    ["to where no rule reads it", moved("web/db.tf", "web/db.tf.txt"), [`${RULE} web/db.tf:1 asks`]],
    ["to an example", moved("web/db.tf", "examples/db.tf"), [`${RULE} web/db.tf:1 asks`]],
    ["to where Terraform finds it too", moved("web/db.tf", "web/data.tf"), []],
    ["of a picture", moved("docs/a.png", "web/a.png"), []],
  ])("%s", (_, changed, raised) => {
    expect(standings(verdict({ files: [changed] }))).toEqual(raised);
  });

  test("nor if its text is too large", () => {
    const { before: _, after: __, ...unread } = moved("web/db.tf", "web/db.txt", { unread: "too-large" });
    expect(standings(verdict({ files: [unread] }))).toContain("files/unreadable web/db.tf:1 asks");
  });
});

describe("a false alarm", () => {
  const says = (reason: string, rule = RULE) => ({
    body: `Checked.\n  False alarm: \`${rule}\`: ${reason}\nThanks!`,
  });
  const two = hazards({ destructive: { ...HAZARDS, countersignatures: 2 } });
  const one = hazards({});
  const judged = (given: Partial<Snapshot>, rules: Partial<Policy> = two) =>
    verdict({ files: [deleted()], ...given }, rules);

  test("is dismissed by an owner's approval with a reason, which is recorded", () => {
    const answer = approval(nils, says("it moved by hand"));
    const found = judged({ reviews: [answer] }, one);
    expect(found.conclusion).toBe("neutral");
    expect(found.hazards.map(({ status }) => status)).toEqual([
      { kind: "answered", by: nils, reviewId: answer.id, reason: "it moved by hand", others: [] },
    ]);
  });

  test("is dismissed for one file or for all", () => {
    const files = [deleted(), deleted("web/other.tf")];
    const here = judged(
      { files, reviews: [approval(nils, { body: `false alarm: ${RULE} in web/db.tf: moved` })] },
      one,
    );
    expect(standings(here)).toEqual([`${RULE} web/db.tf:1 answered`, `${RULE} web/other.tf:1 asks`]);
    expect(asked(here)).toEqual(["destructive change: web/other.tf: 1"]);
    const all = judged({ files, reviews: [approval(nils, says("moved"))] }, one);
    expect(asked(all)).toEqual([]);
  });

  test("is dismissed only for the owner's files and stays required for others", () => {
    const files = [deleted(), deleted("free/db.tf")];
    const codeowners = { path: ".github/CODEOWNERS", text: "/web/ @nils\n/free/ @dora" };
    const found = judged({ files, codeowners, reviews: [approval(nils, says("moved"))] }, one);
    expect(standings(found)).toEqual([`${RULE} free/db.tf:1 asks`, `${RULE} web/db.tf:1 answered`]);
    expect(found.rejectedFalseAlarms).toEqual([]);
  });

  interface Row {
    readonly why: string;
    readonly given: Partial<Snapshot>;
    readonly rules?: Partial<Policy>;
    readonly clause: string;
  }

  test.each<Row>([
    {
      why: "by whoever owns something else",
      given: { reviews: [approval(olga, says("moved"))] },
      clause:
        "@olga called “terraform/resource-removed” a false alarm, but does not own anything that needs a countersignature.",
    },
    {
      why: "by whoever asked for the change, owner or not",
      given: {
        codeowners: { path: ".github/CODEOWNERS", text: "* @kira @nils" },
        reviews: [approval(kira, says("moved"))],
      },
      clause:
        "@kira called “terraform/resource-removed” a false alarm, but asked Kiro to start (2026-11-20), and contributors cannot countersign.",
    },
    {
      why: "by a comment",
      given: { reviews: [review(nils, "commented", says("moved"))] },
      clause:
        "@nils called “terraform/resource-removed” a false alarm, but only an approving review can dismiss a finding.",
    },
    {
      why: "without a reason",
      given: { reviews: [approval(nils, says(""))] },
      clause: "@nils called “terraform/resource-removed” a false alarm, but gave no reason.",
    },
    {
      why: "of a rule that found nothing",
      given: { reviews: [approval(nils, says("moved", "sql/drop-table"))] },
      clause:
        "@nils called “sql/drop-table” a false alarm, but it found nothing here that needs a countersignature.",
    },
    {
      why: "in a text that somebody else edited",
      given: { reviews: [approval(nils, { ...says("moved"), editedBy: kira })] },
      clause:
        "@nils called “terraform/resource-removed” a false alarm, but somebody else has edited the review since.",
    },
    {
      why: "in a text that an account edited which is gone",
      given: { reviews: [approval(nils, { ...says("moved"), editedBy: null })] },
      clause:
        "@nils called “terraform/resource-removed” a false alarm, but somebody else has edited the review since.",
    },
    {
      why: "for what was there before the last push",
      given: { reviews: [approval(nils, { ...says("moved"), commitSha: "a".repeat(40) })] },
      clause: "@nils called “terraform/resource-removed” a false alarm, but that approval does not count.",
    },
    {
      why: "by an owner who is no senior, where one is asked for",
      given: { reviews: [approval(nils, says("moved"))] },
      rules: hazards({ destructive: { ...HAZARDS, senior: [{ kind: "user", login: "sven" }] } }),
      clause:
        "@nils called “terraform/resource-removed” a false alarm, but one of @sven has to dismiss it too.",
    },
    {
      why: "while another owner refuses",
      given: {
        codeowners: { path: ".github/CODEOWNERS", text: "* @nils @dora" },
        reviews: [approval(nils, says("moved")), refusal(dora)],
      },
      clause: "@nils called “terraform/resource-removed” a false alarm, but @dora requested changes.",
    },
    {
      why: "by an account that is gone",
      given: { reviews: [approval(null, says("moved"))] },
      clause: "Somebody called “terraform/resource-removed” a false alarm, but that account is deleted.",
    },
    {
      why: "by the owner of one end of a rename alone",
      given: {
        files: [
          file("web/db.tf", {
            status: "renamed",
            previousPath: "db/db.tf",
            before: DATABASE,
            after: "locals {}\n",
          }),
        ],
        reviews: [approval(nils, says("moved"))],
      },
      rules: { areas: [CONTROL] },
      clause:
        "@nils called “terraform/resource-removed” a false alarm, but does not own anything that needs a countersignature.",
    },
  ])("is not dismissed $why", ({ given, rules, clause }) => {
    const found = judged(given, rules);
    expect(found.conclusion).toBe("action_required");
    expect(found.rejectedFalseAlarms.map(({ sentence }) => sentence)).toEqual([clause]);
    expect(plain(explain(found, JUDGED).summary)).toContain(plain(clause.replaceAll(/[“”]/g, "")));
  });

  test("is not dismissed by quoting somebody", () => {
    const found = judged({ reviews: [approval(nils, { body: `> false alarm: ${RULE}: moved` })] });
    expect(standings(found)).toEqual([`${RULE} web/db.tf:1 asks`]);
    expect(found.rejectedFalseAlarms).toEqual([]);
  });

  test("is answered by the reviewer's own edit", () => {
    expect(judged({ reviews: [approval(nils, { ...says("moved"), editedBy: nils })] }, one).conclusion).toBe(
      "neutral",
    );
  });

  test("is answered by an owner and a senior, where both are asked for", () => {
    const rules = hazards({
      destructive: { ...HAZARDS, countersignatures: 2, senior: [{ kind: "user", login: "sven" }] },
    });
    const reviews = [approval(nils, says("moved")), approval(sven, says("moved"))];
    expect(judged({ reviews }, rules).conclusion).toBe("neutral");
    expect(judged({ reviews: reviews.slice(1) }, rules).conclusion).toBe("action_required");
  });
});

describe("after a push", () => {
  const files = [deleted()];
  const moved = file("web/moved.tf", {
    after:
      'moved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.other\n}\nresource "aws_db_instance" "other" {\n  size = 1\n}\n',
    before: "",
  });

  test("a countersignature counts while the hazards are those that were signed", () => {
    const given = approval(nils, { commitSha: "a".repeat(40) });
    const app = file("web/app.ts");
    const earlier = record(given, [...files, app]);
    const recorded = { ...snapshot().recorded, approvals: [earlier] };
    const now = [...files, file("web/app.ts", { contentId: "another" })];
    expect(verdict({ files: now, reviews: [given], recorded }).conclusion).toBe("success");
  });

  test("and not when another file makes something harmless a hazard", () => {
    const given = approval(nils, { commitSha: "a".repeat(40) });
    const earlier = record(given, [...files, moved]);
    expect(earlier.hazards).toEqual([]);
    const recorded = { ...snapshot().recorded, approvals: [earlier] };
    const found = verdict({ files, reviews: [given], recorded });
    expect(found.conclusion).toBe("action_required");
    expect(found.ignoredReviews.map(({ sentence }) => sentence)).toEqual([
      "@nils approved, but the hazard “aws_db_instance.main” was not there at aaaaaaa, so it must be approved again.",
    ]);
  });

  test("and not if the record predates hazards", () => {
    const given = approval(nils, { commitSha: "a".repeat(40) });
    const { hazards: _, ...earlier } = record(given, files);
    const recorded = { ...snapshot().recorded, approvals: [earlier] };
    expect(evaluate(snapshot({ files, reviews: [given], recorded }), policy()).conclusion).toBe(
      "action_required",
    );
  });
});
