import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { fingerprints } from "../../../src/signoff/requirements/fingerprints.ts";
import { hazardKey } from "../../../src/signoff/requirements/hazards.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import type { Pull } from "../../github-double/world/model.ts";
import { useOriginStory } from "../../story/setup.ts";
import { run } from "../run-cli.ts";

const bed = useOriginStory();
const SHOP = { installationId: 1, repositoryId: 70, owner: "acme", repo: "shop" };
const NOW = new Date("2026-11-23T00:00:00Z");
const NOTHING = {
  approvals: [],
  refusals: [],
  evidence: [],
  participants: [],
  commits: [],
  accounts: [],
  change: null,
  by: { headSha: "", asOf: 0, at: NOW },
};

let folder: string;
let store: Store;
let environment: Record<string, string>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "countersign-snapshot-"));
  // The App's own, which keeps running meanwhile.
  store = openSqliteStore(join(folder, "data"));
  const { double, appOctokit, installation } = bed();
  const { data } = await appOctokit.rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
  });
  environment = {
    GITHUB_TOKEN: data.token,
    GH_TOKEN: "",
    GHE_HOST: double.apiHost,
    GHE_PROTOCOL: "http",
    DATABASE_URL: "",
    COUNTERSIGN_DATA: "data",
  };
  Object.assign(process.env, environment);
});
afterEach(async () => {
  for (const name of Object.keys(environment)) delete process.env[name];
  await store.close();
  rmSync(folder, { recursive: true });
});

async function taken({ number }: Pull) {
  const ran = await run(folder, "snapshot", `acme/shop#${number}`);
  expect(ran).toMatchObject({ code: 0, stderr: "" });
  writeFileSync(join(folder, "seen.json"), ran.stdout);
  const judged = await run(folder, "check", "--snapshot", "seen.json", "--json");
  return { text: ran.stdout, snapshot: JSON.parse(ran.stdout), judged: JSON.parse(judged.stdout) };
}

async function simulated({ number }: Pull) {
  return JSON.parse((await run(folder, "simulate", `acme/shop#${number}`, "--json")).stdout);
}

/** Kiro's pull request with a private word in every text, reviewed by all sorts of people. */
function pullOfSecrets(): Pull {
  const { story, world } = bed();
  const { people, bots, shop } = story;
  const pull = story.kiroDeletesProduction();
  world.editPull(
    pull,
    { title: "Project Falcon", body: `${pull.body}\nProject Falcon is late.\n` },
    people.kira,
  );
  world.commit(shop, pull.headRef, {
    author: people.mallory,
    by: people.mallory,
    message: "Tune Falcon\n\nFor Falcon.\n",
    changes: { "app/catalogue.ts": "const falcon = 1;\n" },
  });
  world.review(pull, people.kira, "APPROVED", "Falcon needs it");
  world.review(pull, people.dana, "COMMENTED", "LGTM for Falcon");
  world.review(pull, bots.coderabbit, "APPROVED", "Falcon is fine");
  world.review(pull, people.mallory, "APPROVED", "false alarm: terraform/resource-removed: Falcon moved it");
  return pull;
}

