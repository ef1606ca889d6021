import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const RULES = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.object({ severity: z.enum(["page", "ticket"]) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});

export type Alert = z.infer<typeof RULES>["groups"][number]["rules"][number];

const PAGE = new URL("../docs/operate.md", import.meta.url);
const TABLE = /(?<=<!-- alerts: .* -->\n).*?(?=<!-- \/alerts -->)/s;

/** The rules of `deploy/alerts.yml`, in their order. */
export function alerts(): readonly Alert[] {
  const text = readFileSync(new URL("../deploy/alerts.yml", import.meta.url), "utf8");
  return RULES.parse(parse(text)).groups.flatMap(({ rules }) => rules);
}

/** The page for operators, with the table of alerts as the rules have them. */
export function alertsTable(): string {
  const rows = alerts().map((alert) => {
    const { summary, description } = alert.annotations;
    return `| ${[`\`${alert.alert}\``, whenOf(alert), plain(summary), plain(description)].join(" | ")} |\n`;
  });
  const table = `\n| alert | when | meaning | action |\n|---|---|---|---|\n${rows.join("")}\n`;
  return readFileSync(PAGE, "utf8").replace(TABLE, () => table);
}

function whenOf({ expr, for: lasting }: Alert): string {
  const when = `\`${expr.replaceAll("|", "\\|")}\``;
  return lasting === undefined ? when : `${when} for ${lasting}`;
}

/** Placeholders name what Prometheus fills in. */
function plain(text: string): string {
  return text.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, "`$1`");
}
