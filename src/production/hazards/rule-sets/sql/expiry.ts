import type { Example } from "../../rule.ts";
import { shown } from "../../words.ts";
import type { SqlPlace } from "./change.ts";
import { NAME, plain } from "./names.ts";
import { isCreated, migration, statementRule } from "./statement-rule.ts";

/** Of ClickHouse, TimescaleDB, CockroachDB, Cassandra, BigQuery, Snowflake, Spanner and pg_partman. */
const EXPIRES = [
  `^ALTER TABLE (?:IF EXISTS )?${NAME} (?:ON CLUSTER \\S+ )?(?:.{0,200}, ?)?(?:MODIFY TTL\\b|MODIFY COLUMN .{0,200}\\bTTL\\b|ADD ROW DELETION POLICY\\b|REPLACE ROW DELETION POLICY\\b).*$`,
  `^ALTER TABLE (?:IF EXISTS )?${NAME} (?:SET ?\\(.{0,200}\\bttl_expire(?:_after|ation_expression) ?=|WITH .{0,200}\\bdefault_time_to_live ?= ?[1-9]|SET OPTIONS ?\\(.{0,200}\\b(?:expiration_timestamp|partition_expiration_days) ?= ?(?!NULL)\\S|SET DATA_RETENTION_TIME_IN_DAYS ?= ?0).*$`,
  "^SELECT .{0,40}\\b(?:add_retention_policy|add_drop_chunks_policy) ?\\(.*$",
  "^UPDATE (?:\\w+\\.)?part_config SET .{0,200}\\bretention ?= ?''.*$",
  `^(?:CREATE|ALTER) RETENTION POLICY ${NAME}.*$`,
].join("|");

const CALLS = /^SELECT (?:\w+\.)?add_(?:retention|drop_chunks)_policy ?\( ?(?:\w+ ?(?:=>|:=) ?)?''/i;

/** The table that a call of TimescaleDB names, where nothing else is quoted before it. */
function firstArgument(text: string, { strings }: SqlPlace): string | undefined {
  const isKnown = CALLS.test(text) && text.split("''").length - 1 === strings.length;
  return isKnown ? strings[0]?.text : undefined;
}

export const ROWS_EXPIRE = statementRule({
  id: "sql/rows-expire",
  kind: "destructive",
  asks: "block",
  when: "rows, partitions or chunks of a table are deleted by their age from now on",
  pattern: new RegExp(EXPIRES),
  why: ([text = "", ...names], place) => {
    const said = names.find((each) => each !== undefined);
    const name = said ?? firstArgument(text, place);
    if (name === undefined) return `deletes rows by their age: ${shown(text)}`;
    return isCreated(name, place) ? null : `deletes from ${shown(plain(name))} by age: ${shown(text)}`;
  },
  reports: [
    [
      "deletes from `events` by age: `ALTER TABLE events MODIFY TTL created_at + INTERVAL 30 DAY`",
      migration("ALTER TABLE events MODIFY TTL created_at + INTERVAL 30 DAY;\n"),
    ],
    [
      "deletes from `metrics` by age: `SELECT add_retention_policy('', INTERVAL '')`",
      migration("SELECT add_retention_policy('metrics', INTERVAL '7 days');\n"),
    ],
    ...[
      "SELECT 'm', add_retention_policy('x', INTERVAL '1 day')",
      "SELECT add_retention_policy($$x$$, INTERVAL 'm')",
    ].map(
      (call): Example => [
        `deletes rows by their age: \`${call.replaceAll(/'[^']*'|\$\$x\$\$/g, "''")}\``,
        migration(`CREATE TABLE m (a int);\n${call};\n`),
      ],
    ),
    [
      "deletes from `events` by age: `ALTER TABLE events SET (ttl_expire_after = '')`",
      migration("ALTER TABLE events SET (ttl_expire_after = '30 days');\n"),
    ],
  ],
  ignores: [
    [
      "of a table of TimescaleDB that is new",
      migration("CREATE TABLE m (a int);\nSELECT add_retention_policy('m', INTERVAL '7 days');\n"),
    ],
    ["it is taken away", migration("ALTER TABLE events REMOVE TTL;\n")],
    [
      "of a table that is new",
      migration("CREATE TABLE m (a int);\nALTER TABLE m SET (ttl_expire_after = '7 days');\n"),
    ],
  ],
});
