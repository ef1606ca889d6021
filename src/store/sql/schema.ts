/**
 * Memory by numeric repository id. What earlier versions kept by name stays in `named_…` tables until a repository of
 * that name is seen which was there before it ({@link adoption}).
 */
export const BY_REPOSITORY_ID: readonly string[] = [
  "ALTER TABLE main.pull_request RENAME TO named_pull_request",
  "ALTER TABLE main.approval RENAME TO named_approval",
  "ALTER TABLE main.evidence RENAME TO named_evidence",
  "ALTER TABLE main.participant RENAME TO named_participant",
  "ALTER TABLE main.published_check RENAME TO named_published_check",
  "DROP INDEX main.pull_request_by_head",
  "CREATE INDEX named_pull_request_by_head ON main.named_pull_request (head_sha, repository, head_seen_at)",
  // Who works on what, and when it was last looked at, is found out again by the sweep at the start.
  "DELETE FROM main.job",
  "DROP TABLE main.look",
  // Somebody made sure of the job while it was in work: it is done once more, but not before its time.
  "ALTER TABLE main.job ADD COLUMN ensured BIGINT NOT NULL DEFAULT 0",

  // Names are shown and never compared.
  `CREATE TABLE main.repository (
    id BIGINT PRIMARY KEY,
    node_id TEXT,
    installation BIGINT NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT
  )`,

  `CREATE TABLE main.pull_request (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    head_sha TEXT NOT NULL,
    head_seen_at TEXT NOT NULL,
    PRIMARY KEY (repository, pull)
  )`,

  // Every head that was heard of, so that a commit leads to all its pull requests, closed ones included.
  `CREATE TABLE main.pull_head (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    head_sha TEXT NOT NULL,
    PRIMARY KEY (repository, head_sha, pull)
  )`,

  `CREATE TABLE main.approval (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    review_id BIGINT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, pull, review_id)
  )`,

  `CREATE TABLE main.refusal (
    repository BIGINT NOT NULL,
    pull BIGINT NOT NULL,
    review_id BIGINT NOT NULL,
    area TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, pull, review_id, area)
  )`,

  // The account that bore a login which a config lists, when it was first seen.
  `CREATE TABLE main.listed_account (
    repository BIGINT NOT NULL,
    login TEXT NOT NULL,
    account BIGINT NOT NULL,
    PRIMARY KEY (repository, login)
  )`,

  // Installations whose organization has a floor, as far as was seen.
  "CREATE TABLE main.floor_seen (installation BIGINT PRIMARY KEY)",

  // subject: "#12" for a pull request, the id of a commit for a commit. digest stands for the record, which is longer
  // than an index takes.
  `CREATE TABLE main.evidence (
    repository BIGINT NOT NULL,
    subject TEXT NOT NULL,
    digest TEXT NOT NULL,
    place BIGINT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, subject, digest)
  )`,

  // push: what tells pushes of one person apart, '' for none. One may be of a merge alone, another of more.
  `CREATE TABLE main.participant (
    repository BIGINT NOT NULL,
    subject TEXT NOT NULL,
    role TEXT NOT NULL,
    account BIGINT NOT NULL,
    push TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (repository, subject, role, account, push)
  )`,

  `CREATE TABLE main.sweep (repository BIGINT PRIMARY KEY, record TEXT NOT NULL)`,

  // publication: the write that it came by. passing: GitHub lets a merge through on it. shown_at: when GitHub showed it
  // for certain. state: standing, doubted (to be withdrawn) or withdrawn. only_if: accounts one of which must have
  // write permission for the doubt to be one; null for a doubt in any case. task: what judges the commit again.
  // urgent: auto-merge or a merge queue acts on it by itself.
  `CREATE TABLE main.published_check (
    repository BIGINT NOT NULL,
    head_sha TEXT NOT NULL,
    publication TEXT,
    check_run_id BIGINT,
    check_node_id TEXT,
    conclusion TEXT,
    digest TEXT,
    passing BIGINT NOT NULL DEFAULT 0,
    shown_at BIGINT,
    state TEXT NOT NULL,
    urgent BIGINT NOT NULL DEFAULT 0,
    in_group BIGINT NOT NULL DEFAULT 0,
    task TEXT NOT NULL,
    only_if TEXT,
    due_at BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    leased_at BIGINT,
    leased_until BIGINT,
    PRIMARY KEY (repository, head_sha)
  )`,
  // In the order in which they are withdrawn.
  `CREATE INDEX published_check_in_doubt ON main.published_check
    (in_group DESC, urgent DESC, due_at, repository, head_sha, leased_until) WHERE state = 'doubted'`,

  // Writes whose outcome is not known, which count as ones that succeeded. doubted: since it was noted.
  `CREATE TABLE main.intention (
    repository BIGINT NOT NULL,
    head_sha TEXT NOT NULL,
    id TEXT NOT NULL,
    passing BIGINT NOT NULL,
    doubted BIGINT NOT NULL DEFAULT 0,
    since BIGINT NOT NULL,
    written_until BIGINT NOT NULL,
    PRIMARY KEY (repository, head_sha, id)
  )`,

  // What the passes rest on that GitHub may show. intention: the write whose outcome is not known, '' for what stands.
  `CREATE TABLE main.pass_fact (
    fact TEXT NOT NULL,
    repository BIGINT NOT NULL,
    head_sha TEXT NOT NULL,
    intention TEXT NOT NULL,
    PRIMARY KEY (fact, repository, head_sha, intention)
  )`,
  "CREATE INDEX pass_fact_by_head ON main.pass_fact (repository, head_sha, intention)",

  // The last time each fact was put in doubt, by a count that grows in the order of commits.
  `CREATE TABLE main.invalidation (fact TEXT PRIMARY KEY, number BIGINT NOT NULL, at BIGINT NOT NULL)`,
  `CREATE TABLE main.invalidation_count (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)`,
  "INSERT INTO main.invalidation_count VALUES (1, 0)",
];
