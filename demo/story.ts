import type { CommitSpec } from "../test/github-double/world/commits.ts";
import type { Account } from "../test/github-double/world/model.ts";
import { SHOP_FILES } from "../test/story/story-files.ts";
import { CONFIG, type Stage } from "./stage.ts";

interface Opening {
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  /** Who pushes the branch and opens the pull request. */
  readonly by: Account;
  readonly commits: readonly CommitSpec[];
}

/** Opens pull requests for every conclusion; Kiro's is the first. */
export function openPulls(stage: Stage): void {
  stage.openKirosPull();
  const { double, shop, cast } = stage;
  const openings = [person, aiOutsideProduction, twoAreas, brokenConfig, agentInProduction].map((of) =>
    of(cast),
  );
  for (const opening of openings) {
    const { branch, title, body, by, commits } = opening;
    double.world.branch(shop, branch, "main");
    double.world.push(shop, branch, commits, by);
    double.world.openPull(shop, { head: branch, base: "main", title, body, author: by });
  }
}

type Cast = Stage["cast"];

function person({ wes }: Cast): Opening {
  return {
    branch: "prices-with-a-sign",
    title: "Show prices with the euro sign",
    body: "“EUR” takes up too much space on phones.",
    by: wes,
    commits: [
      {
        author: wes,
        message: "Show prices with the euro sign",
        changes: { "app/catalogue.ts": edited("app/catalogue.ts", " EUR", " €") },
      },
    ],
  };
}

function aiOutsideProduction({ dana }: Cast): Opening {
  return {
    branch: "say-which-database",
    title: "Name the database that could not be reached",
    body: "The error from `connect` now names the database.\n\n🤖 Generated with [Claude Code](https://claude.ai/code)",
    by: dana,
    commits: [
      {
        author: dana,
        message: `Name the database that could not be reached

🤖 Generated with [Claude Code](https://claude.ai/code)

Co-Authored-By: Claude <noreply@anthropic.com>`,
        changes: { "app/database.ts": edited("app/database.ts", "no database", "no database of orders") },
      },
    ],
  };
}

function twoAreas({ wes }: Cast): Opening {
  const points = `ALTER TABLE orders ADD COLUMN points integer NOT NULL DEFAULT 0;
`;
  const count = `module "count_points" {
  source   = "./modules/nightly"
  schedule = "cron(0 3 * * ? *)"
}
`;
  const byCursor = (message: string) => `${message}\n\nCo-authored-by: Cursor <cursoragent@cursor.com>`;
  return {
    branch: "loyalty-points",
    title: "Count loyalty points",
    body: "Adds the column and the nightly count.",
    by: wes,
    commits: [
      {
        author: wes,
        message: byCursor("Add points to orders"),
        changes: { "db/migrations/0003_points.sql": points },
      },
      {
        author: wes,
        message: byCursor("Count points every night"),
        changes: { "infra/points.tf": count },
      },
    ],
  };
}

function brokenConfig({ sam }: Cast): Opening {
  const config = `${CONFIG}branches: [main]
production:
  - name: infrastructure
    paths: ["infra/**"]
    countersignature: 2
`;
  return {
    branch: "two-for-infrastructure",
    title: "Require two countersignatures for infrastructure",
    body: "One pair of eyes is not enough for Terraform.",
    by: sam,
    commits: [
      {
        author: sam,
        message: "Require two countersignatures for infrastructure",
        changes: { ".github/countersign.yml": config },
      },
    ],
  };
}

function agentInProduction({ kira }: Cast): Opening {
  const logs = `resource "aws_cloudwatch_log_group" "shop" {
  name              = "shop"
  retention_in_days = 365
}
`;
  return {
    branch: "keep-logs",
    title: "Keep the logs for a year",
    body: "The auditors ask for them.\n\n🤖 Generated with [Claude Code](https://claude.ai/code)",
    by: kira,
    commits: [
      {
        author: kira,
        message: "Keep the logs for a year\n\nCo-Authored-By: Claude <noreply@anthropic.com>",
        changes: { "infra/logs.tf": logs },
      },
    ],
  };
}

function edited(path: string, before: string, after: string): string {
  return (SHOP_FILES[path] ?? "").replace(before, after);
}
