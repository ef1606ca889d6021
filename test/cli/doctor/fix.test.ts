import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { DoctorOptions } from "../../../src/cli/doctor/doctor.ts";
import { Failure } from "../../../src/cli/failure.ts";
import { type GithubDouble, startDouble } from "../../github-double/double.ts";
import { examine } from "./examine.ts";
import { APP_ID, CHECK, openShop, type Shop, SOUND } from "./shop.ts";

let double: GithubDouble;
let shop: Shop;

beforeEach(async () => {
  double = await startDouble();
  shop = openShop(double);
});

afterEach(async () => {
  await double.stop();
  expect(double.violations).toEqual([]);
});

const WRITE = { fix: true, yes: true } as const;

function fix(options: DoctorOptions, token = shop.world.userToken(shop.people.ada)) {
  return examine(double, token, options);
}

function writes(): readonly string[] {
  return double.requests
    .filter(({ method, operation }) => method !== "GET" && operation !== "POST /graphql")
    .map(({ operation }) => operation);
}

function rulesetsOf({ repo }: Shop): readonly object[] {
  return repo.rulesets.map(({ name, source, enforcement, branches, excluded, rules, bypass }) => ({
    name,
    source,
    enforcement,
    branches,
    excluded,
    rules,
    bypass,
  }));
}

const PULL_REQUEST = {
  type: "pull_request",
  parameters: {
    required_approving_review_count: 0,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
  },
};

const CHECKS = {
  type: "required_status_checks",
  parameters: {
    strict_required_status_checks_policy: false,
    required_status_checks: [{ context: "countersign", integration_id: APP_ID }],
  },
};

const MADE = {
  name: "countersign",
  source: "Repository",
  enforcement: "active",
  branches: ["~DEFAULT_BRANCH"],
  excluded: [],
  rules: [CHECKS, PULL_REQUEST, { type: "non_fast_forward" }, { type: "deletion" }],
  bypass: [],
};

