import { changed, type Rule, removed } from "../../../rule.ts";
import { gone, isElsewhere, isGone, OF } from "../blocks.ts";
import { isAlarm, isBackup } from "../losses.ts";

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
        isElsewhere(part, all)
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
  ],
  ignores: [
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
