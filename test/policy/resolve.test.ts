import { describe, expect, test } from "@jest/globals";
import { DEFAULT_BRANCH } from "../../src/policy/branch.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";
import { CONFIG_PATH, type PolicySource } from "../../src/policy/source.ts";
import { BUILT_IN_AREAS } from "../../src/production/built-in.ts";
import { CONTROL_FILES } from "../../src/production/control-files.ts";
import { touchedAreas } from "../../src/production/touched.ts";
import { ABSENT, areaOf, ORGANIZATION_FILE, policyOf, resolveTexts } from "./files.ts";

describe("without a word from anybody", () => {
  test.each([
    ["no file", {}],
    ["empty files", { organization: "", repository: "# nothing\n" }],
  ])("the defaults are in force: %s", (_, texts) => {
    const { policy, problems } = policyOf(texts);
    expect(problems).toEqual([]);
    expect(policy).toMatchObject({
      mode: "enforce",
      branches: [DEFAULT_BRANCH],
      detect: { undeclared: "human", agents: [], notAi: [], signals: [] },
      labels: { ai: "ai-authored", production: "production", waiting: "needs-countersign" },
      comment: false,
      review: { block: false, suggestions: "contributor" },
      unowned: [],
    });
    expect(policy.areas).toEqual(
      BUILT_IN_AREAS.map(({ name, paths }) => ({
        name,
        paths,
        countersignatures: 1,
        from: "owners",
        senior: [],
        appliesTo: "ai",
        mode: "enforce",
        keep: "untouched",
        when: name === "ci" || name === CONTROL_FILES ? "hazards" : "always",
        origin: "built-in",
      })),
    );
  });
});

describe("the repository's file alone", () => {
  test("every key reaches the policy", () => {
    const repository = `
mode: observe
branches: [main, "release/*"]
detect:
  undeclared: ai
  agents: [Acme-Build, acme-build]
  not-ai: ["Acme-Sync[bot]"]
labels: { ai: written-by-ai, waiting: false }
comment: true
review: { block: true, suggestions: ignored }
built-in: [ci]
production:
  - name: billing
    paths: [/billing/]
    countersignatures: 3
    from: ["@Ada", "@acme/sre", ops@acme.example]
    senior: ["@acme/staff"]
    applies-to: everyone
    mode: observe
    keep: never
    when: hazards
unowned: ["@acme/maintainers"]
`;
    const { policy, problems } = policyOf({ repository });
    expect(problems).toEqual([]);
    expect(policy).toMatchObject({
      mode: "observe",
      branches: ["main", "release/*"],
      detect: { undeclared: "ai", agents: ["acme-build"], notAi: ["acme-sync[bot]"] },
      labels: { ai: "written-by-ai", production: "production", waiting: false },
      comment: true,
      review: { block: true, suggestions: "ignored" },
      unowned: [{ kind: "team", org: "acme", slug: "maintainers" }],
    });
    expect(policy.areas.map(({ name }) => name)).toEqual(["billing", "ci", CONTROL_FILES]);
    expect(areaOf(policy, "billing")).toEqual({
      name: "billing",
      paths: ["/billing/"],
      countersignatures: 3,
      from: [
        { kind: "user", login: "Ada" },
        { kind: "team", org: "acme", slug: "sre" },
        { kind: "email", email: "ops@acme.example" },
      ],
      senior: [{ kind: "team", org: "acme", slug: "staff" }],
      appliesTo: "everyone",
      mode: "observe",
      keep: "never",
      when: "hazards",
      origin: `${CONFIG_PATH}:13`,
    });
  });

  test("an area with a built-in's name and paths replaces it", () => {
    const repository = "production:\n  - name: infrastructure\n    paths: [/ops/]\n";
    const area = areaOf(policyOf({ repository }).policy, "infrastructure");
    expect(area).toMatchObject({ paths: ["/ops/"], origin: `${CONFIG_PATH}:2` });
  });

  test("an area with a built-in's name and paths of its own asks always, unless it says otherwise", () => {
    const own = (rule: string) =>
      areaOf(policyOf({ repository: `production: [{ name: ci, ${rule} }]` }).policy, "ci").when;
    expect(own("paths: [/ops/]")).toBe("always");
    expect(own("paths: [/ops/], when: hazards")).toBe("hazards");
    expect(own("countersignatures: 2")).toBe("hazards");
  });

  test("an area with a built-in's name and no paths keeps the paths and changes the rule", () => {
    const repository = "production:\n  - name: ci\n    countersignatures: 2\n";
    const area = areaOf(policyOf({ repository }).policy, "ci");
    const builtIn = BUILT_IN_AREAS.find(({ name }) => name === "ci");
    expect(area).toMatchObject({
      paths: builtIn?.paths,
      countersignatures: 2,
      origin: `built-in, ${CONFIG_PATH}:2`,
    });
  });
});

