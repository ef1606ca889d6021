import { describe, expect, test } from "@jest/globals";
import { refusal, useOriginStory } from "../story/setup.ts";

const bed = useOriginStory();
const shop = { owner: "acme", repo: "shop" };

/** The story with somebody who owns the organization and somebody who administers the repository. */
function withOwners() {
  const { world, story, octokitOf } = bed();
  const ada = world.user("ada");
  story.acme.owners.add(ada);
  story.acme.members.add(ada);
  world.permission(story.shop, story.people.sam, "admin");
  const id = story.shop.rulesets[0]?.id ?? 0;
  return {
    ...story,
    world,
    id,
    owner: octokitOf(ada),
    admin: octokitOf(story.people.sam),
    writer: octokitOf(story.people.kira),
  };
}

describe("who may bypass a ruleset", () => {
  test("is told to those alone who may change it", async () => {
    const { admin, writer, id } = withOwners();
    const asked = { ...shop, ruleset_id: id };

    expect((await admin.rest.repos.getRepoRuleset(asked)).data.bypass_actors).toEqual([]);
    expect((await writer.rest.repos.getRepoRuleset(asked)).data).not.toHaveProperty("bypass_actors");
  });

  test("of the organization's ruleset, to its owners", async () => {
    const { world, owner, admin, shop: repo } = withOwners();
    const { id } = world.ruleset(repo, { branches: ["~ALL"], requiredChecks: [], source: "Organization" });
    const asked = { ...shop, ruleset_id: id };

    expect((await owner.rest.repos.getRepoRuleset(asked)).data.bypass_actors).toEqual([]);
    expect((await admin.rest.repos.getRepoRuleset(asked)).data).not.toHaveProperty("bypass_actors");
  });

  test.each([
    { actor: { actor_type: "RepositoryRole", actor_id: 4 }, may: "always" },
    { actor: { actor_type: "RepositoryRole", actor_id: 5 }, may: "never" },
    { actor: { actor_type: "DeployKey", actor_id: null }, may: "never" },
  ] as const)("$actor: whoever may write may bypass it: $may", async ({ actor, may }) => {
    const { writer, id, shop: repo } = withOwners();
    const [ruleset] = repo.rulesets;
    if (ruleset) ruleset.bypass = [{ ...actor, bypass_mode: "always" }];

    const { data } = await writer.rest.repos.getRepoRuleset({ ...shop, ruleset_id: id });

    expect(data.current_user_can_bypass).toBe(may);
  });
});

describe("a ruleset that is not active", () => {
  test("has no rules for a branch, and is shown to administrators", async () => {
    const { admin, writer, shop: repo } = withOwners();
    const [ruleset] = repo.rulesets;
    if (ruleset) ruleset.enforcement = "evaluate";

    expect((await admin.rest.repos.getBranchRules({ ...shop, branch: "main" })).data).toEqual([]);
    expect((await admin.rest.repos.getRepoRulesets(shop)).data).toHaveLength(1);
    expect((await writer.rest.repos.getRepoRulesets(shop)).data).toEqual([]);
  });
});

