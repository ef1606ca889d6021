import { describe, expect, test } from "@jest/globals";
import { type OwnerRef, ownerKey } from "../../../src/ownership/owner.ts";
import type { AreaRule, Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Requirement, Verdict } from "../../../src/signoff/verdict.ts";
import {
  approval,
  CONTROL,
  DATABASE,
  file,
  humanChange,
  INFRASTRUCTURE,
  nils,
  OLD_HEAD,
  olga,
  permissions,
  policy,
  record,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";

const team = (slug: string): OwnerRef => ({ kind: "team", org: "acme", slug });
const owners = (text: string) => ({ codeowners: { path: ".github/CODEOWNERS", text } });

const BLOCKING = { review: { ...policy().review, block: true } };

/** Each requirement as `area: owners: paths`. */
function required({ requirements }: Verdict): readonly string[] {
  return requirements.map(({ requirement: { area, from } }) => {
    return `${area}: ${from.owners.map(ownerKey).join(" ")}: ${from.paths.join(" ")}`;
  });
}

interface Row {
  readonly why: string;
  readonly given: Partial<Snapshot>;
  readonly rules?: Partial<Policy>;
  readonly asks: readonly string[];
}

describe("what has to be signed", () => {
  test.each<Row>([
    {
      why: "one requirement for each set of owners in an area",
      given: {
        files: [file("infra/db/a.tf"), file("infra/b.tf"), file("infra/a.tf")],
        ...owners("/infra/ @olga @acme/sre\n/infra/db/ @dora"),
      },
      asks: [
        "infrastructure: @olga @acme/sre: infra/a.tf infra/b.tf",
        "infrastructure: @dora: infra/db/a.tf",
      ],
    },
    {
      why: "the sets in the order of their owners' names, each with its paths in order",
      given: {
        files: ["infra/d", "infra/c", "infra/b", "infra/a"].map((path) => file(path)),
        ...owners("/infra/ @olga\n/infra/b @dora\n/infra/c @nils"),
      },
      asks: [
        "infrastructure: @dora: infra/b",
        "infrastructure: @nils: infra/c",
        "infrastructure: @olga: infra/a infra/d",
      ],
    },
    {
      why: "the same owners in another order are the same set",
      given: {
        files: [file("infra/a.tf"), file("infra/b.tf")],
        ...owners("/infra/a.tf @olga @acme/SRE\n/infra/b.tf @acme/sre @Olga"),
      },
      asks: ["infrastructure: @olga @acme/sre: infra/a.tf infra/b.tf"],
    },
    {
      why: "one requirement for an area whose signers the policy lists, whoever owns the paths",
      given: { files: [file("infra/a.tf"), file("infra/nobody.tf")], codeowners: null },
      rules: { areas: [{ ...INFRASTRUCTURE, from: [team("sre")] }] },
      asks: ["infrastructure: @acme/sre: infra/a.tf infra/nobody.tf"],
    },
    {
      why: "every area a path stands in, in policy order",
      given: { files: [file("infra/a.tf")] },
      rules: { areas: [{ ...DATABASE, paths: ["*.tf"] }, INFRASTRUCTURE] },
      asks: ["database: @olga @acme/sre: infra/a.tf", "infrastructure: @olga @acme/sre: infra/a.tf"],
    },
    {
      why: "B07 both ends of a rename",
      given: { files: [file("docs/a.tf", { status: "renamed", previousPath: "infra/a.tf" })] },
      asks: ["infrastructure: @olga @acme/sre: infra/a.tf"],
    },
    {
      why: "unowned paths, by those whom the policy names for them",
      given: { files: [file("infra/a.tf")], ...owners("/infra/") },
      rules: { unowned: [team("maintainers")] },
      asks: ["infrastructure: @acme/maintainers: infra/a.tf"],
    },
    {
      why: "C01 the config itself, by the base's owners",
      given: { files: [file(".github/countersign.yml")] },
      rules: { areas: [CONTROL] },
      asks: ["control-files: @olga: .github/countersign.yml"],
    },
    {
      why: "C02 CODEOWNERS itself, by the base's owners whatever the head says",
      given: { files: [file(".github/CODEOWNERS", { patch: "+* @kira" })] },
      asks: ["control-files: @olga: .github/CODEOWNERS"],
    },
    {
      why: "nothing of a listed area that nothing touches",
      given: { files: [file("infra/a.tf")] },
      rules: { areas: [{ ...DATABASE, from: [team("data")] }, INFRASTRUCTURE] },
      asks: ["infrastructure: @olga @acme/sre: infra/a.tf"],
    },
    { why: "nothing outside production", given: { files: [file("web/index.html")] }, asks: [] },
    {
      why: "what is outside production too, with review.block",
      given: { files: [file("web/index.html"), file("infra/a.tf")] },
      rules: { review: { ...policy().review, block: true } },
      asks: ["infrastructure: @olga @acme/sre: infra/a.tf", "outside production: @nils: web/index.html"],
    },
  ])("$why", ({ given, rules, asks }) => {
    expect(required(verdict(given, rules))).toEqual(asks);
  });

  test.each<{ why: string; areas: readonly AreaRule[]; asks: number }>([
    { why: "nothing of an area for AI changes", areas: [INFRASTRUCTURE], asks: 0 },
    { why: "an area for everyone's changes", areas: [{ ...INFRASTRUCTURE, appliesTo: "everyone" }], asks: 1 },
  ])("a human change requires $why", ({ areas, asks }) => {
    expect(evaluate(humanChange(), policy({ areas })).requirements).toHaveLength(asks);
  });

  test("a human change outside production requires nothing, even with review.block", () => {
    const judged = evaluate(humanChange({ files: [file("web/a.css")] }), policy(BLOCKING));
    expect(judged).toMatchObject({ conclusion: "success", requirements: [], optionalReviews: [] });
  });
});

describe("a requirement says", () => {
  const touches = "and it touches “infrastructure” (“built-in”).";
  const { detect } = policy();
  const own: Requirement = {
    id: "infrastructure: @acme/sre @olga",
    area: "infrastructure",
    count: 1,
    from: {
      owners: [{ kind: "user", login: "olga" }, team("sre")],
      paths: ["infra/main.tf"],
      source: ".github/CODEOWNERS:2",
    },
    senior: [],
    mode: "enforce",
    keep: "untouched",
    because: `Kiro took part in this change, ${touches}`,
  };

  test.each<{ why: string; given: Snapshot; rules?: Partial<Policy>; is: Requirement }>([
    { why: "the tool, the area, and whence its owners are", given: snapshot(), is: own },
    {
      why: "that nothing shows who wrote the change",
      given: humanChange(),
      rules: { detect: { ...detect, undeclared: "ai" } },
      is: {
        ...own,
        because: `This change counts as AI-authored, because nothing shows who wrote it, ${touches}`,
      },
    },
    {
      why: "that everybody's change needs it",
      given: humanChange(),
      rules: { areas: [{ ...INFRASTRUCTURE, appliesTo: "everyone", keep: "never" }] },
      is: {
        ...own,
        keep: "never",
        because: "Every change to “infrastructure” needs a countersignature (“built-in”).",
      },
    },
    {
      why: "where its signers are listed",
      given: snapshot(),
      rules: { areas: [{ ...INFRASTRUCTURE, from: [team("sre")], origin: "countersign.yml:3" }] },
      is: {
        ...own,
        id: "infrastructure: @acme/sre",
        from: { owners: [team("sre")], paths: ["infra/main.tf"], source: "countersign.yml:3" },
        because: "Kiro took part in this change, and it touches “infrastructure” (“countersign.yml:3”).",
      },
    },
    {
      why: "that it is outside production",
      given: snapshot({ files: [file("web/a.css")] }),
      rules: BLOCKING,
      is: {
        ...own,
        id: "outside production: @nils",
        area: "outside production",
        from: {
          owners: [{ kind: "user", login: "nils" }],
          paths: ["web/a.css"],
          source: ".github/CODEOWNERS:4",
        },
        because: "Kiro took part in this change: outside production, an owner's review is requested.",
      },
    },
  ])("$why", ({ given, rules, is }) => {
    expect(evaluate(given, policy(rules)).requirements.map(({ requirement }) => requirement)).toEqual([is]);
  });
});

describe("outside production, with review.block, an approval", () => {
  const signed = file("web/a.css");
  const production = file("infra/main.tf");
  const after = (files: Snapshot["files"]) => {
    const given = approval(nils, { commitSha: OLD_HEAD });
    const recorded = { ...snapshot().recorded, approvals: [record(given, [signed, production])] };
    const judged = verdict({ files, reviews: [given], recorded }, BLOCKING);
    return judged.requirements.find(({ requirement }) => requirement.area === "outside production")?.status;
  };

  test.each<{ why: string; files: Snapshot["files"]; is: string }>([
    {
      why: "stays while a push changes production alone",
      files: [signed, { ...production, contentId: "new" }],
      is: "signed",
    },
    {
      why: "falls when a push changes what was approved",
      files: [{ ...signed, contentId: "new" }, production],
      is: "waiting",
    },
    { why: "falls when a push adds to it", files: [signed, file("web/b.css"), production], is: "waiting" },
  ])("$why", ({ files, is }) => {
    expect(after(files)).toBe(is);
  });
});

describe("what an area leaves to a review, with review.block, an approval", () => {
  const observed: AreaRule = { ...DATABASE, name: "trial", mode: "observe" };
  test.each<{ why: string; path: string; areas: readonly AreaRule[]; is: string }>([
    {
      why: "falls when a push changes what only tests need",
      path: "tests/compose.yml",
      areas: [{ ...INFRASTRUCTURE, paths: ["compose.yml"] }],
      is: "waiting",
    },
    {
      why: "falls when a push changes what another area observes",
      path: "infra/main.tf",
      areas: [
        { ...INFRASTRUCTURE, when: "hazards" },
        { ...observed, paths: ["/infra/"] },
      ],
      is: "waiting",
    },
    {
      why: "stays while a push changes what areas observe alone",
      path: "trial/a.txt",
      areas: [{ ...observed, paths: ["/trial/"] }],
      is: "signed",
    },
  ])("$why", ({ path, areas, is }) => {
    const [web, left] = [file("web/a.css"), file(path)];
    const given = approval(nils, { commitSha: OLD_HEAD });
    const recorded = { ...snapshot().recorded, approvals: [record(given, [web, left])] };
    const now = { files: [web, { ...left, contentId: "new" }], reviews: [given], recorded };
    const judged = verdict({ ...now, ...owners("* @nils") }, { ...BLOCKING, areas });
    expect(
      judged.requirements.find(({ requirement }) => requirement.area === "outside production")?.status,
    ).toBe(is);
  });
});

describe("what nobody can sign blocks, with a remedy", () => {
  test.each<{ why: string; given: Partial<Snapshot>; remedy: string }>([
    {
      why: "no line matches",
      given: owners("/db/ @dora"),
      remedy:
        "Nobody owns “infra/main.tf”: add an owner to “.github/CODEOWNERS” on the base branch, or set “unowned” in the config.",
    },
    {
      why: "the matching line names nobody",
      given: owners("* @olga\n/infra/"),
      remedy:
        "Nobody owns “infra/main.tf”: add an owner to “.github/CODEOWNERS” on the base branch, or set “unowned” in the config.",
    },
    {
      why: "there is no CODEOWNERS",
      given: { codeowners: null },
      remedy: "Nobody owns “infra/main.tf”: add an owner to “.github/CODEOWNERS”",
    },
    {
      why: "C11 the deciding line is invalid",
      given: owners("* @olga\n/infra/[ab].tf @olga\n/infra/ma[i]n.tf @olga"),
      remedy:
        "The owner of “infra/main.tf” cannot be determined, because “.github/CODEOWNERS” line 3 is invalid: ",
    },
    {
      why: "C11 CODEOWNERS is too large",
      given: owners(`/infra/ @olga\n${"#".repeat(3_000_000)}`),
      remedy: "“.github/CODEOWNERS” is 3 MB or larger and GitHub does not load it. Make it smaller.",
    },
    {
      why: "the owner is an e-mail address",
      given: owners("* olga@acme.example"),
      remedy: "The owner olga@acme.example is an e-mail address; GitHub does not say which account owns it",
    },
    {
      why: "the owning team cannot be read",
      given: {
        ...owners("* @acme/sre"),
        authority: {
          ...snapshot().authority,
          teams: { "acme/sre": { status: "unknown", reason: "is a secret team" } },
        },
      },
      remedy: "Nobody can countersign for @acme/sre: make the team visible",
    },
    {
      why: "the owning team was not read",
      given: { ...owners("* @acme/sre"), authority: { ...snapshot().authority, teams: {} } },
      remedy: "Nobody can countersign for @acme/sre: make the team visible",
    },
    {
      why: "all owners took part",
      given: owners("* @kira"),
      remedy:
        "None of the owners (@kira) can countersign: they are contributors or machines, or lack write access.",
    },
    {
      why: "no owner may write",
      given: {
        ...owners("* @acme/sre"),
        authority: { ...snapshot().authority, permissions: permissions("triage", olga, sven) },
      },
      remedy: "None of the owners (@acme/sre) can countersign",
    },
  ])("$why", ({ given, remedy }) => {
    const { conclusion, requirements, reviewRequests } = verdict(given);

    expect(conclusion).toBe("action_required");
    expect(requirements).toMatchObject([
      { status: "impossible", canSign: [], remedy: expect.stringContaining(remedy) },
    ]);
    expect(reviewRequests).toEqual({ users: [], teams: [] });
  });
});

test.each<{
  why: string;
  text: string;
  teams: Snapshot["authority"]["teams"];
  status: string;
  remedy?: string;
}>([
  {
    why: "one of two teams may hold somebody",
    text: "* @acme/far @acme/none",
    teams: {
      "acme/far": { status: "unlisted", reason: "far" },
      "acme/none": { status: "known", members: [] },
    },
    status: "waiting",
  },
  {
    why: "a team of contributors beside an e-mail address",
    text: "* @acme/sre olga@acme.example",
    teams: { "acme/sre": { status: "known", members: [user("kira", 1)] } },
    status: "impossible",
    remedy: "None of the owners (@acme/sre or olga@acme.example) can countersign",
  },
])("owners of several kinds: $why", ({ text, teams, status, remedy = "" }) => {
  const { requirements } = verdict({ ...owners(text), authority: { ...snapshot().authority, teams } });
  expect(requirements).toMatchObject([{ status }]);
  expect(requirements[0]?.remedy ?? "").toContain(remedy);
});

test("a team whose members are unknown here stays required", () => {
  const teams = { "acme/sre": { status: "unlisted" as const, reason: "its members are not known here" } };
  const given = { ...owners("* @acme/sre"), authority: { ...snapshot().authority, teams } };
  const { conclusion, requirements } = verdict(given);

  expect(conclusion).toBe("action_required");
  expect(requirements).toMatchObject([{ status: "waiting", canSign: [] }]);
});

test("outside production no review is requested for unowned paths", () => {
  const { optionalReviews } = verdict({ files: [file("README.md"), file("web/a.css")] });
  expect(optionalReviews.map(({ paths }) => paths)).toEqual([["web/a.css"]]);
});

test("lists touched areas of human changes too, each with its paths in order", () => {
  const files = [
    file("infra/main.tf"),
    file("infra/dns.tf", { status: "renamed", previousPath: "infra/a.tf" }),
  ];
  expect(evaluate(humanChange({ files }), policy()).areas).toEqual([
    { name: "infrastructure", paths: ["infra/a.tf", "infra/dns.tf", "infra/main.tf"] },
  ]);
});
