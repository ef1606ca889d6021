import type { ChangedPart } from "../../reading/part.ts";
import { placesIn, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** Lists of what is recorded, or of whom an alarm calls, by type; each entry that goes is watched no more. */
const WATCHED: readonly (readonly [types: RegExp, path: string])[] = [
  [/^aws_eks_cluster$/, "enabled_cluster_log_types"],
  [/^aws_(?:db_instance|rds_cluster|docdb_cluster)$/, "enabled_cloudwatch_logs_exports"],
  [/^aws_neptune_cluster$/, "enable_cloudwatch_logs_exports"],
  [/^aws_cloudwatch_(?:metric|composite)_alarm$/, "alarm_actions"],
  [/^aws_config_configuration_recorder$/, "recording_group.resource_types"],
  [/^aws_inspector2_enabler$/, "resource_types"],
  [/^google_container_cluster$/, "logging_config.enable_components"],
  [/^google_container_cluster$/, "monitoring_config.enable_components"],
  [/^google_monitoring_alert_policy$/, "notification_channels"],
  [/^google_(?:project|folder|organization)_iam_audit_config$/, "audit_log_config.log_type"],
  [/^azurerm_monitor_diagnostic_setting$/, "enabled_log.category"],
  [/^azurerm_monitor_diagnostic_setting$/, "enabled_log.category_group"],
  [/^azurerm_monitor_(?:metric_alert|activity_log_alert)$/, "action.action_group_id"],
  [/^AWS::EKS::Cluster$/, "Properties.Logging.ClusterLogging.EnabledTypes.Type"],
  [/^AWS::RDS::(?:DBInstance|DBCluster)$/, "Properties.EnableCloudwatchLogsExports"],
  [/^AWS::CloudWatch::(?:Composite)?Alarm$/, "Properties.AlarmActions"],
];

function entriesAt(tree: Tree, path: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const place of placesIn(tree))
    if (place.path.join(".") === path)
      for (const each of scalarsIn(place.value)) found.set(textOf(each), each.line);
  return found;
}

/** Where all of them go, the tables say so. */
function* lostIn({ type, before, after }: ChangedPart) {
  if (before === undefined || after === undefined) return;
  for (const [types, path] of WATCHED) {
    if (!types.test(type)) continue;
    const [was, is] = [entriesAt(before, path), entriesAt(after, path)];
    const lost = [...was].filter(([name]) => !is.has(name));
    // One that takes the place of another may be the same by another name.
    if (lost.length > 0 && is.size > 0 && is.size < was.size) yield { path, lost };
  }
}

const cluster = (types: string) =>
  `resource "aws_eks_cluster" "a" {\n  enabled_cluster_log_types = [${types}]\n}\n`;
const setting = (...categories: readonly string[]) =>
  `resource "azurerm_monitor_diagnostic_setting" "a" {\n${categories.map((each) => `  enabled_log {\n    category = "${each}"\n  }\n`).join("")}}\n`;

export const WATCH_NARROWED: Rule = {
  id: "watch/narrowed",
  kind: "destructive",
  asks: "block",
  when: "less is recorded than before, or an alarm calls fewer: an entry leaves the list of them",
  parts: {
    of: ["terraform", "cloudformation"],
    *find(part) {
      for (const { path, lost } of lostIn(part)) {
        const [[first, line] = ["", 1]] = lost;
        const names = shown(lost.map(([name]) => name).join(", "));
        const why = `takes ${names} out of ${shown(path.replace("Properties.", ""))} of ${shown(part.name)}: it is watched no more`;
        yield { what: shown(first), file: part.file, line, side: "before", why };
      }
    },
  },
  reports: [
    [
      "takes `audit` out of `enabled_cluster_log_types` of `aws_eks_cluster.a`: it is watched no more",
      changed("eks.tf", cluster('"api", "audit"'), cluster('"api"')),
    ],
    [
      "takes `B` out of `enabled_log.category` of `azurerm_monitor_diagnostic_setting.a`: it is watched no more",
      changed("log.tf", setting("A", "B"), setting("A")),
    ],
  ],
  ignores: [
    ["one comes", changed("eks.tf", cluster('"api"'), cluster('"api", "audit"'))],
    ["another takes its place", changed("eks.tf", cluster('"api"'), cluster('"audit"'))],
  ],
};