describe("what leaves the machine", () => {
  test("names no person, team or organization, and holds neither texts nor content of files", async () => {
    const { text } = await taken(pullOfSecrets());
    const { people } = bed().story;
    const names = Object.values(people).flatMap(({ login, name, id }) => [
      login,
      name ?? login,
      `"id": ${id},`,
    ]);
    const secrets = [...names, "acme", "sre", "Falcon", "falcon", "TIMEOUT_MS", "aws_db_instance"];
    expect(secrets.filter((secret) => new RegExp(`(?<![a-z])${secret}(?![a-z])`, "i").test(text))).toEqual(
      [],
    );
  });

  test("gets the same verdict as the whole, with the same reasons", async () => {
    const pull = pullOfSecrets();
    const { judged } = await taken(pull);
    const whole = await simulated(pull);
    const codes = (document: typeof judged) =>
      Object.values(document.verdict)
        .filter(Array.isArray)
        .flat()
        .flatMap(({ code, sentence }) => (code === undefined || sentence === undefined ? [] : [code]));
    expect(codes(whole).length).toBeGreaterThan(2);
    expect(codes(judged)).toEqual(codes(whole));
    expect(judged.verdict.conclusion).toBe(whole.verdict.conclusion);
    expect(judged.verdict.provenance.tools).toEqual(whole.verdict.provenance.tools);
    const roles = ({ verdict }: typeof judged) =>
      verdict.contributors.map((each: { roles: readonly { role: string }[] }) =>
        each.roles.map(({ role }) => role),
      );
    expect(roles(judged)).toEqual(roles(whole));
  });

  test("holds the links that control files are read through", async () => {
    const { world, story } = bed();
    const { olga } = story.people;
    const changes = { "CLAUDE.md": { mode: "120000", content: "docs/agents.txt" } } as const;
    world.commit(story.shop, "main", { author: olga, message: "Link", changes, by: olga });
    const { snapshot } = await taken(story.kiroDeletesProduction());
    expect(snapshot.links).toEqual([{ path: "CLAUDE.md", target: "docs/agents.txt" }]);
  });

  test("says what the whole was found to be", async () => {
    const { snapshot } = await taken(pullOfSecrets());
    expect(snapshot.redacted).toMatchObject({
      conclusion: "action_required",
      requirements: [{ area: "infrastructure", status: "waiting" }],
    });
    expect(snapshot.redacted.hazards).toContainEqual({
      id: "terraform/resource-removed",
      file: "infra/production/database.tf",
    });
  });
});

describe("what the App remembers comes along", () => {
  test("an approval that was recorded for the content still counts after a push elsewhere", async () => {
    const { story, world } = bed();
    const pull = story.kiroDeletesProduction();
    const review = world.review(pull, story.people.olga, "APPROVED");
    const { verdict } = await simulated(pull);
    expect(verdict.conclusion).toBe("success");
    const { snapshot } = await taken(pull);
    const content = Object.fromEntries(fingerprints(snapshot.files));
    await store.seeRepositories([{ ...SHOP, nodeId: null, createdAt: null }]);
    await store.record(SHOP, pull.number, {
      ...NOTHING,
      approvals: [
        {
          reviewId: review.id,
          reviewerId: story.people.olga.id,
          headSha: pull.headSha,
          baseRef: "main",
          seenAt: NOW.toISOString(),
          content,
          hazards: verdict.hazards.map(hazardKey),
        },
      ],
    });
    world.commit(story.shop, pull.headRef, {
      author: story.bots.kiro,
      message: "Note",
      changes: { "app/note.ts": "1\n" },
      by: story.bots.kiro,
    });

    expect((await simulated(pull)).verdict.conclusion).toBe("action_required");
    const later = await taken(pull);
    expect(later.judged.verdict.conclusion).toBe("success");
    expect(later.snapshot.redacted.conclusion).toBe("success");
    expect(later.text).not.toContain("aws_db_instance.orders");
  });

  test("evidence and people that are no longer to be seen", async () => {
    const { story } = bed();
    const { people } = story;
    const pull = story.kiroDeletesProduction();
    const asked = { id: people.wes.id, login: "wes", type: "User" } as const;
    await store.seeRepositories([{ ...SHOP, nodeId: null, createdAt: null }]);
    const participant = { account: asked, role: "requester", because: "asked Kiro for this change" } as const;
    await store.record(SHOP, pull.number, { ...NOTHING, participants: [participant] });
    const { snapshot, text } = await taken(pull);
    expect(snapshot.participants).toContainEqual(
      expect.objectContaining({ role: "requester", because: "asked Kiro for this change" }),
    );
    expect(text).not.toContain('"wes"');
  });

  test("what is known of its commits from another pull request", async () => {
    const { story } = bed();
    const pull = story.kiroDeletesProduction();
    const wes = { id: story.people.wes.id, login: "wes", type: "User" } as const;
    const participant = { account: wes, role: "pusher", because: "pushed it as wes" } as const;
    await store.seeRepositories([{ ...SHOP, nodeId: null, createdAt: null }]);
    await store.record(SHOP, pull.number + 1, {
      ...NOTHING,
      commits: [{ sha: pull.headSha, evidence: [], participants: [participant] }],
    });
    const { snapshot, text } = await taken(pull);
    expect(snapshot.recorded.commits).toEqual([
      expect.objectContaining({ sha: pull.headSha, participants: [expect.anything()] }),
    ]);
    expect(text).not.toMatch(/\bwes\b/);
  });

  test("refusals and the accounts that the config lists, under the same pseudonyms", async () => {
    const { story } = bed();
    const pull = story.kiroDeletesProduction();
    const { id } = story.people.wes;
    const refusal = {
      reviewId: 1,
      by: { id, login: "wes", type: "User" },
      at: NOW.toISOString(),
      commitSha: pull.headSha,
      as: { kind: "team", org: "acme", slug: "sre" },
      area: "infrastructure",
      paths: ["infra/production/database.tf"],
    } as const;
    await store.seeRepositories([{ ...SHOP, nodeId: null, createdAt: null }]);
    await store.record(SHOP, pull.number, {
      ...NOTHING,
      refusals: [refusal],
      accounts: [{ login: "wes", id }],
    });
    const { snapshot, text } = await taken(pull);
    const [{ by, as }] = snapshot.recorded.refusals;
    expect(by.login).toMatch(/^person-\d+$/);
    expect(as).toMatchObject({ kind: "team", org: expect.stringMatching(/^org-\d+$/) });
    expect(snapshot.recorded.accounts).toEqual([{ login: by.login, id: by.id }]);
    expect(text).not.toMatch(/\bwes\b|\bacme\b|\bsre\b/);
  });
});

