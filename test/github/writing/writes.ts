import { createCaches } from "../../../src/github/reading/caches.ts";
import type { NodeIds } from "../../../src/github/reading/node-ids.ts";
import type { Annotation, CheckWrite } from "../../../src/github/writing/check-plan.ts";
import type { LabelsAndReviewers } from "../../../src/github/writing/labels-and-reviewers.ts";
import { type Writing, type Written, write } from "../../../src/github/writing/write.ts";
import { nock } from "../../nock.ts";
import { NOW, REPOSITORY } from "../reading/reading.ts";
import { client } from "../served.ts";
import { HEAD } from "../stubbed-github.ts";

/** One request that was made: its method and path, or the aliases of a mutation's fields. */
export interface Made {
  readonly asked: string;
  readonly body: Record<string, unknown>;
}

type Reply = readonly [status: number, body: unknown];

/** What GitHub answers instead of what it would; `undefined` leaves it at that. */
export type Instead = (made: Made) => Reply | undefined;

/** Accepts all writes, the first run made being 11, and keeps them. */
export function accepting(instead: Instead = () => undefined): Made[] {
  const all: Made[] = [];
  const scope = nock("https://api.github.com").persist();
  for (const method of ["POST", "PATCH", "DELETE"])
    scope
      .intercept(/.*/, method)
      .optionally()
      .reply(async (request: Request) => {
        const { pathname } = new URL(request.url);
        const text = await request.text();
        const body = text === "" ? {} : JSON.parse(text);
        const made =
          pathname === "/graphql"
            ? { asked: `GraphQL ${Object.keys(body.variables).join(" ")}`, body }
            : { asked: `${method} ${decodeURIComponent(pathname)}`, body };
        all.push(made);
        const [status, answer] = instead(made) ?? [200, accepted(made)];
        return [status, JSON.stringify(answer), { "content-type": "application/json" }];
      });
  return all;
}

/** As GitHub answers when all is well. */
function accepted({ asked, body }: Made): unknown {
  if (!asked.startsWith("GraphQL")) return { id: 11, node_id: "CR_11" };
  return { data: doneData(body) };
}

function doneData({ variables }: Record<string, unknown>): Record<string, unknown> {
  const aliases = Object.keys(variables as object);
  const run = { checkRun: { id: "CR_11", databaseId: 11 } };
  return Object.fromEntries(
    aliases.map((alias) => [alias, /^(check|more)/.test(alias) ? run : { clientMutationId: null }]),
  );
}

/** An answer in which one field alone ended in a fault. */
export function faultAt(alias: string, fault: { readonly type?: string; readonly message: string }): Instead {
  return ({ asked, body }) =>
    asked.startsWith("GraphQL") && asked.split(" ").includes(alias)
      ? [200, { data: { ...doneData(body), [alias]: null }, errors: [{ path: [alias], ...fault }] }]
      : undefined;
}

const IDS: NodeIds = {
  repository: "R_1",
  pull: "PR_7",
  labels: new Map([
    ["ai-authored", "LA_ai"],
    ["production", "LA_production"],
    ["needs-countersign", "LA_waiting"],
  ]),
  users: new Map([["emil", "U_emil"]]),
  teams: new Map([["sre", "T_sre"]]),
};

const NOBODY = { users: [], teams: [] };

/** A mark that changes nothing, but for what is given. */
export function mark(given: Partial<LabelsAndReviewers> = {}): LabelsAndReviewers {
  return {
    pull: 7,
    ids: IDS,
    labels: { add: [], remove: [], current: [] },
    reviewers: { wanted: NOBODY, current: NOBODY },
    ...given,
  };
}

/** A mark that sets one label, takes one off and asks two for a review. */
export const FULL = mark({
  labels: { add: ["ai-authored"], remove: ["production"], current: ["production"] },
  reviewers: { wanted: { users: ["Emil"], teams: ["sre"] }, current: NOBODY },
});

export function annotations(count: number): readonly Annotation[] {
  return Array.from({ length: count }, (_, index) => ({
    path: "infra/main.tf",
    startLine: index + 1,
    endLine: index + 1,
    level: "warning",
    title: "destructive",
    message: `line ${index}`,
  }));
}

export function check(given: Partial<CheckWrite> = {}, remarks = 0): CheckWrite {
  const report = {
    title: "0 of 1 countersigned",
    summary: "s",
    text: "t",
    annotations: annotations(remarks),
  };
  return { name: "countersign", existing: null, conclusion: "action_required", report, ...given };
}

/** Writes as one evaluation does; with the same caches as another writing it remembers what that one learned. */
export function writingAll(given: Partial<Writing>, caches = createCaches()): Promise<Written> {
  const nothing = { repository: REPOSITORY, headSha: HEAD, checks: [], labelsAndReviewers: [] };
  return write(client(), { ...nothing, ...given }, { caches, now: NOW });
}

interface OneCheck extends Omit<Partial<Writing>, "checks"> {
  readonly check?: CheckWrite;
}

/** The same where the commit has one check; throws why it could not be written. */
export async function writing({ check: one, ...given }: OneCheck, caches = createCaches()) {
  const { checks, notApplied } = await writingAll({ ...given, checks: one ? [one] : [] }, caches);
  const [outcome] = checks;
  if (outcome?.status === "failed") throw outcome.error;
  return { run: outcome?.run ?? null, notApplied };
}
