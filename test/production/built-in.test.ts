import { describe, expect, test } from "@jest/globals";
import { parsePattern } from "../../src/paths/pattern.ts";
import { BUILT_IN_AREAS } from "../../src/production/built-in.ts";
import { CONTROL_FILES } from "../../src/production/control-files.ts";
import { touchedAreas } from "../../src/production/touched.ts";

const areasOf = (path: string) => touchedAreas(BUILT_IN_AREAS, [{ path }]).map(({ name }) => name);

describe("built-in areas", () => {
  test.each(BUILT_IN_AREAS)("$name: every pattern is valid and stands once", ({ paths }) => {
    expect(paths.filter((path) => !parsePattern(path).ok)).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
  });

  test("control files come last", () => {
    expect(BUILT_IN_AREAS.at(-1)?.name).toBe(CONTROL_FILES);
  });

  test.each([
    // Terraform, Terragrunt, CloudFormation, CDK, Pulumi, Ansible, Packer
    ["main.tf", "infrastructure"],
    ["modules/db/variables.tf.json", "infrastructure"],
    ["live/prod/terragrunt.hcl", "infrastructure"],
    ["infra/readme.md", "infrastructure"],
    ["infra", "infrastructure"],
    ["aws/cloudformation/vpc.yaml", "infrastructure"],
    ["stacks/db.cfn.yml", "infrastructure"],
    ["packages/infra/cdk.json", "infrastructure"],
    ["ops/Pulumi.prod.yaml", "infrastructure"],
    ["deploy-tools/ansible/site.yml", "infrastructure"],
    ["images/base.pkr.hcl", "infrastructure"],
    ["firestore.rules", "infrastructure"],
    // Kubernetes, Helm, Kustomize, Argo, compose, Dockerfile, Procfile, serverless
    ["services/api/Dockerfile", "deployment"],
    ["Dockerfile.prod", "deployment"],
    ["docker-compose.override.yml", "deployment"],
    ["compose.yaml", "deployment"],
    ["services/api/k8s/deployment.yaml", "deployment"],
    ["charts/api/templates/service.yaml", "deployment"],
    ["services/api/chart/Chart.yaml", "deployment"],
    ["overlays/prod/kustomization.yaml", "deployment"],
    ["argocd/apps.yaml", "deployment"],
    ["Procfile", "deployment"],
    ["functions/serverless.yml", "deployment"],
    ["config/deploy/production.rb", "deployment"],
    ["fly.toml", "deployment"],
    // Rails, Django, Alembic, Flyway, Prisma, Liquibase, EF Core, golang-migrate
    ["db/migrate/20260101_drop_users.rb", "migrations"],
    ["engines/shop/db/structure.sql", "migrations"],
    ["shop/migrations/0002_auto.py", "migrations"],
    ["backend/alembic/versions/1a2b.py", "migrations"],
    ["src/main/resources/db/migration/V2__drop.sql", "migrations"],
    ["sql/V2__drop.sql", "migrations"],
    ["prisma/schema.prisma", "migrations"],
    ["prisma/migrations/1/migration.sql", "migrations"],
    ["liquibase/changes.xml", "migrations"],
    ["Data/Migrations/Init.cs", "migrations"],
    ["store/000002_drop.down.sql", "migrations"],
    // Other CI systems
    [".gitlab-ci.yml", "ci"],
    ["ci/build.gitlab-ci.yml", "ci"],
    ["Jenkinsfile", "ci"],
    [".circleci/config.yml", "ci"],
    ["azure-pipelines-release.yml", "ci"],
    [".buildkite/pipeline.yml", "ci"],
    ["cloudbuild.yaml", "ci"],
  ])("%s belongs to %s", (path, name) => {
    expect(areasOf(path)).toEqual([name]);
  });

  test.each([
    ".github/countersign.yml",
    ".github/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    ".github/workflows/release.yml",
    ".github/actions/setup/action.yml",
    ".github/settings.yml",
    "AGENTS.md",
    "packages/api/AGENTS.md",
    "packages/api/CLAUDE.md",
    "GEMINI.md",
    ".claude/settings.json",
    "packages/api/.claude/commands/ship.md",
    ".claude",
    ".cursor/rules/a.mdc",
    ".cursorrules",
    ".kiro/steering/product.md",
    ".amazonq/rules/a.md",
    ".codex/config.toml",
    ".github/copilot-instructions.md",
    ".github/agents/a.agent.md",
    ".github/instructions/a.instructions.md",
    ".aider.conf.yml",
    ".aiderignore",
    ".gemini/settings.json",
    ".windsurfrules",
    ".windsurf/rules/a.md",
    ".clinerules",
    ".clinerules/a.md",
    ".mcp.json",
    ".vscode/mcp.json",
    "apps/web/.vscode/mcp.json",
    ".vscode/settings.json",
    ".devin/config.json",
  ])("%s is a control file", (path) => {
    expect(areasOf(path)).toContain(CONTROL_FILES);
  });

  test.each([
    ["src/index.ts", "code"],
    ["package.json", "manifest"],
    ["config/settings.yml", "a YAML file like any other"],
    [".github/ISSUE_TEMPLATE/bug.yml", "a form for people"],
    ["docs/deploy.md", "a page about deploying"],
    ["src/deploy/client.ts", "code named deploy below the root"],
    ["src/infrastructure/http/client.ts", "an infrastructure layer of ordinary code"],
    ["src/components/charts/Bar.tsx", "chart components"],
    ["src/cdk/overlay.ts", "a component development kit"],
    ["app/inventory/models.py", "a shop's inventory"],
    ["sql/report.sql", "a query that changes nothing"],
    ["src/migrate.ts", "code named migrate"],
    ["src/manifests/list.ts", "code named manifests below the root"],
    ["docs/claude-notes.md", "a page that names an agent"],
    [".vscode/extensions.json", "an editor's list of extensions"],
    ["src/codeowners.ts", "code about CODEOWNERS"],
    ["src/CODEOWNERS", "a place GitHub does not read"],
    ["app.json", "a mobile app's manifest"],
    ["src/dockerfile-parser.ts", "code about Dockerfiles"],
  ])("%s is in no area: %s", (path) => {
    expect(areasOf(path)).toEqual([]);
  });
});
