import { nodeId } from "../../shapes/links.ts";
import { latestRuns } from "../../world/merge-requirements.ts";
import type { CheckRun, CheckSuite, Repository } from "../../world/model.ts";
import { connection, type PageArguments } from "../connection.ts";
import type { Context, Node } from "../context.ts";
import { actor } from "./actor.ts";

export type SuiteArguments = PageArguments & {
  readonly filterBy?: { readonly appId?: number | null; readonly checkName?: string | null } | null;
};

type RunArguments = PageArguments & {
  readonly filterBy?: {
    readonly checkType?: "ALL" | "LATEST" | null;
    readonly checkName?: string | null;
    readonly appId?: number | null;
  } | null;
};

export function checkSuites(repo: Repository, sha: string, args: SuiteArguments) {
  const { appId, checkName } = args.filterBy ?? {};
  const suites = repo.suites
    .filter((suite) => suite.sha === sha)
    .filter((suite) => !appId || suite.appId === appId)
    .filter((suite) => !checkName || runsOf(suite, "ALL").some((run) => run.name === checkName));
  return connection("checkSuites", suites, { args, node: checkSuite });
}

function runsOf(suite: CheckSuite, type: "ALL" | "LATEST"): readonly CheckRun[] {
  const runs = type === "ALL" ? suite.repo.runs : latestRuns(suite.repo, suite.sha);
  return runs.filter((run) => run.suite === suite);
}

function checkSuite(suite: CheckSuite): Node {
  const runs = runsOf(suite, "LATEST");
  const done = runs.length > 0 && runs.every((run) => run.status === "completed");
  const worst = runs.find((run) => run.conclusion !== "success")?.conclusion ?? "success";
  return {
    __typename: "CheckSuite",
    id: nodeId("CheckSuite", suite.id),
    databaseId: suite.id,
    status: done ? "COMPLETED" : "QUEUED",
    conclusion: done ? worst.toUpperCase() : null,
    createdAt: suite.createdAt,
    updatedAt: suite.createdAt,
    branch: (_: unknown, { graph }: Context) =>
      suite.branch === null ? null : graph.ref(suite.repo, `refs/heads/${suite.branch}`),
    app: (_: unknown, { state }: Context) => appNode(suite.appId, state.apps.get(suite.appId)?.slug ?? ""),
    push: suite.push
      ? {
          __typename: "Push",
          id: nodeId("Push", suite.push.id),
          previousSha: /^0+$/.test(suite.push.before) ? null : suite.push.before,
          nextSha: suite.push.after,
          pusher: actor(suite.push.pusher),
        }
      : null,
    checkRuns: (args: RunArguments) => {
      const { checkType, checkName, appId } = args.filterBy ?? {};
      const wanted = runsOf(suite, checkType ?? "LATEST")
        .filter((run) => !checkName || run.name === checkName)
        .filter((run) => !appId || run.suite.appId === appId);
      return connection("checkRuns", wanted, { args, node: checkRun });
    },
  };
}

function appNode(id: number, slug: string): Node {
  return { __typename: "App", id: nodeId("App", id), databaseId: id, slug, name: slug };
}

export function checkRun(run: CheckRun): Node {
  return {
    __typename: "CheckRun",
    id: nodeId("CheckRun", run.id),
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    externalId: run.externalId,
    detailsUrl: run.detailsUrl,
    title: run.title,
    summary: run.summary,
    text: run.text,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
  };
}
