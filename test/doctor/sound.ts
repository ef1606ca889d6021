import type { Branch, Bypass, Facts, Protection } from "../../src/doctor/facts.ts";
import { known } from "../../src/doctor/known.ts";
import { resolvePolicy } from "../../src/policy/resolve.ts";

/** Nobody may bypass it. */
export const SEALED: Bypass = { actors: known([]), asker: null };

/** The ruleset that our own documentation proposes. */
export const PROTECTION: Protection = {
  where: "ruleset “countersign” of acme/shop",
  checks: [{ context: "countersign", appId: 7, heldWhenMade: true }],
  blocksForcePushes: known(true),
  blocksDeletions: known(true),
  approvals: known(0),
  bypass: SEALED,
};

export const BRANCH: Branch = {
  name: "main",
  exampleOf: null,
  checkNames: ["countersign"],
  enforceable: known(true),
  protections: known([PROTECTION]),
  queue: known(false),
  codeownersErrors: known(0),
};

/** A repository as it should be. */
export const SOUND: Facts = {
  repository: {
    owner: "acme",
    name: "shop",
    ownedBy: "organization",
    defaultBranch: "main",
    page: "https://github.com/acme/shop",
  },
  app: known({ id: 7, named: false }),
  installations: known([]),
  policy: known(resolvePolicy({ organization: { status: "absent" }, repository: { status: "absent" } })),
  floor: known({ status: "none" }),
  branches: known([BRANCH]),
  idleRulesets: known([]),
  workflows: known({ mayApprove: false, permissions: "read" }),
  collaborators: known([]),
  ownership: known({ files: [], codeowners: null }),
  teams: {},
  requesters: known([]),
  followUps: known([]),
};
