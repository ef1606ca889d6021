import type { BranchFinding } from "../../doctor/branch-findings.ts";
import type { Finding } from "../../doctor/finding.ts";
import type { ProtectionMemory } from "../protection.ts";
import { type Database, given, type Row, record, rowsOf, statement } from "./sql.ts";

/** The last look at the rules of each repository's branches. */
export function sqlProtection(database: Database): ProtectionMemory {
  return {
    protection: async ({ repositoryId }) => {
      const [[look] = [], [branches] = []] = await database.run([
        statement(LOOK, repositoryId),
        statement(BRANCHES, repositoryId),
      ]);
      if (look === undefined) return null;
      const findings = record<readonly Finding[]>(look);
      return { at: Number(look.looked_at), branches: branchesIn(branches), findings };
    },

    branchFindings: async ({ repositoryId }) =>
      branchesIn((await rowsOf(database, statement(BRANCHES, repositoryId)))[0]),

    recordProtection: async ({ repositoryId }, { at, branches, findings }) => {
      const [required, pinned] = [holds(findings, "check-required"), holds(findings, "check-pinned")];
      const texts = [JSON.stringify(branches), JSON.stringify(findings)];
      await database.run([statement(RECORD, repositoryId, at, required, pinned, ...texts)]);
    },

    forgetProtectionIn: async (installationId, but) => {
      await database.run([statement(FORGET_IN, installationId, ids(but))]);
    },

    forgetProtectionOutside: async (installations) => {
      await database.run([statement(FORGET_OUTSIDE, ids(installations))]);
    },

    unprotected: async () => Number((await rowsOf(database, statement(UNPROTECTED)))[0]?.repositories),
  };
}

function branchesIn(row: Row | undefined): readonly BranchFinding[] {
  return row === undefined ? [] : record<readonly BranchFinding[]>(row);
}

function holds(findings: readonly Finding[], wanted: "check-required" | "check-pinned"): string {
  return findings.find(({ code }) => code === wanted)?.holds ?? "unknown";
}

function ids(numbers: readonly number[]): string {
  return given(numbers.map((id) => ({ id })));
}

const LOOK = "SELECT looked_at, findings AS record FROM main.protection WHERE repository = $1";
const BRANCHES = "SELECT branches AS record FROM main.protection WHERE repository = $1";

const RECORD = `
  INSERT INTO main.protection (repository, looked_at, required, pinned, branches, findings)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (repository) DO UPDATE SET looked_at = excluded.looked_at, required = excluded.required,
    pinned = excluded.pinned, branches = excluded.branches, findings = excluded.findings`;

const FORGET_IN = `
  DELETE FROM main.protection
  WHERE repository IN (SELECT id FROM main.repository WHERE installation = $1)
    AND repository NOT IN (SELECT CAST(value ->> 'id' AS BIGINT) FROM GIVEN($2))`;

const FORGET_OUTSIDE = `
  DELETE FROM main.protection WHERE repository NOT IN (
    SELECT id FROM main.repository
    WHERE installation IN (SELECT CAST(value ->> 'id' AS BIGINT) FROM GIVEN($1)))`;

const UNPROTECTED = `
  SELECT count(*) AS repositories FROM main.protection WHERE required = 'no' OR pinned = 'no'`;
