import { describe, expect, test } from "@jest/globals";
import { showOwner } from "../../../src/ownership/owner.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import type { Permission, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { unlinked } from "../../gate/plain.ts";
import {
  approval,
  JUDGED,
  kira,
  kiro,
  olga,
  permissions,
  policy,
  requester,
  snapshot,
  sven,
  user,
  verdict,
} from "../build.ts";

const owners = (text: string) => ({ codeowners: { path: ".github/CODEOWNERS", text } });
const { authority } = snapshot();

test("who can sign: owners with write access, as far as known, who are not contributors", () => {
  const given = {
    ...owners("* @kira @acme/sre @Yan @acme-build olga@acme.example"),
    authority: {
      permissions: permissions("write", kira, olga),
      teams: { "acme/sre": { status: "known" as const, members: [sven, kira, kiro, olga] } },
    },
  };
  const { requirements } = verdict(given, { detect: { ...policy().detect, agents: ["acme-build"] } });

  expect(requirements).toMatchObject([
    { canSign: [{ login: "olga" }, { login: "sven" }, { id: null, login: "Yan" }] },
  ]);
});

test.each([
  { login: "Claude", why: "the catalogue knows it as an AI's" },
  { login: "weblate", why: "it is known as automation" },
  { login: "acme-robot", why: "the config gives it as a tool's mark" },
])("who can sign: never @$login by its name alone, as $why", ({ login }) => {
  const robot = { kind: "account", id: 77, login: "Acme-Robot", type: "User" } as const;
  const tool = {
    tool: "In-house",
    vendor: "configured",
    signals: [{ ...robot, strength: "strong", source: "" }],
  } as const;
  const { requirements } = verdict(owners(`* @${login} @yan`), {
    detect: { ...policy().detect, signals: [tool] },
  });

  expect(requirements).toMatchObject([{ canSign: [{ login: "yan" }] }]);
});

test("A07 a person whose login a bot shows can sign", () => {
  const { requirements } = verdict(owners("* @dependabot"));
  expect(requirements).toMatchObject([{ canSign: [{ login: "dependabot" }] }]);
});

test("a person whose login the config gives as that of an app can sign", () => {
  const app = { kind: "account", id: 77, login: "yan", type: "Bot", strength: "strong", source: "" } as const;
  const tool = { tool: "In-house", vendor: "configured", signals: [app] } as const;
  const rules = { detect: { ...policy().detect, signals: [tool] } };
  expect(verdict(owners("* @yan"), rules)).toMatchObject({ requirements: [{ canSign: [{ login: "yan" }] }] });
});

test.each<{ permission: Permission; counts: boolean }>([
  { permission: "admin", counts: true },
  { permission: "maintain", counts: true },
  { permission: "write", counts: true },
  { permission: "triage", counts: false },
  { permission: "read", counts: false },
  { permission: "none", counts: false },
])("an owner with the permission $permission can sign: $counts", ({ permission, counts }) => {
  const given = {
    reviews: [approval(olga)],
    authority: { ...authority, permissions: { ...authority.permissions, [olga.id]: permission } },
  };
  expect(verdict(given).conclusion).toBe(counts ? "success" : "action_required");
});

