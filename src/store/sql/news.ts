import type { News } from "../jobs.ts";
import type { Adopt } from "./adoption.ts";
import { heardCommandStatements } from "./commands.ts";
import { ofPull } from "./commit-records.ts";
import { heardEvidenceStatements, heardStatements } from "./heard.ts";
import { invalidationStatements } from "./invalidations.ts";
import { destroyedStatements, urgentStatement } from "./passes.ts";
import { seenStatements } from "./repositories.ts";
import { type Statement, statement } from "./sql.ts";
import { surroundingsStatements } from "./surroundings.ts";
import { heardTimeStatements } from "./time.ts";

/** What a delivery tells, beside its tasks. */
export function newsStatements(news: News, now: Date, adopt: Adopt): readonly Statement[] {
  const { about, repositories = [], heads = [], participants = [], commits = [] } = news;
  const {
    commands = [],
    destroyed = [],
    evidence = [],
    invalidation,
    mergingByItself = [],
    time = [],
  } = news;
  return [
    ...seenStatements(repositories, adopt),
    ...(about === undefined
      ? []
      : [
          // The head that was judged last stays known until the new one is judged: it tells a rewritten history.
          ...heads.map(({ pull, headSha }) =>
            statement(RECORD_PULL_HEAD, about.repositoryId, pull, headSha, now.getTime()),
          ),
          ...heardStatements(
            about,
            {
              pulls: participants.map(({ pull, participant, outsider }) => ({
                ...{ subject: ofPull(pull), participant },
                ...(outsider && { outsider }),
              })),
              commits: commits.flatMap((commit) =>
                commit.participants.map((participant) => ({ subject: commit.sha, participant })),
              ),
            },
            now,
          ),
          ...heardEvidenceStatements(
            about,
            evidence.map(({ pull, evidence: item }) => ({ subject: ofPull(pull), item })),
            now,
          ),
          ...mergingByItself.map((headSha) => urgentStatement(about, headSha)),
          ...destroyedStatements(about, destroyed, now),
          ...heardCommandStatements(about, commands),
          ...heardTimeStatements(about, time, now),
        ]),
    ...surroundingsStatements(news, now),
    ...(invalidation === undefined ? [] : invalidationStatements(invalidation, now)),
  ];
}

export const RECORD_PULL_HEAD = `
  INSERT INTO main.pull_head (repository, pull, head_sha, heard_at) VALUES ($1, $2, $3, CAST($4 AS BIGINT))
  ON CONFLICT (repository, head_sha, pull) DO UPDATE SET heard_at = coalesce(excluded.heard_at, pull_head.heard_at)`;
