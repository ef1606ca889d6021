import { settingRule } from "../builders.ts";
import type { Notation } from "../reading/part.ts";
import { literalOf, type Tree, textOf } from "../reading/tree.ts";
import { changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";
import { KEPT_SHORTER_BY_LINE } from "./watch/kept-shorter.ts";
import { WATCH_NARROWED } from "./watch/narrowed.ts";
import { NEVER_RINGS } from "./watch/never-rings.ts";
import { OUT_OF_REACH } from "./watch/out-of-reach.ts";

const OF: readonly Notation[] = ["terraform", "terraform-values", "cloudformation"];
const block = (line: string) => `resource "aws_db_instance" "main" {\n  ${line}\n}\n`;

const RETENTION = [
  "backup_retention_period",
  "BackupRetentionPeriod",
  "backup_retention_days",
  "backup_retention",
  "snapshot_retention_limit",
  "SnapshotRetentionLimit",
  "automatic_backup_retention_days",
  "transaction_log_retention_days",
  "soft_delete_retention_days",
  "recovery_window_in_days",
  "deletion_window_in_days",
  "retention_in_days",
  "RetentionInDays",
  "retention_days",
  "memory_store_retention_period_in_hours",
  "magnetic_store_retention_period_in_days",
  "log_retention_in_days",
  "retention.ms",
  "retention.bytes",
  "log.retention.hours",
  "message_retention_seconds",
  "MessageRetentionPeriod",
  "message_retention_duration",
  "days",
  "retention_duration_seconds",
  "max_time_travel_hours",
  "retention_period",
  "point_in_time_recovery_retention_days",
  "min_retention_days",
  "delete_after",
  "DeleteAfterDays",
  "backup_retain_days",
  "retained_backups",
  "retention_value",
  "retention_in_hours",
  "every_seconds",
  "backtrack_window",
  "count",
];
/** There 0 is for ever. */
const ZERO_IS_FOR_EVER = /^(?:retention_in_days|RetentionInDays)$/;

/** Blocks in which days are how long something is kept. */
const KEEPS_DAYS =
  /(?:retention_policy|delete_retention_policy|restore_policy|backup|snapshot|default_retention)\.days'*$/;

/** Of how many backups there are. */
const KEEPS_COUNT = /(?:retention_\w+|retain_rule|quantity_based_retention)\.count'*$/;

/** A number, or a text that is one, of seconds if it says so. */
function numberOf(tree: Tree | undefined): number | undefined {
  const value = literalOf(tree);
  const digits = typeof value === "string" ? /^(\d{1,18})s?$/.exec(value)?.[1] : undefined;
  return Number(digits ?? value ?? Number.NaN);
}

const RETENTION_LOWERED: Rule = settingRule({
  id: "backups/retention-lowered",
  kind: "destructive",
  asks: "block",
  when: "backups, logs or deleted things are kept for a shorter time",
  of: OF,
  names: RETENTION,
  became: ({ name, path, before, after }) => {
    if (name === "days" && !KEEPS_DAYS.test(path)) return false;
    if (name === "count" && !KEEPS_COUNT.test(path)) return false;
    const [was, is] = [before, after].map(numberOf);
    if (was === undefined || is === undefined || Number.isNaN(was) || Number.isNaN(is)) return false;
    if (ZERO_IS_FOR_EVER.test(name)) return is !== 0 && (was === 0 || is < was);
    return is < was;
  },
  why: ({ name, before }) =>
    `it was ${shown(textOf(before))}, and what is older is ${/backup|snapshot|log/i.test(name) ? "deleted" : "gone"}`,
  reports: [
    [
      "sets `delete_after` of `aws_db_instance.main` to `7`: it was `365`, and what is older is gone",
      changed("b.tf", block("delete_after = 365"), block("delete_after = 7")),
    ],
    [
      "sets `count` of `aws_db_instance.main` to `2`: it was `30`, and what is older is gone",
      changed(
        "b.tf",
        block("retention_daily {\n    count = 30\n  }"),
        block("retention_daily {\n    count = 2\n  }"),
      ),
    ],
    [
      "sets `backup_retention_period` of `aws_db_instance.main` to `0`: it was `14`, and what is older is deleted",
      changed("db.tf", block("backup_retention_period = 14"), block("backup_retention_period = 0")),
    ],
  ],
  ignores: [
    ["fewer machines", changed("b.tf", block("count = 3"), block("count = 2"))],
    [
      "it is longer",
      changed("db.tf", block("backup_retention_period = 7"), block("backup_retention_period = 14")),
    ],
    ["kept for ever", changed("log.tf", block("retention_in_days = 30"), block("retention_in_days = 0"))],
  ],
});

const BACKUP_FILE =
  /(?:^|\/)[^/]*(?:backup|pg_?dump|restore|disaster-recovery|velero)[^/]*\.(?:sh|bash|py|rb|ya?ml|service|timer|cron|ps1)$|(?:^|\/)(?:backups?|velero|restic)\/[^/]+\.(?:sh|ya?ml|py|timer|service)$/i;

const BACKUP_SCRIPT: Rule = {
  id: "backups/job-removed",
  kind: "destructive",
  asks: "block",
  when: "a script, job or timer that makes or restores backups is deleted",
  *file({ path, status }) {
    if (status !== "removed" || !BACKUP_FILE.test(path)) return;
    const why = `deletes ${shown(path)}: what it backed up or restored is no longer safe`;
    yield { what: shown(path), file: path, line: 1, side: "before", why };
  },
  reports: [
    [
      "deletes `ops/backup-database.sh`: what it backed up or restored is no longer safe",
      removed("ops/backup-database.sh", "pg_dump shop\n"),
    ],
  ],
  ignores: [
    ["it changes", changed("ops/backup-database.sh", "pg_dump shop\n", "pg_dump -Fc shop\n")],
    ["its test goes", removed("test/backup-database.test.sh", "true\n")],
  ],
};

const ALERT_REMOVED: Rule = {
  id: "backups/alert-removed",
  kind: "destructive",
  asks: "block",
  when: "an alert of Prometheus or Grafana goes from a file",
  lines: [
    {
      side: "before",
      pattern: /^\s*-\s+alert:\s*["']?([\w .:{}$/()%-]+)/,
      what: ([, name = ""]) => shown(name),
      why: ([, name = ""]) =>
        `removes the alert ${shown(name)}: nobody is called any more when it would have rung`,
    },
  ],
  reports: [
    [
      "removes the alert `DatabaseDown`: nobody is called any more when it would have rung",
      changed(
        "alerts.yml",
        "groups:\n  - rules:\n      - alert: DatabaseDown\n        expr: up == 0\n",
        "groups:\n  - rules: []\n",
      ),
    ],
    [
      "removes the alert `mail/queue-full`: nobody is called any more when it would have rung",
      changed("alerts.yml", "rules:\n  - alert: mail/queue-full\n", "rules: []\n"),
    ],
  ],
  ignores: [
    [
      "it moves within the file",
      changed("alerts.yml", "rules:\n- alert: A\n- alert: B\n", "rules:\n  - alert: B\n  - alert: A\n"),
    ],
  ],
};

export const BACKUPS: RuleSet = {
  name: "backups",
  title: "Backups, retention and alarms",
  reads: ({ isLive }) => isLive,
  rules: [
    RETENTION_LOWERED,
    BACKUP_SCRIPT,
    KEPT_SHORTER_BY_LINE,
    ALERT_REMOVED,
    NEVER_RINGS,
    OUT_OF_REACH,
    WATCH_NARROWED,
  ],
};
