import type { CheckRunFields } from "../world/checks.ts";
import type { App, CheckRun, Repository } from "../world/model.ts";
import { Refused } from "../world/refused.ts";
import type { World } from "../world/world.ts";

/** What a check run is given, as REST writes it. */
export type RunBody = Readonly<Record<string, unknown>>;

interface Writer {
  readonly world: World;
  readonly repo: Repository;
  readonly app: App;
}

export function createRun({ world, repo, app }: Writer, body: RunBody): CheckRun {
  const { head_sha: sha, name } = body;
  if (typeof sha !== "string" || typeof name !== "string") throw new Refused(422, "Invalid request.");
  if (!repo.objects.commits.has(sha)) throw new Refused(422, `No commit found for SHA: ${sha}`);
  return world.checkRun(repo, sha, { ...fieldsOf(body), name, app });
}

export function updateRun({ world, app }: Writer, run: CheckRun, body: RunBody): void {
  if (run.suite.appId !== app.id)
    throw new Refused(
      403,
      `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`,
    );
  world.updateCheckRun(run, fieldsOf(body));
}

/** The body, which the published schema has already judged, in the world's words. */
function fieldsOf(body: RunBody): CheckRunFields {
  const output = (body.output ?? {}) as Record<string, unknown>;
  const fields = {
    name: body.name,
    status: body.status,
    conclusion: body.conclusion,
    externalId: body.external_id,
    detailsUrl: body.details_url,
    startedAt: body.started_at,
    completedAt: body.completed_at,
    actions: body.actions,
    title: output.title,
    summary: output.summary,
    text: body.output === undefined ? undefined : (output.text ?? null),
    annotations: output.annotations,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
