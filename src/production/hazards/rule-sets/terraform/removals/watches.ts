import { changedBy } from "../../../reading/lookup.ts";
import type { ChangedPart } from "../../../reading/part.ts";
import type { Parts } from "../../../reading/parts.ts";
import { at, fingerprint, type Tree } from "../../../reading/tree.ts";
import { changed, type Rule, removed } from "../../../rule.ts";
import { gone, isElsewhere, isGone, OF } from "../blocks.ts";
import { isAlarm, isBackup } from "../losses.ts";

const alarm = (name: string, metric: string) =>
  `resource "aws_cloudwatch_metric_alarm" "${name}" {\n  alarm_name = "${name}"\n  namespace = "shop"\n  metric_name = "${metric}"\n}\n`;

/** What an alarm watches, as far as it says so. */
function watchedBy(tree: Tree | undefined): string | undefined {
  const said = ["namespace", "metric_name", "metric_query", "dimensions", "query", "nrql"].map((key) =>
    at(tree, key),
  );
  return said.every((each) => each === undefined) ? undefined : JSON.stringify(said.map(fingerprint));
}

const comeBy = changedBy(({ type, file, before, after }) => {
  const watched = before === undefined && isAlarm(type) ? watchedBy(after) : undefined;
  return watched === undefined ? undefined : JSON.stringify([file, type, watched]);
});

/** Whether an alarm that comes in the same file watches the same. */
function isWatchedStill({ type, file, before }: ChangedPart, all: Parts): boolean {
  const watched = watchedBy(before);
  return watched !== undefined && comeBy(all, JSON.stringify([file, type, watched])).length > 0;
}

export const ALARM_REMOVED: Rule = {
  id: "terraform/alarm-removed",
  kind: "destructive",
  asks: "block",
  when: "an alarm, monitor or health check goes",
  parts: {
    of: OF,
    *find(part, all) {
      if (
        !isAlarm(part.type) ||
        !isGone(part, all) ||
        all.addedParts.sameContent(part) !== undefined ||
        isElsewhere(part, all) ||
        isWatchedStill(part, all)
      )
        return;
      yield* gone(part, "nobody is called any more when it would have rung");
    },
  },
  reports: [
    [
      "removes `aws_cloudwatch_metric_alarm.errors`: nobody is called any more when it would have rung",
      removed("alarms.tf", 'resource "aws_cloudwatch_metric_alarm" "errors" {}\n'),
    ],
    [
      "removes `aws_cloudwatch_metric_alarm.errors`: nobody is called any more when it would have rung",
      changed("alarms.tf", alarm("errors", "Errors"), alarm("latency", "Latency")),
    ],
  ],
  ignores: [
    [
      "another one watches the same",
      changed("alarms.tf", alarm("errors", "Errors"), alarm("errors_warning", "Errors")),
    ],
    [
      "its threshold changes",
      changed(
        "alarms.tf",
        'resource "aws_cloudwatch_metric_alarm" "errors" {\n  threshold = 1\n}\n',
        'resource "aws_cloudwatch_metric_alarm" "errors" {\n  threshold = 2\n}\n',
      ),
    ],
  ],
};

export const BACKUP_REMOVED: Rule = {
  id: "terraform/backup-removed",
  kind: "destructive",
  asks: "block",
  when: "a backup plan, vault, schedule, versioning or replication goes",
  parts: {
    of: OF,
    *find(part, all) {
      if (
        !isBackup(part.type) ||
        !isGone(part, all) ||
        all.addedParts.sameContent(part) !== undefined ||
        isElsewhere(part, all)
      )
        return;
      yield* gone(part, "what it backed up cannot be brought back any more");
    },
  },
  reports: [
    [
      "removes `aws_backup_plan.daily`: what it backed up cannot be brought back any more",
      removed("backup.tf", 'resource "aws_backup_plan" "daily" {}\n'),
    ],
  ],
  ignores: [
    [
      "it goes with a `removed` block that lets it live on",
      changed(
        "backup.tf",
        'resource "aws_backup_plan" "daily" {}\n',
        "removed {\n  from = aws_backup_plan.daily\n  lifecycle {\n    destroy = false\n  }\n}\n",
      ),
    ],
  ],
};
