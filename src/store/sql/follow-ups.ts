import type { FollowUpState, FollowUps, OverriddenPass } from "../follow-up.ts";
import { type Database, record, rowsOf, statement } from "./sql.ts";

/** What passed by an override, and what its owners have to accept afterwards. */
export function sqlFollowUps(database: Database): FollowUps {
  const states = async (sql: string, ...values: readonly (string | number)[]) =>
    (await rowsOf(database, statement(sql, ...values))).map(record<FollowUpState>);
  return {
    noteOverridden: async ({ repositoryId }, pull, pass) => {
      await database.run([
        pass === null
          ? statement(FORGET, repositoryId, pull)
          : statement(NOTE, repositoryId, pull, pass.headSha, JSON.stringify(pass)),
      ]);
    },

    overriddenPass: async ({ repositoryId }, pull, headSha) => {
      const [row] = await rowsOf(database, statement(PASS, repositoryId, pull, headSha));
      return row === undefined ? null : record<OverriddenPass>(row);
    },

    openFollowUp: async ({ repositoryId }, followUp) => {
      const state: FollowUpState = {
        ...{ followUp, accepted: [], isOpen: true, isNew: true, issue: null, attempted: false },
        reopened: false,
        remindedAt: Date.parse(followUp.openedAt),
      };
      const values = [repositoryId, followUp.commitSha, followUp.pull, JSON.stringify(state)] as const;
      await database.run([statement(OPEN, ...values)]);
    },

    followUp: async ({ repositoryId }, commitSha) =>
      (await states(BY_COMMIT, repositoryId, commitSha))[0] ?? null,

    followUpAt: async ({ repositoryId }, number) =>
      (await states(BY_NUMBER, repositoryId, number))[0] ?? null,

    keepFollowUp: async ({ repositoryId }, state) => {
      const { issue, isOpen, followUp } = state;
      await database.run([
        statement(KEEP, repositoryId, followUp.commitSha, issue, isOpen ? 1 : 0, JSON.stringify(state)),
      ]);
    },

    openFollowUps: async () =>
      Number(
        (await rowsOf(database, statement("SELECT count(*) AS number FROM main.follow_up WHERE open = 1")))[0]
          ?.number,
      ),
  };
}

const NOTE = `
  INSERT INTO main.overridden_pass (repository, pull, head_sha, record) VALUES ($1, $2, $3, $4)
  ON CONFLICT (repository, pull) DO UPDATE SET head_sha = excluded.head_sha, record = excluded.record`;
const FORGET = "DELETE FROM main.overridden_pass WHERE repository = $1 AND pull = $2";
const PASS = "SELECT record FROM main.overridden_pass WHERE repository = $1 AND pull = $2 AND head_sha = $3";

const OPEN = `
  INSERT INTO main.follow_up (repository, commit_sha, pull, open, record) VALUES ($1, $2, $3, 1, $4)
  ON CONFLICT DO NOTHING`;
const BY_COMMIT = "SELECT record FROM main.follow_up WHERE repository = $1 AND commit_sha = $2";
const BY_NUMBER = `
  SELECT record FROM main.follow_up WHERE repository = $1 AND (issue = $2 OR pull = $2) ORDER BY open DESC LIMIT 1`;
const KEEP = `
  UPDATE main.follow_up SET issue = $3, open = $4, record = $5 WHERE repository = $1 AND commit_sha = $2`;
