import type { PopulationRow } from "./row.ts";

interface Column {
  readonly title: string;
  readonly of: (row: PopulationRow) => string | number | null | readonly string[];
}

/** The columns of the CSV file, exceptions first. */
const COLUMNS: readonly Column[] = [
  { title: "exceptions", of: ({ exceptions }) => exceptions.map(({ code }) => code) },
  { title: "reasons", of: ({ exceptions }) => exceptions.map(({ reason }) => reason) },
  { title: "merged at", of: ({ movedAt }) => movedAt },
  { title: "repository", of: ({ repository }) => repository },
  { title: "branch", of: ({ branch }) => branch },
  { title: "pull request", of: ({ pull }) => pull },
  { title: "commit", of: ({ commit }) => commit },
  { title: "before", of: ({ before }) => before },
  { title: "head", of: ({ head }) => head },
  { title: "how", of: ({ how }) => how },
  { title: "by", of: ({ by }) => by },
  { title: "passed as", of: ({ passedAs }) => passedAs },
  { title: "outcome", of: ({ outcome }) => outcome },
  { title: "written by", of: ({ writer }) => writer },
  { title: "tools", of: ({ tools }) => tools },
  { title: "evidence", of: ({ evidence }) => evidence },
  { title: "areas", of: ({ areas }) => areas },
  { title: "required", of: ({ required }) => required },
  { title: "signed", of: ({ signed }) => signed },
  { title: "policy commit", of: ({ policyCommit }) => policyCommit },
  { title: "policy digest", of: ({ policyDigest }) => policyDigest },
  { title: "statement", of: ({ statement }) => statement },
  { title: "noted at", of: ({ notedAt }) => notedAt },
  { title: "installation", of: ({ installation }) => installation },
  { title: "entry", of: ({ seq }) => seq },
];

export const TITLES: readonly string[] = COLUMNS.map(({ title }) => title);

/** The fields of a row; what there are several of stands on lines of its own in its field. */
export function fieldsOfRow(row: PopulationRow): readonly string[] {
  return COLUMNS.map(({ of }) => {
    const value = of(row);
    return typeof value === "object" && value !== null ? value.join(" | ") : String(value ?? "");
  });
}