describe("--fix", () => {
  test("shows the ruleset and writes nothing", async () => {
    shop.unprotect();

    const { code, stdout } = await fix({ fix: true });

    expect(code).toBe(1);
    expect(writes()).toEqual([]);
    expect(stdout).toContain("The ruleset “countersign” would be created. To write it: countersign");
    expect(stdout).toMatch(/^ {2}\+ +"integration_id": 4242$/m);
  });

  test("with --yes, the ruleset is made, and everything holds", async () => {
    shop.unprotect();

    const { code, stdout } = await fix(WRITE);

    expect(rulesetsOf(shop)).toEqual([MADE]);
    expect(writes()).toEqual(["POST /repos/{owner}/{repo}/rulesets"]);
    expect(stdout).toContain("The ruleset “countersign” was created and read back.");
    expect(code).toBe(0);
  });

  test("again, it needs no change", async () => {
    shop.unprotect();
    await fix(WRITE);

    const { code, stdout } = await fix({ ...WRITE, json: true });

    expect(writes()).toHaveLength(1);
    expect(JSON.parse(stdout).fix).toMatchObject({ ruleset: "keep", written: false });
    expect(code).toBe(0);
  });

  test("what the ruleset asks for besides stays, and what weakens it goes", async () => {
    shop.unprotect();
    const own = shop.world.ruleset(shop.repo, {
      ...SOUND,
      enforcement: "evaluate",
      branches: ["refs/heads/release/*"],
      excluded: ["refs/heads/main"],
      strict: true,
      exceptNew: true,
      requiredChecks: [{ context: "ci", integrationId: 15368 }, { context: "countersign" }],
      rules: [{ type: "required_linear_history" }],
      bypass: [{ actor_type: "RepositoryRole", actor_id: 5, bypass_mode: "always" }],
    });

    const { code, stdout } = await fix(WRITE);

    expect(own).toMatchObject({
      enforcement: "active",
      branches: ["refs/heads/release/*", "~DEFAULT_BRANCH"],
      excluded: [],
      bypass: [],
      rules: [
        {
          type: "required_status_checks",
          parameters: {
            strict_required_status_checks_policy: true,
            do_not_enforce_on_create: false,
            required_status_checks: [
              { context: "ci", integration_id: 15368 },
              { context: "countersign", integration_id: APP_ID },
            ],
          },
        },
        { type: "required_linear_history" },
        PULL_REQUEST,
        { type: "non_fast_forward" },
        { type: "deletion" },
      ],
    });
    expect(writes()).toEqual(["PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}"]);
    expect(stdout).toMatch(/^ {2}- {2}"enforcement": "evaluate",$/m);
    expect(stdout).toMatch(/^ {2}\+ {2}"enforcement": "active",$/m);
    // What stays is set in as what changes is.
    expect(stdout).toMatch(/^ {4}\{\n {5}"name": "countersign",$/m);
    expect(code).toBe(0);
  });

  test("rulesets of other names, and the organization's of the same name, are left alone", async () => {
    shop.unprotect();
    const bypass = [{ actor_type: "RepositoryRole", actor_id: 5, bypass_mode: "always" }] as const;
    shop.world.ruleset(shop.repo, { ...SOUND, name: "main", bypass });
    shop.world.ruleset(shop.repo, { ...SOUND, source: "Organization", bypass });
    const before = rulesetsOf(shop);

    const { code } = await fix(WRITE);

    expect(rulesetsOf(shop)).toEqual([...before, MADE]);
    expect(code).toBe(0);
  });

  test("each pattern of the config is written as GitHub reads it", async () => {
    shop.unprotect();
    shop.config(
      "branches: [~DEFAULT_BRANCH, main, release/*, hotfix/**]".replace("~DEFAULT_BRANCH", "trunk"),
    );

    await fix(WRITE);

    expect(shop.repo.rulesets[0]?.branches).toEqual([
      "refs/heads/trunk",
      "refs/heads/main",
      "refs/heads/release/*",
      "refs/heads/hotfix",
      "refs/heads/hotfix/**/*",
    ]);
  });

  test("what it writes reaches every branch that the config governs", async () => {
    shop.unprotect();
    shop.config('branches: [main, release/*, hotfix/**, "**/stable"]');

    expect((await fix(WRITE)).code).toBe(0);
  });
});

describe("what cannot be fixed is said, and nothing is written", () => {
  test.each<{ why: string; given: () => void; options?: DoctorOptions; says: RegExp }>([
    {
      why: "--yes alone",
      given: () => {},
      options: { yes: true },
      says: /^--yes writes what --fix shows: give both$/,
    },
    {
      why: "no App that could be meant",
      given: () => shop.world.uninstall(shop.installation, shop.people.ada),
      says: /^which App reports the check is not known: name it with --app-id$/,
    },
    {
      why: "an invalid config",
      given: () => {
        shop.config("mode: sometimes");
      },
      says: /^the config is invalid/,
    },
    {
      why: "a pattern that GitHub reads otherwise",
      given: () => {
        shop.config("branches: [rel**]");
      },
      says: /^GitHub may read the pattern rel\*\* in another way/,
    },
    {
      why: "a ruleset of our name for tags",
      given: () => {
        shop.ruleset.target = "tag";
      },
      says: /is not for branches: rename it/,
    },
  ])("$why", async ({ given, options = WRITE, says }) => {
    given();

    const failed = await fix(options).catch((error: unknown) => error);

    expect(failed).toBeInstanceOf(Failure);
    expect(failed instanceof Failure && failed.message).toMatch(says);
    expect(writes()).toEqual([]);
  });

  test("somebody who does not administer it", async () => {
    const token = shop.world.userToken(shop.people.olga);

    await expect(fix({ ...WRITE, appId: APP_ID }, token)).rejects.toThrow(
      "the ruleset “countersign” cannot be written by this token; that needs an administrator of acme/shop",
    );
    expect(writes()).toEqual([]);
  });

  test("GitHub refuses it", async () => {
    shop.unprotect();
    double.faults.refuse(({ method, path }) => method === "POST" && path.endsWith("/rulesets"), 422);

    await expect(fix(WRITE)).rejects.toThrow(/^GitHub rejected a request \(422\)/);
  });

  test("GitHub keeps something else than was written", async () => {
    shop.unprotect();
    double.faults.add({
      match: ({ method, path }) => method === "POST" && path.endsWith("/rulesets"),
      respond: (answer) => {
        const [made] = shop.repo.rulesets;
        if (made !== undefined)
          made.bypass = [{ actor_type: "DeployKey", actor_id: null, bypass_mode: "always" }];
        return answer;
      },
    });

    await expect(fix(WRITE)).rejects.toThrow(
      "GitHub kept the ruleset “countersign” otherwise than it was written: look at it",
    );
  });
});

test("a check of another App under the same name is replaced", async () => {
  shop.unprotect();
  shop.world.ruleset(shop.repo, { ...SOUND, requiredChecks: [{ ...CHECK, integrationId: 15368 }] });

  await fix(WRITE);

  expect(shop.repo.rulesets[0]?.rules[0]?.parameters?.required_status_checks).toEqual([
    { context: "countersign", integration_id: APP_ID },
  ]);
});