describe("writing rulesets", () => {
  const RULESET = { ...shop, name: "mine", enforcement: "active" } as const;

  test("takes an administrator", async () => {
    const { writer } = withOwners();

    expect(await refusal(writer.rest.repos.createRepoRuleset(RULESET))).toMatchObject({ status: 403 });
  });

  test("a new one, with actors who may always bypass it unless said otherwise", async () => {
    const { admin } = withOwners();

    const { data } = await admin.request("POST /repos/{owner}/{repo}/rulesets", {
      ...RULESET,
      bypass_actors: [{ actor_type: "DeployKey", actor_id: null }],
    });

    expect(data).toMatchObject({ source_type: "Repository", source: "acme/shop", target: "branch" });
    expect(data.bypass_actors).toEqual([{ actor_type: "DeployKey", actor_id: null, bypass_mode: "always" }]);
  });

  test("what the description does not allow is refused", async () => {
    const { admin } = withOwners();
    const route: string = "POST /repos/{owner}/{repo}/rulesets";

    expect(await refusal(admin.request(route, { ...RULESET, enforcement: "sometimes" }))).toMatchObject({
      status: 422,
    });
  });

  test("a change leaves what it does not name, and the organization's is out of reach", async () => {
    const { admin, id, world, shop: repo } = withOwners();
    const other = world.ruleset(repo, { branches: ["~ALL"], requiredChecks: [], source: "Organization" });

    const { data } = await admin.rest.repos.updateRepoRuleset({
      ...shop,
      ruleset_id: id,
      enforcement: "disabled",
    });

    expect(data).toMatchObject({ name: "main", enforcement: "disabled" });
    expect(data.rules).toHaveLength(1);
    expect(
      await refusal(admin.rest.repos.updateRepoRuleset({ ...shop, ruleset_id: other.id, name: "x" })),
    ).toMatchObject({ status: 404 });
  });
});

describe("branch protection", () => {
  const main = { ...shop, branch: "main" };

  test("its checks are told to everybody, the rest to administrators", async () => {
    const { admin, writer, world, shop: repo } = withOwners();
    expect(await refusal(admin.rest.repos.getBranchProtection(main))).toMatchObject({
      status: 404,
      message: expect.stringContaining("Branch not protected"),
    });
    world.protectBranch(repo, "main", { requiredChecks: [{ context: "ci" }], approvals: 1 });

    const { data } = await writer.rest.repos.getBranch(main);
    expect(data.protection).toMatchObject({
      enabled: true,
      required_status_checks: { checks: [{ context: "ci", app_id: null }] },
    });
    expect(await refusal(writer.rest.repos.getBranchProtection(main))).toMatchObject({ status: 403 });
    expect((await admin.rest.repos.getBranchProtection(main)).data).toMatchObject({
      enforce_admins: { enabled: false },
      required_pull_request_reviews: { required_approving_review_count: 1 },
    });
  });

  test.each([
    { enforceAdmins: true, may: 'Required status check "ci" is expected.' },
    { enforceAdmins: false, may: null },
  ])("holds administrators: $enforceAdmins", ({ enforceAdmins, may }) => {
    const { world, shop: repo, people, kiroDeletesProduction } = withOwners();
    repo.rulesets.length = 0;
    world.protectBranch(repo, "main", { requiredChecks: [{ context: "ci" }], enforceAdmins });
    const pull = kiroDeletesProduction();

    const why = world.whyNotMergeable(pull, people.sam);

    expect(why === null ? null : why.split("\n\n")[1]).toBe(may);
  });
});

test("settings are told to those who may see them", async () => {
  const { owner, admin, writer } = withOwners();

  expect((await owner.rest.orgs.listAppInstallations({ org: "acme" })).data.total_count).toBe(1);
  expect(await refusal(admin.rest.orgs.listAppInstallations({ org: "acme" }))).toMatchObject({ status: 403 });
  expect((await admin.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(shop)).data).toEqual({
    default_workflow_permissions: "read",
    can_approve_pull_request_reviews: false,
  });
  expect((await writer.rest.repos.listCollaborators(shop)).data.map(({ login }) => login)).toContain("kira");
});

test("a fine-grained token may do what it was given, and no more", async () => {
  const { world, story } = bed();
  world.permission(story.shop, story.people.sam, "admin");
  const token = world.userToken(story.people.sam, { permissions: { contents: "read" } });
  const { Octokit } = await import("@octokit/rest");
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const octokit = new Octokit({ auth: token, baseUrl: `${bed().double.url}/api/v3`, log });

  const { headers } = await octokit.rest.repos.get(shop);
  expect(headers["x-oauth-scopes"]).toBeUndefined();
  expect(
    await refusal(octokit.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(shop)),
  ).toMatchObject({ status: 403 });
});
