import { describe, expect, test } from "@jest/globals";
import { type OwnerRef, ownerKey } from "../../../src/ownership/owner.ts";
import type { HazardPolicy, Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { ChangedFile, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Requirement, Verdict } from "../../../src/signoff/verdict.ts";
import {
  approval,
  CONTROL,
  file,
  HAZARDS,
  humanChange,
  INFRASTRUCTURE,
  nils,
  OLD_HEAD,
  olga,
  policy,
  record,
  snapshot,
  verdict,
} from "../build.ts";

const DATABASE = 'resource "aws_db_instance" "main" {\n  size = 1\n}\n';
const OPEN = 'resource "google_compute_firewall" "ssh" {\n  source_ranges = ["0.0.0.0/0"]\n}\n';
const REMOVED = "removes “aws_db_instance.main”: the database and its data are destroyed on apply";

const named = (login: string): OwnerRef => ({ kind: "user", login });
/** `web/` lies in no area; Nils owns it. */
const deleted = (path: string): ChangedFile =>
  file(path, { status: "removed", contentId: null, before: DATABASE });
const opened = (path: string): ChangedFile => file(path, { status: "added", before: null, after: OPEN });
const hazards = (more: Partial<HazardPolicy>): Partial<Policy> => ({
  hazards: { destructive: HAZARDS, widening: HAZARDS, rules: new Map(), ...more },
});
const destructive = (more: Partial<HazardPolicy["destructive"]>) =>
  hazards({ destructive: { ...HAZARDS, ...more } });

/** Each requirement as `area: count of owners: paths`. */
function asked({ requirements }: Verdict): readonly string[] {
  return requirements.map(({ requirement: { area, count, from } }) => {
    return `${area}: ${count} of ${from.owners.map(ownerKey).join(" ")}: ${from.paths.join(" ")}`;
  });
}

describe("who signs for a hazard", () => {
  test.each<{ why: string; given: Partial<Snapshot>; rules?: Partial<Policy>; asks: readonly string[] }>([
    {
      why: "those whom its area names, and not CODEOWNERS' owners",
      given: { files: [deleted("infra/db.tf")] },
      rules: {
        areas: [{ ...INFRASTRUCTURE, from: [named("dora")] }],
        ...destructive({ countersignatures: 2 }),
      },
      asks: ["infrastructure: 1 of @dora: infra/db.tf", "destructive change: 2 of @dora: infra/db.tf"],
    },
    {
      why: "CODEOWNERS' owners, where its area takes them",
      given: { files: [deleted("infra/db.tf")] },
      rules: destructive({ countersignatures: 2 }),
      asks: [
        "infrastructure: 1 of @olga @acme/sre: infra/db.tf",
        "destructive change: 2 of @olga @acme/sre: infra/db.tf",
      ],
    },
    {
      why: "all who sign for the areas that it lies in",
      given: { files: [deleted("infra/db.tf")] },
      rules: {
        areas: [INFRASTRUCTURE, { ...INFRASTRUCTURE, name: "data", paths: ["*.tf"], from: [named("dora")] }],
        ...destructive({ countersignatures: 2 }),
      },
      asks: [
        "infrastructure: 1 of @olga @acme/sre: infra/db.tf",
        "data: 1 of @dora: infra/db.tf",
        "destructive change: 2 of @olga @acme/sre: infra/db.tf",
        "destructive change: 2 of @dora: infra/db.tf",
      ],
    },
    {
      why: "those at both ends of a move, where the area at one end alone asks its own people",
      given: {
        files: [
          file("web/db.tf", {
            status: "renamed",
            previousPath: "infra/db.tf",
            before: DATABASE,
            after: "locals {}\n",
          }),
        ],
      },
      asks: [
        "infrastructure: 1 of @olga @acme/sre: infra/db.tf",
        "destructive change: 1 of @olga @acme/sre: infra/db.tf",
        "destructive change: 1 of @nils: web/db.tf",
      ],
    },
    {
      why: "as many as the strictest rule asks for, for all paths of the same people together",
      given: {
        files: [deleted("web/db.tf"), file("web/a.sql", { after: "DROP TABLE users;\n", before: "" })],
      },
      rules: hazards({ rules: new Map([["terraform/resource-removed", { countersignatures: 3 }]]) }),
      asks: ["destructive change: 3 of @nils: web/a.sql web/db.tf"],
    },
    {
      why: "the area's signers alone, where it asks for the same senior, however written",
      given: { files: [deleted("infra/db.tf")] },
      rules: {
        areas: [{ ...INFRASTRUCTURE, senior: [named("Sven"), named("dora")] }],
        ...destructive({ senior: [named("dora"), named("sven"), named("dora")] }),
      },
      asks: ["infrastructure: 1 of @olga @acme/sre: infra/db.tf"],
    },
    {
      why: "the area's signers alone, where it asks for a senior and the hazard for none",
      given: { files: [deleted("infra/db.tf")] },
      rules: { areas: [{ ...INFRASTRUCTURE, senior: [named("dora")] }] },
      asks: ["infrastructure: 1 of @olga @acme/sre: infra/db.tf"],
    },
    {
      why: "others besides, where the area asks for another senior",
      given: { files: [deleted("infra/db.tf")] },
      rules: {
        areas: [{ ...INFRASTRUCTURE, senior: [named("dora")] }],
        ...destructive({ senior: [named("sven")] }),
      },
      asks: [
        "infrastructure: 1 of @olga @acme/sre: infra/db.tf",
        "destructive change: 1 of @olga @acme/sre: infra/db.tf",
      ],
    },
  ])("$why", ({ given, rules, asks }) => {
    expect(asked(verdict(given, rules))).toEqual(asks);
  });
});

describe("whether a hazard blocks", () => {
  const observed = { ...INFRASTRUCTURE, mode: "observe" as const };
  const data = { ...INFRASTRUCTURE, name: "data", paths: ["*.tf"] };
  const moved = file("web/db.tf", {
    status: "renamed",
    previousPath: "infra/db.tf",
    before: DATABASE,
    after: "locals {}\n",
  });
  const together = hazards({});
  const apart = destructive({ countersignatures: 2 });

  test.each<{
    why: string;
    files: readonly ChangedFile[];
    areas: Policy["areas"];
    rules?: Partial<Policy>;
    asks: readonly string[];
  }>([
    {
      why: "not where its areas are all observed",
      files: [deleted("infra/db.tf")],
      areas: [observed, { ...data, mode: "observe" }],
      asks: ["infrastructure, observe", "data, observe"],
    },
    {
      why: "not by itself either",
      files: [deleted("infra/db.tf")],
      areas: [observed],
      rules: apart,
      asks: ["infrastructure, observe", "destructive change, observe"],
    },
    {
      why: "where one of its areas is enforced, which the same people sign",
      files: [deleted("infra/db.tf")],
      areas: [observed, data],
      asks: ["infrastructure, observe", "data, enforce"],
    },
    {
      why: "where one of its areas is enforced, which other people sign",
      files: [deleted("infra/db.tf")],
      areas: [observed, { ...data, from: [named("dora")] }],
      asks: [
        ...["infrastructure, observe", "data, enforce"],
        ...["destructive change, enforce", "destructive change, enforce"],
      ],
    },
    {
      why: "where the other end of a move lies in no area",
      files: [moved],
      areas: [observed],
      asks: ["infrastructure, observe", "destructive change, enforce", "destructive change, enforce"],
    },
    {
      why: "beside one that does not, each for itself",
      files: [deleted("infra/db.tf"), deleted("infra/keep/db.tf")],
      areas: [observed, { ...data, paths: ["/infra/keep/"] }],
      rules: apart,
      asks: [
        "infrastructure, observe",
        "data, enforce",
        "destructive change, enforce",
        "destructive change, observe",
      ],
    },
  ])("$why", ({ files, areas, rules = together, asks }) => {
    const { requirements } = verdict({ files }, { ...rules, areas });
    expect(requirements.map(({ requirement: { area, mode } }) => `${area}, ${mode}`)).toEqual(asks);
    const ids = requirements.map(({ requirement }) => requirement.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("a requirement names hazards", () => {
  const because = (given: Partial<Snapshot>, rules?: Partial<Policy>) =>
    verdict(given, rules).requirements.map(({ requirement }) => requirement.because);

  test("only where it covers them", () => {
    const files = [deleted("infra/db.tf"), file("db/1.sql")];
    expect(because({ files })).toEqual([
      `Kiro took part in this change, and it touches “infrastructure” (“built-in”). This change ${REMOVED} (“infra/db.tf:1”).`,
      "Kiro took part in this change, and it touches “database” (“built-in”).",
    ]);
  });

  test("in every area whose owners sign for them", () => {
    const data = { ...INFRASTRUCTURE, name: "data", paths: ["*.tf"], from: [named("dora")] };
    const told = because({ files: [deleted("infra/db.tf")] }, { areas: [INFRASTRUCTURE, data] });

    expect(told).toHaveLength(2);
    for (const each of told) expect(each).toContain(`This change ${REMOVED} (“infra/db.tf:1”).`);
  });

  test("in a requirement of its own, with everything that it says", () => {
    const own: Requirement = {
      id: "destructive change: @nils",
      area: "destructive change",
      count: 1,
      from: { owners: [named("nils")], paths: ["web/db.tf"], source: ".github/CODEOWNERS:4" },
      senior: [],
      mode: "enforce",
      keep: "untouched",
      because: `This change ${REMOVED} (“web/db.tf:1”).`,
    };
    const judged = evaluate(
      humanChange({ files: [deleted("web/db.tf")] }),
      policy(destructive({ appliesTo: "everyone" })),
    );
    expect(judged.requirements.map(({ requirement }) => requirement)).toEqual([own]);
  });
});

describe("after a push the signature for a hazard", () => {
  const pushed = (by: typeof olga, before: readonly ChangedFile[], after: readonly ChangedFile[]) => {
    const given = approval(by, { commitSha: OLD_HEAD });
    const recorded = { ...snapshot().recorded, approvals: [record(given, before)] };
    return verdict(
      { files: after, reviews: [given], recorded },
      {
        areas: [{ ...INFRASTRUCTURE, paths: ["/infra/db.tf"] }, CONTROL],
      },
    );
  };
  const other = file("web/a.ts");

  test.each<{
    why: string;
    by?: typeof olga;
    before: readonly ChangedFile[];
    after: readonly ChangedFile[];
    says?: string;
  }>([
    {
      why: "stays while its file does",
      before: [opened("web/fw.tf"), other],
      after: [opened("web/fw.tf"), { ...other, contentId: "new" }],
    },
    {
      why: "falls when its file changes, though the hazard is the same",
      before: [opened("web/fw.tf"), other],
      after: [{ ...opened("web/fw.tf"), contentId: "new" }, other],
      says: "@nils approved, but “web/fw.tf” changed since aaaaaaa, so it must be approved again.",
    },
    {
      why: "given with the area's stays while the area does",
      by: olga,
      before: [deleted("infra/db.tf"), other],
      after: [deleted("infra/db.tf"), { ...other, contentId: "new" }],
    },
    {
      why: "given with the area's falls when a push makes a hazard of what was harmless",
      by: olga,
      before: [deleted("infra/db.tf"), moved()],
      after: [deleted("infra/db.tf")],
      says: "@olga approved, but the hazard “aws_db_instance.main” was not there at aaaaaaa, so it must be approved again.",
    },
  ])("$why", ({ by = nils, before, after, says }) => {
    const { conclusion, ignoredReviews } = pushed(by, before, after);
    expect(conclusion).toBe(says === undefined ? "success" : "action_required");
    expect(ignoredReviews.map(({ sentence }) => sentence)).toEqual(says === undefined ? [] : [says]);
  });

  /** Says of the database that it only got another name; beside the area. */
  function moved(): ChangedFile {
    const after =
      'moved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.other\n}\nresource "aws_db_instance" "other" {\n  size = 1\n}\n';
    return file("infra/moved.tf", { before: "", after });
  }
});
