import { writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { withdrawal } from "../../src/github/writing/check-plan.ts";
import { proposedProblems } from "../../src/signoff/proposed-config.ts";
import { titleOf } from "../../src/signoff/report/headline.ts";
import { UNUSED_CHECK } from "../../src/signoff/report/unused-check.ts";
import type { Account, Review } from "../../src/signoff/snapshot.ts";
import type { TimeVerdict, Wait } from "../../src/signoff/time-verdict.ts";
import type { Contributor, Freeze, IgnoredReason, Override } from "../../src/signoff/verdict.ts";
import {
  accessReason,
  commentSentence,
  contributorReason,
  dismissedReason,
  fastReason,
  machineReason,
  NOBODYS_REVIEW,
  NOT_AN_OWNER,
  passkeyReason,
  replacedReason,
  staleReason,
  unidentifiedContributorReason,
} from "../../src/signoff/wording/sentences.ts";
import { ABSENT } from "../policy/files.ts";
import { approval, olga, refusal, snapshot, verdict } from "../signoff/build.ts";
import { ROOT, read } from "./files.ts";

const PAGE = read("docs/check.md");

type Staleness = Parameters<typeof staleReason>[0];

const ADA: Account = { id: 1, login: "ada", type: "User" };
const BEN: Account = { id: 2, login: "ben", type: "User" };
const SHA = "1a2b3c4d";
const HEAD = "5d6e7f8a";

function role(name: Contributor["roles"][number]["role"], because: string): Contributor {
  return { account: ADA, roles: [{ role: name, because }] };
}

function review(state: Review["state"], dismissal?: Review["dismissal"]): Review {
  const given = {
    id: 1,
    reviewer: ADA,
    state,
    submittedAt: "2026-01-01T00:00:00Z",
    commitSha: SHA,
    body: "",
  };
  return dismissal === undefined ? given : { ...given, dismissal };
}

/** In the order of the page. */
const STALE: { readonly [Kind in Staleness["kind"]]: readonly Extract<Staleness, { kind: Kind }>[] } = {
  changed: [{ kind: "changed", headSha: SHA, paths: ["infra/main.tf"] }],
  "base-changed": [{ kind: "base-changed", headSha: SHA, base: "main", paths: ["infra/main.tf"] }],
  unknown: [{ kind: "unknown", paths: ["infra/main.tf"] }],
  "not-recorded": [{ kind: "not-recorded", paths: ["infra/main.tf"] }],
  forgotten: [{ kind: "forgotten" }],
  pushed: [{ kind: "pushed", headSha: SHA }],
  "other-head": [
    { kind: "other-head", headSha: SHA },
    { kind: "other-head", headSha: null },
  ],
  "before-head": [{ kind: "before-head" }],
  "other-base": [{ kind: "other-base", base: "develop" }],
  "before-base": [{ kind: "before-base" }],
  hazard: [{ kind: "hazard", headSha: SHA, what: "removes aws_vpc.shop" }],
};

const UNKNOWN: Contributor = {
  account: null,
  identity: { name: "Ben Day", email: "ben@example.com" },
  roles: [{ role: "commit-author", because: "wrote 1a2b3c4" }],
};

/** What the check can say of an approval that does not count, by its code. */
const REASONS: Readonly<Record<IgnoredReason, readonly string[]>> = {
  author: [contributorReason(role("author", "opened the pull request")).clause],
  requester: [contributorReason(role("requester", "asked Kiro for this change")).clause],
  contributor: [contributorReason(role("commit-author", "wrote 1a2b3c4")).clause],
  agent: [machineReason("agent").clause],
  bot: [machineReason("automation").clause],
  "not-owner": [NOT_AN_OWNER.clause],
  "no-write": [accessReason("read"), accessReason("none"), accessReason(undefined)].map(
    ({ clause }) => clause,
  ),
  "unknown-account": [unidentifiedContributorReason([UNKNOWN]).clause, NOBODYS_REVIEW],
  stale: Object.values(STALE)
    .flat()
    .map((because) => staleReason(because, "infrastructure", HEAD).clause),
  dismissed: [
    dismissedReason(review("dismissed")).clause,
    dismissedReason(review("dismissed", { previously: "approved", by: BEN, at: "2026-01-02T00:00:00Z" }))
      .clause,
    replacedReason(review("dismissed")).clause,
  ],
  superseded: [replacedReason(review("changes_requested")).clause],
  passkey: [{ signAt: "https://sign.example/acme/shop/pull/7/sign" }, { signAt: null }, undefined].map(
    (facts) => passkeyReason(facts).clause,
  ),
  "too-fast": [false, true].map(
    (isUntold) => fastReason({ from: "2026-11-30T14:05:00.000Z", isUntold }).clause,
  ),
  comment: [commentSentence(ADA).replace(/^@ada (.*)\.$/, "$1")],
};

const ROWS = Object.entries(REASONS).flatMap(([code, clauses]) =>
  clauses.map((clause) => ({ code, clause })),
);
const ROW = /^\| `([\w-]+)` \| (.*?) \| (.*) \|$/gm;

test("the page explains every reason and no other, in order; `UPDATE_GOLDEN=1` writes the check's words", () => {
  const [before = "", after = ""] = PAGE.split("| code | the check says | what to do |\n");
  const [table = "", ...rest] = after.split("\n\n");
  const rows = [...table.matchAll(ROW)].map(([, code = "", clause = "", todo = ""]) => ({
    code,
    clause,
    todo,
  }));
  expect(rows.map(({ code }) => code)).toEqual(ROWS.map(({ code }) => code));
  if (process.env.UPDATE_GOLDEN !== "1") {
    expect(rows.map(({ code, clause }) => ({ code, clause }))).toEqual(ROWS);
    return;
  }
  const written = rows.map(({ code, todo }, at) => `| \`${code}\` | ${ROWS[at]?.clause} | ${todo} |`);
  const head = `${before}| code | the check says | what to do |\n| --- | --- | --- |\n`;
  writeFileSync(new URL("docs/check.md", ROOT), [head + written.join("\n"), ...rest].join("\n\n"));
});

const WAITING = verdict();
const FOR_HUMANS = { ...WAITING, conclusion: "success", requirements: [] } as const;
const BROKEN = { severity: "error", message: "There is no key.", remedy: "Remove it." } as const;

const PROPOSED = { status: "found", path: ".github/countersign.yml", text: "\n\n    x: 1" } as const;

const named = (login: string): Account => ({ id: 1, login, type: "User" });
const OVERRIDE: Override = {
  ...{ status: "granted", by: [named("ann"), named("ben")], reason: "The shop is down", missing: 0 },
  ...{ until: "2026-11-20T14:05:00Z", passedOver: [] },
};
const FREEZE: Freeze = {
  ...{ area: "all", by: named("sam"), since: "2026-12-20T00:00:00Z", until: "2026-12-25T00:00:00Z" },
  reason: "Black Friday",
};

const TIME: TimeVerdict = { waits: [], inLine: [], notAsked: [], late: [] };
const WAIT: Wait = { kind: "destructive", places: ["a:1"], lasts: 60_000, until: "2026-11-20T10:30:00.000Z" };

/** A title of the check for each row of the page, in its order. */
const TITLES = [
  titleOf({ ...FOR_HUMANS, provenance: { ...WAITING.provenance, writer: "human" } }),
  titleOf({ ...FOR_HUMANS, provenance: { ...WAITING.provenance, writer: "automation" } }),
  titleOf(verdict({ reviews: [approval(olga)] })),
  titleOf({ ...WAITING, conclusion: "success", override: OVERRIDE }),
  titleOf({ ...WAITING, freezes: [FREEZE] }),
  titleOf({ ...WAITING, conclusion: "neutral", requirements: [] }),
  titleOf({
    ...WAITING,
    conclusion: "neutral",
    requirements: [],
    optionalReviews: [{ owners: [{ kind: "user", login: "olga" }], paths: ["a"], source: "unowned" }],
  }),
  titleOf(WAITING),
  titleOf(
    verdict(
      { reviews: [approval(olga)] },
      { passkey: { hazards: true, areas: ["infrastructure"], outside: false } },
    ),
  ),
  titleOf({ ...FOR_HUMANS, conclusion: "action_required", time: { ...TIME, waits: [WAIT] } }),
  titleOf({
    ...FOR_HUMANS,
    conclusion: "action_required",
    time: { ...TIME, waits: [{ ...WAIT, until: null }] },
  }),
  titleOf({
    ...WAITING,
    time: { ...TIME, size: { lines: 500, most: 400, left: 0, need: "split", parts: [] } },
  }),
  titleOf({
    ...WAITING,
    requirements: WAITING.requirements.map((outcome) => ({ ...outcome, status: "impossible" as const })),
  }),
  titleOf(verdict({ reviews: [refusal(olga)] })),
  titleOf({
    ...WAITING,
    conclusion: "failure",
    problems: proposedProblems(
      snapshot({
        files: [],
        policySources: { organization: ABSENT, repository: ABSENT, proposed: PROPOSED },
      }),
    ),
  }),
  titleOf({ ...WAITING, conclusion: "failure", problems: [{ ...BROKEN, code: "config/unknown-key" }] }),
  UNUSED_CHECK.title,
  withdrawal("Something changed.", false).output.title,
];

test("the page explains every title", () => {
  const [, table = ""] = PAGE.split("| title | meaning and what to do |\n");
  const shown = [...(table.split("\n\n")[0] ?? "").matchAll(/^\| `([^`]*)` \|/gm)].map(
    ([, title = ""]) => title,
  );
  const start = (title: string) => title.replaceAll("@ada", "@olga").replace(/ ?…$/, "");
  expect(TITLES.map((title, at) => title.startsWith(start(shown[at] ?? "?")))).toEqual(
    TITLES.map(() => true),
  );
  expect(shown).toHaveLength(TITLES.length);
});
