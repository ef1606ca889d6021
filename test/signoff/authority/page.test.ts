import { expect, test } from "@jest/globals";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import { explain } from "../../../src/signoff/report/explain.ts";
import { followUpBody, overrideStory } from "../../../src/signoff/report/follow-up.ts";
import type { OverrideRecord } from "../../../src/signoff/snapshot.ts";
import { plain } from "../../gate/plain.ts";
import { read } from "../../repository/files.ts";
import { HEAD, JUDGED, permissions, policy, recorded, snapshot, user } from "../build.ts";

const ann = user("ann", 11);
const ben = user("ben", 12);
const HOUR_MS = 3_600_000;

const asked = (commentId: number, by = ann): OverrideRecord => ({
  ...{ commentId, by, at: `2026-11-20T12:${commentId}:00Z`, headSha: HEAD, named: HEAD.slice(0, 12) },
  ...{ baseRef: "main", reason: "The shop is down", lasts: HOUR_MS },
});

function overridden() {
  const by = [{ kind: "team", org: "acme", slug: "incident" }] as const;
  const base = snapshot();
  const given = snapshot({
    authority: {
      permissions: { ...base.authority.permissions, ...permissions("write", ann, ben) },
      teams: { ...base.authority.teams, "acme/incident": { status: "known", members: [ann, ben] } },
    },
    recorded: recorded({ overrides: [asked(31), asked(40, ben)] }),
  });
  return evaluate(given, policy({ override: { by, approvals: 2, expiresAfter: HOUR_MS } }));
}

const PAGE = read("docs/override.md");

/** The part under one heading. */
function section(summary: string, heading: string): string {
  return plain(summary.split(`### ${heading}`)[1]?.split("###")[0] ?? "").trim();
}

test("docs/override.md shows what the check says of an override", () => {
  const { title, summary } = explain(overridden(), JUDGED);
  expect(PAGE).toContain(`\`\`\`text\n${title}\n\n${section(summary, "Override")}\n\`\`\``);
});

test("docs/override.md shows the issue that follows it up", () => {
  const { override } = overridden();
  if (override === undefined) throw new Error("nobody overrode it");
  const passedOver = override.passedOver.map(({ area, from }) => ({ area, owners: from.owners }));
  const body = followUpBody({
    ...{ reason: "override", commitSha: "c".repeat(40), passedOver },
    says: overrideStory(override, { pull: 7, headSha: HEAD }),
  });
  expect(PAGE).toContain(`\`\`\`markdown\n${body.split("\n").slice(1).join("\n")}\n\`\`\``);
});
