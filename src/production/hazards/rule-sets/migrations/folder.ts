const FOLDER =
  /(?:^|\/)(?:migrations?|migrate|Migrations|alembic\/versions|db\/(?:migrate|migration|changelog)|database\/migrations|versions|changelogs?|drizzle)\//;

/** A name that says when or in which order it runs. */
const VERSIONED =
  /(?:^|\/)(?:[VRU]?\d[\d._]*[-_][^/]*|\d{3,}[^/]*|[VR]\d*__[^/]*|[0-9a-f]{10,}_[^/]*\.py|[A-Za-z_]{1,40}\d{8,}[^/]*|m\d{6}_\d{6}[^/]*)(?:\/[^/]*)?$/;

/** Alembic runs whatever lies there, under whatever name. */
const ALEMBIC = /(?:^|\/)(?:alembic|migrations)\/versions\/(?!__init__)[^/]+\.py$/;

/** Liquibase names its files as it likes, and tells them by what the folder is called. */
const CHANGELOG =
  /(?:^|\/)(?:db\/)?(?:changelogs?|liquibase)\/(?:[^/]+\/)*[^/]+\.(?:xml|ya?ml|sql)$|(?:^|\/)(?:db\.)?changelog[^/]*\.(?:xml|ya?ml)$/;

export const CODE = /\.(?:rb|py|js|cjs|mjs|ts|php|cs|ex|exs|kt|java|go|xml|ya?ml)$/;

export function isMigration(path: string): boolean {
  return (
    ((FOLDER.test(path) && VERSIONED.test(path)) || ALEMBIC.test(path) || CHANGELOG.test(path)) &&
    !/(?:Designer|Snapshot)\.cs$|(?:^|\/)meta\/|\.(?:json|toml|md)$/.test(path)
  );
}
