import { changedBy } from "../../../reading/lookup.ts";
import type { ChangedPart } from "../../../reading/part.ts";
import type { Parts } from "../../../reading/parts.ts";
import { type Rule, removed } from "../../../rule.ts";
import { OF } from "../samples.ts";
import { objectGone } from "./gone.ts";

const ALERTS = new Set(["PrometheusRule", "ServiceMonitor", "PodMonitor", "Probe", "AlertmanagerConfig"]);

const BACKUPS =
  /^(?:Schedule|ScheduledBackup|BackupStorageLocation|VolumeSnapshot(?:Class|Content)?|ReplicationSource|RecurringJob|BackupConfiguration)$/;

const watches = changedBy(({ type, name, before }) =>
  before === undefined && ALERTS.has(type) ? (name.split(" ")[1] ?? "") : undefined,
);

/** A watch of another kind for the same thing. */
function isWatchedStill({ name }: ChangedPart, all: Parts): boolean {
  return watches(all, name.split(" ")[1] ?? "").length > 0;
}

/** What is lost with something that watches or backs up. */
function watchLoss(part: ChangedPart, all: Parts): string | undefined {
  const { type } = part;
  if (BACKUPS.test(type)) return "what it backed up cannot be brought back any more";
  if (!ALERTS.has(type) || isWatchedStill(part, all)) return undefined;
  return type === "PrometheusRule"
    ? "nobody is called any more when it would have rung"
    : "what it watched is no longer watched";
}

export const WATCH_REMOVED: Rule = {
  id: "kubernetes/watch-removed",
  kind: "destructive",
  asks: "block",
  when: "an alert rule, a monitor, a backup schedule or a snapshot goes",
  parts: {
    of: OF,
    find: (part, all) => objectGone(part, all, watchLoss(part, all)),
  },
  reports: [
    [
      "removes `PrometheusRule shop`: nobody is called any more when it would have rung",
      removed(
        "alerts.yaml",
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: shop\n",
      ),
    ],
  ],
  ignores: [["a ConfigMap", removed("c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n")]],
};
