import { expect, test } from "@jest/globals";
import { redact } from "../../../src/cli/snapshot/redact.ts";
import { resolvePolicy } from "../../../src/policy/resolve.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import { file, recorded, snapshot } from "../../signoff/build.ts";

const CONFIG = `
production:
  - name: infrastructure
    paths: ["/infra/"]
    from: ["@olga", "@acme/sre", "@nils"]
time:
  max-reviews-per-person: 1
  max-lines: 100
  respond-within: 1h
  fast-approvals: ask
  wait: { destructive: 30m }
`;
const at = "2026-11-20T09:00:00Z";

/** Olga has much before her, the team does not answer, and 150 lines of secrets go. */
const WHOLE: Snapshot = snapshot({
  now: "2026-11-20T13:00:00Z",
  files: [
    file("infra/falcon.tf", {
      ...{ additions: 0, deletions: 150, patch: "@@ -1 +0,0 @@\n-falcon" },
      before: 'resource "aws_db_instance" "falcon" {\n}\n',
      after: "",
    }),
    file("infra/api.gen.tf", { additions: 900 }),
  ],
  policySources: {
    organization: { status: "absent" },
    repository: { status: "found", path: ".github/countersign.yml", text: CONFIG },
  },
  pullRequest: { ...snapshot().pullRequest, requestedReviewers: { users: [], teams: ["sre"] } },
  time: {
    requests: [{ kind: "team", name: "sre", at }],
    earlierRequests: [{ kind: "user", name: "olga", at }],
    firstComments: { 2: at },
    activeAt: at,
    attributes: "# Falcon's files\n*.gen.tf linguist-generated\nfalcon.bin binary\n",
    load: { 2: 7 },
    lines: [{ area: "infrastructure", pull: 3, since: at }],
  },
  recorded: recorded({ clocks: [{ key: "open", first: at, ran: 0, since: at }] }),
});

const judged = (given: Snapshot) => {
  const { policy } = resolvePolicy(given.policySources);
  if (policy === null) throw new Error("the config is no policy");
  return evaluate(given, policy);
};
const whole = judged(WHOLE);
const withHazardClock = {
  ...WHOLE,
  recorded: { ...WHOLE.recorded, clocks: [...(whole.toRecord.clocks ?? [])] },
};

test("what is known of time names nobody, quotes nothing and leads to the same", () => {
  const redacted = redact(withHazardClock, whole.provenance);
  const text = JSON.stringify({ time: redacted.time, clocks: redacted.recorded.clocks });
  expect(text).not.toMatch(/olga|sre|falcon/i);
  expect(redacted.time?.attributes).toBe("*.gen.tf linguist-generated");
  expect(redacted.recorded.clocks?.map(({ key }) => key)).toContain("open");
  expect(redacted.recorded.clocks?.filter(({ key }) => key.startsWith("hazard"))).toEqual([]);

  const seen = judged(redacted).time;
  expect(whole.toRecord.clocks?.filter(({ key }) => key.startsWith("hazard"))).toHaveLength(1);
  expect(seen?.size).toMatchObject({
    lines: 150,
    left: whole.time?.size?.left,
    need: whole.time?.size?.need,
  });
  expect(seen?.late.map(({ due }) => due)).toEqual(whole.time?.late.map(({ due }) => due));
  expect(whole.time?.late).toHaveLength(1);
  expect(seen?.notAsked.map(({ because }) => because)).toEqual(
    whole.time?.notAsked.map(({ because }) => because),
  );
  expect(whole.time?.notAsked).toHaveLength(1);
});
