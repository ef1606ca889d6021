/** What is kept by repository, besides the ledger, which tells what was and is never changed. */
interface Kept {
  readonly table: string;
  /** What names a row within its repository, in PostgreSQL; SQLite replaces a row by itself. */
  readonly key: readonly string[];
  /** Which row stays where both names have one: what was seen first, or what is true now. */
  readonly onConflict: "older" | "newer";
}

export const REPOSITORY_TABLES: readonly Kept[] = [
  { table: "approval", key: ["pull", "review_id"], onConflict: "older" },
  { table: "evidence", key: ["pull", "digest"], onConflict: "older" },
  { table: "participant", key: ["pull", "role", "account"], onConflict: "older" },
  { table: "pull_request", key: ["pull"], onConflict: "newer" },
  { table: "published_check", key: ["head_sha"], onConflict: "newer" },
];