describe("nothing is written", () => {
  test("to the store, which its App holds open", async () => {
    const pull = bed().story.kiroDeletesProduction();
    const before = readFileSync(join(folder, "data", "countersign.sqlite"));
    await taken(pull);
    expect(readFileSync(join(folder, "data", "countersign.sqlite")).equals(before)).toBe(true);
  });

  test("to the store of an App that was stopped", async () => {
    await store.close();
    await taken(bed().story.kiroDeletesProduction());
  });

  test("but the file that is asked for", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    const ran = await run(folder, "snapshot", `acme/shop#${number}`, "--output", "kept.json");
    expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(join(folder, "kept.json"), "utf8"))).toMatchObject({ version: 1 });
    expect(statSync(join(folder, "kept.json")).mode & 0o077).toBe(0);
  });

  test("through a link", async () => {
    const { number } = bed().story.kiroDeletesProduction();
    writeFileSync(join(folder, "victim"), "precious");
    symlinkSync(join(folder, "victim"), join(folder, "kept.json"));
    const { code } = await run(folder, "snapshot", `acme/shop#${number}`, "--output", "kept.json");
    expect(code).toBe(2);
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("precious");
  });
});

describe("what cannot be read is said", () => {
  test.each([
    { why: "no store", args: ["--data", "elsewhere"], says: /store in .*elsewhere cannot be read/ },
    { why: "no pull request", args: [], says: /acme\/shop#99 does not exist or is not visible/ },
  ])("$why", async ({ args, says }) => {
    const { code, stdout, stderr } = await run(folder, "snapshot", "acme/shop#99", ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  test.each(["data", join("data", "countersign.sqlite")])("a store behind a link: %s", async (name) => {
    await store.close();
    renameSync(join(folder, name), join(folder, "moved"));
    symlinkSync(join(folder, "moved"), join(folder, name));
    mkdirSync(join(folder, ".git"));
    const { code, stderr } = await run(folder, "snapshot", "acme/shop#1");
    expect(code).toBe(2);
    expect(stderr).toContain("is a symbolic link, which is not followed");
  });

  test("a pull request on another host than the one that is asked", async () => {
    const { code, stderr } = await run(folder, "snapshot", "https://github.invalid/acme/shop/pull/1");
    expect(code).toBe(2);
    expect(stderr).toContain("set GHE_HOST to the host that you mean");
  });

  test("no token", async () => {
    process.env.GITHUB_TOKEN = "";
    const { code, stderr } = await run(folder, "snapshot", "acme/shop#1");
    expect(code).toBe(2);
    expect(stderr).toContain("no token was given");
  });
});