describe("names an owner who cannot sign, and why", () => {
  const unable = ({ requirements }: Verdict) =>
    requirements.flatMap(({ cannotSign }) =>
      cannotSign.map(({ owner, reason }) => `${showOwner(owner)} ${reason}`),
    );
  const ghosts = (team: Snapshot["authority"]["teams"][string]): Partial<Snapshot["authority"]> => ({
    teams: { ...authority.teams, "acme/ghosts": team },
  });

  test.each<{
    why: string;
    owner: string;
    told?: Partial<Snapshot["authority"]>;
    agents?: readonly string[];
    reason: string;
  }>([
    {
      why: "an e-mail address",
      owner: "ben@acme.example",
      reason: "is an e-mail address; GitHub does not say which account owns it",
    },
    {
      why: "a team that cannot be read",
      owner: "@acme/ghosts",
      told: ghosts({ status: "unknown", reason: "is a secret team" }),
      reason: "is a secret team",
    },
    {
      why: "an empty team",
      owner: "@acme/ghosts",
      told: ghosts({ status: "known", members: [] }),
      reason: "has no members",
    },
    { why: "a team that was not read", owner: "@acme/ghosts", reason: "was not read" },
    {
      why: "somebody who is gone",
      owner: "@Ben",
      told: { users: { ben: null } },
      reason: "does not exist on GitHub",
    },
    {
      why: "somebody who may only read",
      owner: "@ben",
      told: { users: { ben: user("ben", 9) }, permissions: { ...authority.permissions, 9: "read" } },
      reason: "has only read access to this repository; write access is required",
    },
    {
      why: "somebody without any access",
      owner: "@ben",
      told: { users: { ben: user("ben", 9) }, permissions: { ...authority.permissions, 9: "none" } },
      reason: "has no access to this repository; write access is required",
    },
    { why: "a machine by its login", owner: "@weblate", reason: "is a machine account" },
    {
      why: "a machine by its account",
      owner: "@claude",
      told: { users: { claude: user("claude", 81_847) } },
      reason: "is a machine account",
    },
  ])("$why", ({ owner, told, reason }) => {
    const given = { ...owners(`* @olga ${owner}`), authority: { ...authority, ...told } };
    const result = verdict(given);

    expect(unable(result)).toEqual([`${owner} ${reason}`]);
    expect(result).toMatchObject({
      conclusion: "action_required",
      requirements: [{ status: "waiting", canSign: [{ login: "olga" }] }],
    });
    const { summary } = explain(result, JUDGED);
    expect(unlinked(summary).replaceAll(/[`\\]|&#8203;/g, "")).toContain(
      `  - Cannot sign: ${owner} (${reason})`,
    );
  });

  test.each<{ why: string; text: string; given?: Partial<Snapshot> }>([
    { why: "people who can", text: "* @olga @acme/sre" },
    { why: "somebody of whom GitHub does not tell", text: "* @olga @ben" },
    { why: "contributors, who are listed elsewhere", text: "* @olga @kira" },
    {
      why: "anybody once all is signed",
      text: "* @olga ben@acme.example",
      given: { reviews: [approval(olga)] },
    },
    {
      why: "a team whose members are known elsewhere",
      text: "* @olga @acme/far",
      given: { authority: { ...authority, teams: { "acme/far": { status: "unlisted", reason: "far" } } } },
    },
  ])("but not $why", ({ text, given }) => {
    expect(unable(verdict({ ...owners(text), ...given }))).toEqual([]);
  });

  test("each once, whoever asks for them", () => {
    const area = policy().areas.map((rule) => ({
      ...rule,
      senior: [{ kind: "email", email: "Ben@acme.example" }] as const,
    }));
    const result = verdict(owners("* @olga ben@acme.example ben@acme.example"), { areas: area });
    expect(unable(result)).toHaveLength(1);
  });
});

test("nobody can sign if the only owner lost access, even without a review that shows it", () => {
  const given = {
    ...owners("* @ben"),
    authority: {
      ...authority,
      users: { ben: user("ben", 9) },
      permissions: permissions("read", user("ben", 9)),
    },
  };
  expect(verdict(given)).toMatchObject({
    conclusion: "action_required",
    requirements: [
      { status: "impossible", canSign: [], remedy: expect.stringContaining("None of the owners (@ben)") },
    ],
    reviewRequests: { users: [] },
  });
});

test("resolves an owner's login to the account that has it now", () => {
  const given = {
    ...owners("* @ben"),
    participants: [requester(user("ben", 9))],
    authority: { ...authority, users: { ben: user("ben", 10) } },
  };
  expect(verdict(given)).toMatchObject({ requirements: [{ canSign: [{ id: 10, login: "ben" }] }] });
});

test("who can sign: requested reviewers first, then by login", () => {
  const base = snapshot();
  const pullRequest = {
    ...base.pullRequest,
    requestedReviewers: { users: ["Sven", "nils"], teams: [] },
  };
  const { requirements } = verdict({ ...owners("* @olga @sven @dora @nils"), pullRequest });
  expect(requirements).toMatchObject([
    { canSign: [{ login: "nils" }, { login: "sven" }, { login: "dora" }, { login: "olga" }] },
  ]);
});
