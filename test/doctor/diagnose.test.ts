import { describe, expect, test } from "@jest/globals";
import type { Branch, Facts, Protection } from "../../src/doctor/facts.ts";
import { diagnose } from "../../src/doctor/finding.ts";
import { known, unknown } from "../../src/doctor/known.ts";
import { CODES } from "../../src/doctor/rules/rules.ts";
import { BRANCH, PROTECTION, SOUND } from "./sound.ts";

const HIDDEN = unknown("somebody else");

function withProtection(given: Partial<Protection>): Facts {
  return withBranch({ protections: known([{ ...PROTECTION, ...given }]) });
}

function withBranch(given: Partial<Branch>): Facts {
  return { ...SOUND, branches: known([{ ...BRANCH, ...given }]) };
}

function found(facts: Facts): object {
  const open = diagnose(facts).filter(({ holds }) => holds !== "yes");
  return Object.fromEntries(open.map(({ code, holds }) => [code, holds]));
}

test("a sound repository", () => {
  expect(found(SOUND)).toEqual({});
  expect(diagnose(SOUND).map(({ code }) => code)).toEqual(CODES);
});

test("where nothing is known, nothing is fine", () => {
  const nothing: Facts = {
    ...SOUND,
    app: HIDDEN,
    installations: HIDDEN,
    policy: HIDDEN,
    floor: HIDDEN,
    branches: HIDDEN,
    idleRulesets: HIDDEN,
    workflows: HIDDEN,
    collaborators: HIDDEN,
    ownership: HIDDEN,
    requesters: HIDDEN,
    followUps: HIDDEN,
  };

  const findings = diagnose(nothing);

  expect(findings.map(({ holds }) => holds)).toEqual(CODES.map(() => "unknown"));
  expect(findings.filter(({ where, fix }) => where.length === 0 || fix === null)).toEqual([]);
});

describe("each fact by itself that is not known", () => {
  const BYPASS = { "bypass-always": "unknown", "bypass-pull-request": "unknown", "bypass-exempt": "unknown" };
  const APPS = {
    "agent-app-administration": "unknown",
    "agent-app-workflows": "unknown",
    "agent-app-contents": "unknown",
  };

  test.each<{ why: string; facts: Facts; finds: object }>([
    { why: "the App", facts: { ...SOUND, app: HIDDEN }, finds: { "check-pinned": "unknown" } },
    {
      why: "the installed Apps",
      facts: { ...SOUND, installations: HIDDEN },
      finds: { "rule-editors": "unknown", ...APPS },
    },
    {
      why: "the config",
      facts: { ...SOUND, policy: HIDDEN },
      finds: {
        "config-valid": "unknown",
        "config-enforces": "unknown",
        "default-branch-governed": "unknown",
        signers: "unknown",
      },
    },
    { why: "the floor", facts: { ...SOUND, floor: HIDDEN }, finds: { "floor-visible": "unknown" } },
    {
      why: "rulesets that are not active, where others are",
      facts: { ...SOUND, idleRulesets: HIDDEN },
      finds: {},
    },
    {
      why: "the workflows",
      facts: { ...SOUND, workflows: HIDDEN },
      finds: { "workflow-approvals": "unknown" },
    },
    {
      why: "the collaborators",
      facts: { ...SOUND, collaborators: HIDDEN },
      finds: { signers: "unknown", "rule-editors": "unknown" },
    },
    { why: "the files", facts: { ...SOUND, ownership: HIDDEN }, finds: { signers: "unknown" } },
    {
      why: "the rules of a branch",
      facts: withBranch({ protections: HIDDEN }),
      finds: {
        "check-required": "unknown",
        "check-pinned": "unknown",
        "rules-enforced": "unknown",
        ...BYPASS,
        "administrators-held": "unknown",
        "force-pushes-blocked": "unknown",
        "deletions-blocked": "unknown",
        "ai-approvals": "unknown",
      },
    },
    {
      why: "whether rules are enforced on a branch",
      facts: withBranch({ enforceable: HIDDEN }),
      finds: { "plan-enforces": "unknown" },
    },
    {
      why: "the merge queue of a branch",
      facts: withBranch({ queue: HIDDEN }),
      finds: { "merge-queue-checked": "unknown" },
    },
    {
      why: "the installed Apps, where a merge queue waits for what ours reports",
      facts: { ...withBranch({ queue: known(true) }), installations: HIDDEN },
      finds: { "merge-queue-checked": "unknown", "rule-editors": "unknown", ...APPS },
    },
    {
      why: "the App, where a merge queue waits for what it reports",
      facts: { ...withBranch({ queue: known(true) }), app: HIDDEN },
      finds: { "merge-queue-checked": "unknown", "check-pinned": "unknown" },
    },
    {
      why: "the errors in CODEOWNERS",
      facts: withBranch({ codeownersErrors: HIDDEN }),
      finds: { "codeowners-valid": "unknown" },
    },
    {
      why: "who may bypass a ruleset",
      facts: withProtection({ bypass: { actors: HIDDEN, asker: null } }),
      finds: {
        ...BYPASS,
        "administrators-held": "unknown",
        "force-pushes-blocked": "unknown",
        "deletions-blocked": "unknown",
      },
    },
    {
      why: "force pushes",
      facts: withProtection({ blocksForcePushes: HIDDEN }),
      finds: { "force-pushes-blocked": "unknown" },
    },
    {
      why: "deletions",
      facts: withProtection({ blocksDeletions: HIDDEN }),
      finds: { "deletions-blocked": "unknown" },
    },
    {
      why: "the approvals of GitHub's own",
      facts: withProtection({ approvals: HIDDEN }),
      finds: { "ai-approvals": "unknown" },
    },
  ])("$why", ({ facts, finds }) => {
    expect(found(facts)).toEqual(finds);
  });
});

test("who may bypass one place, and nobody knows who another: perhaps nobody gets round both", () => {
  const actor = { who: "the team 12", mode: "always", administrator: false } as const;
  const listed = { ...PROTECTION, where: "another", bypass: { actors: known([actor]), asker: null } };
  const hidden = { ...PROTECTION, bypass: { actors: HIDDEN, asker: null } };

  expect(found(withBranch({ protections: known([listed, hidden]) }))).toMatchObject({
    "bypass-always": "unknown",
    "bypass-exempt": "unknown",
  });
});

describe("what does not go together", () => {
  test("nobody may bypass it, but whoever asks may", () => {
    expect(found(withProtection({ bypass: { actors: known([]), asker: "always" } }))).toEqual({
      "bypass-always": "no",
      "administrators-held": "no",
      "force-pushes-blocked": "no",
      "deletions-blocked": "no",
    });
  });

  test("no branch is governed", () => {
    expect(found({ ...SOUND, branches: known([]) })).toMatchObject({
      "check-required": "no",
      "check-pinned": "no",
      "bypass-always": "no",
    });
  });
});