describe("control files", () => {
  const RULES = [".github/workflows/release.yml", "CODEOWNERS", CONFIG_PATH, "AGENTS.md"];

  test.each([
    ["built-in: false", "built-in: false"],
    ["a list without them", "built-in: [ci]"],
    ["an area of their name with other paths", "production: [{ name: control-files, paths: [/tools/] }]"],
  ])("C03: stay last and whole: %s", (_, repository) => {
    const { areas } = policyOf({ repository }).policy;
    expect(areas.at(-1)).toMatchObject({
      name: CONTROL_FILES,
      countersignatures: 1,
      from: "owners",
      mode: "enforce",
      keep: "untouched",
    });
    const touched = touchedAreas(
      areas,
      RULES.map((path) => ({ path })),
    );
    expect(touched.at(-1)).toEqual({ name: CONTROL_FILES, paths: RULES });
  });

  test("can be added to and strengthened by both files", () => {
    const { policy } = policyOf({
      organization: "production: [{ name: control-files, paths: [/a], countersignatures: 2 }]",
      repository: "production: [{ name: control-files, paths: [/b], keep: never }]",
    });
    const area = areaOf(policy, CONTROL_FILES);
    expect(area.paths).toEqual(expect.arrayContaining(["/CODEOWNERS", "/a", "/b"]));
    expect(area).toMatchObject({
      countersignatures: 2,
      keep: "never",
      origin: `built-in, ${ORGANIZATION_FILE}:1, ${CONFIG_PATH}:1`,
    });
  });
});

describe("C08: a file that cannot be used", () => {
  const broken: PolicySource = { status: "found", path: CONFIG_PATH, text: "mods: observe" };
  const unreadable: PolicySource = {
    status: "unreadable",
    path: ORGANIZATION_FILE,
    reason: "GitHub answered 503",
  };

  test("fails closed when the repository's file is invalid", () => {
    const { policy, problems } = resolvePolicy({ organization: ABSENT, repository: broken });
    expect(policy).toBeNull();
    expect(problems).toMatchObject([{ code: "config/unknown-key", file: CONFIG_PATH, line: 1 }]);
  });

  test("fails closed when the organization's file is invalid, whatever the repository says", () => {
    const { policy, problems } = resolveTexts({ organization: "mode: strict", repository: "" });
    expect(policy).toBeNull();
    expect(problems).toMatchObject([{ code: "config/invalid-value", file: ORGANIZATION_FILE, column: 7 }]);
  });

  test("fails closed when a file cannot be read, and says the reason", () => {
    const { policy, problems } = resolvePolicy({ organization: unreadable, repository: ABSENT });
    expect(policy).toBeNull();
    expect(problems).toEqual([
      {
        code: "config/unreadable",
        severity: "error",
        file: ORGANIZATION_FILE,
        message: "The file could not be read: GitHub answered 503.",
        remedy: "See that it can be read, and evaluate again; until then nothing may pass.",
      },
    ]);
  });

  test.each(["it timed out.", "it timed out. ", "it timed out..."])(
    "a reason ends in one full stop: %j",
    (reason) => {
      const { problems } = resolvePolicy({ organization: { ...unreadable, reason }, repository: ABSENT });
      expect(problems[0]?.message).toBe("The file could not be read: it timed out.");
    },
  );

  test("the problems of both files are said at once", () => {
    const { problems } = resolvePolicy({
      organization: { ...unreadable, remedy: "Shorten it." },
      repository: broken,
    });
    expect(problems[0]?.remedy).toBe("Shorten it.");
    expect(problems.map(({ code }) => code)).toEqual(["config/unreadable", "config/unknown-key"]);
  });
});
