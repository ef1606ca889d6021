import { settingRule } from "../../builders.ts";
import { literalOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";

/** From here on, what is measured will hardly ever come so far. */
const TIMES = 1_000;

const alarm = (threshold: number) =>
  `resource "aws_cloudwatch_metric_alarm" "a" {\n  comparison_operator = "GreaterThanThreshold"\n  threshold = ${threshold}\n}\n`;

export const OUT_OF_REACH: Rule = settingRule({
  id: "watch/threshold-out-of-reach",
  kind: "destructive",
  asks: "block",
  when: "an alarm rings only for a thousand times as much as before",
  of: ["terraform", "cloudformation"],
  types:
    /^(?:aws_cloudwatch_metric_alarm|AWS::CloudWatch::Alarm|azurerm_monitor_(?:metric_alert|scheduled_query_rules_alert\w*)|google_monitoring_alert_policy)$/,
  names: ["threshold", "Threshold", "threshold_value"],
  became: ({ before, after }) => {
    const [was, is] = [literalOf(before), literalOf(after)];
    return typeof was === "number" && typeof is === "number" && was > 0 && is >= TIMES * was;
  },
  why: () => "nobody is called for what it rang for",
  reports: [
    [
      "sets `threshold` of `aws_cloudwatch_metric_alarm.a` to `999999`: nobody is called for what it rang for",
      changed("a.tf", alarm(5), alarm(999_999)),
    ],
  ],
  ignores: [
    ["somewhat more", changed("a.tf", alarm(5), alarm(50))],
    ["less", changed("a.tf", alarm(999_999), alarm(5))],
  ],
});
