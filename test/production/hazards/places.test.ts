import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import type { HazardInput } from "../../../src/production/hazards/hazard.ts";

const file = (path: string, before: string | null, after: string | null): HazardInput => ({
  path,
  status: before === null ? "added" : after === null ? "removed" : "modified",
  before,
  after,
});
const idsOf = (...files: readonly HazardInput[]) => findHazards(files).map(({ id }) => id);

const DATABASE = 'resource "aws_db_instance" "main" {\n  engine = "x"\n}\n';
const WEB =
  "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  image: a\n";
const DROPS = "DROP TABLE orders;\n";

describe("what a path is called does not silence what is destroyed there", () => {
  test.each([
    "docs/terraform/main.tf",
    "archive/main.tf",
    "deprecated/network/main.tf",
    "samples/main.tf",
    "infra/prod/ab_test.tf",
    "infra/prod/load-test.tf",
  ])("%s", (path) => {
    expect(idsOf(file(path, DATABASE, null))).toContain("terraform/resource-removed");
  });

  test.each([
    "docs/migrations/0005_step.sql",
    "samples/db/migrations/V9__step.sql",
    "apps/archive/prisma/migrations/20260101_step/migration.sql",
    "db/migrations/0009_drop_ab_test.sql",
    "db/migrations/V9__load_test.sql",
  ])("%s", (path) => {
    expect(idsOf(file(path, null, DROPS))).toContain("sql/drop-table");
  });

  test.each([
    ["db/migrate/20260101000000_drop_ab_test.rb", "def up\n  drop_table :orders\nend\n"],
    ["e2e/migrations/0002_test_orders.py", "operations = [migrations.DeleteModel(name='Order')]\n"],
  ])("%s", (path, text) => {
    expect(idsOf(file(path, null, text))).toContain("migrations/table-dropped");
  });

  test("a manifest that is called after a test", () => {
    expect(idsOf(file("k8s/load-test.yaml", WEB, null))).toContain("kubernetes/object-removed");
  });

  test.each([
    ["tests/fixtures/main.tf", DATABASE],
    ["modules/db/tests/main.tf", DATABASE],
    ["examples/main.tf", DATABASE],
    ["infra/prod/db.tftest.hcl", DATABASE],
    ["docs/k8s/web.yaml", WEB],
  ])("what is there to be tested against or copied stays silent: %s", (path, text) => {
    expect(idsOf(file(path, text, null))).not.toContain("terraform/resource-removed");
    expect(idsOf(file(path, text, null))).not.toContain("kubernetes/object-removed");
  });
});

describe("what comes to another stage took nobody's place", () => {
  test.each([
    ["k8s/prod-web.yaml", "k8s/dev-web.yaml"],
    ["k8s/web.prod.yaml", "k8s/web.staging.yaml"],
    ["live/web.yaml", "lab/web.yaml"],
    ["a/live/web.yaml", "a/archive/web.yaml"],
    ["eu-west-1/web.yaml", "us-east-1/web.yaml"],
    ["europe-west4/web.yaml", "asia-east1/web.yaml"],
    ["westeurope/web.yaml", "eastus2/web.yaml"],
    ["prod/web.yaml", "nonprod/web.yaml"],
  ])("%s, %s", (from, to) => {
    expect(idsOf(file(from, WEB, null), file(to, null, WEB))).toContain("kubernetes/object-removed");
    const [old, now] = [from, to].map((path) =>
      path.replace(/[^/]*$/, (name) => name.replace(/\.yaml$/, ".tf")),
    );
    if (!from.startsWith("k8s/"))
      expect(idsOf(file(old ?? "", DATABASE, null), file(now ?? "", null, DATABASE))).toContain(
        "terraform/resource-removed",
      );
  });

  test.each([
    ["a/web.yaml", "b/web.yaml"],
    ["prod/web.yaml", "apps/prod/web.yaml"],
    ["eu-west-1/web.yaml", "clusters/eu-west-1/web.yaml"],
    ["k8s/web-prod.yaml", "k8s/prod/web.yaml"],
  ])("in the same stage it did: %s, %s", (from, to) => {
    expect(idsOf(file(from, WEB, null), file(to, null, WEB))).not.toContain("kubernetes/object-removed");
  });
});

describe("a file that was broken is read by its lines", () => {
  test.each([
    [
      "checks/step-removed",
      ".gitlab-ci.yml",
      "a: [\ntest:\n  script:\n    - make test\nb:\n  script: [make b]\n",
      "b:\n  script: [make b]\n",
    ],
    [
      "checks/switched-off",
      ".gitlab-ci.yml",
      "a: [\ntest:\n  script: [make test]\n",
      "test:\n  script: [make test]\n  allow_failure: true\n",
    ],
    [
      "checks/failure-lost",
      ".github/workflows/ci.yml",
      "a: b: c\non: push\njobs:\n  test:\n    steps:\n      - run: make test\n",
      "on: push\njobs:\n  test:\n    steps:\n      - run: make test || true\n",
    ],
    [
      "checks/trigger-removed",
      ".github/workflows/ci.yml",
      "a: b: c\non: [pull_request]\njobs:\n  test:\n    steps:\n      - run: make test\n",
      "on: [workflow_dispatch]\njobs:\n  test:\n    steps:\n      - run: make test\n",
    ],
    [
      "checks/job-removed",
      ".github/workflows/ci.yml",
      "a: b: c\non: push\njobs:\n  test:\n    runs-on: a\n  build:\n    runs-on: a\n",
      "on: push\njobs:\n  build:\n    runs-on: a\n",
    ],
    [
      "kubernetes/object-removed",
      "k8s/a.yaml",
      `${WEB}a: b: c\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: s\n`,
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n",
    ],
    ["terraform/resource-removed", "infra/prod/main.tf", `${DATABASE}}\n`, "locals {\n  a = 1\n}\n"],
  ])("%s in %s", (id, path, before, after) => {
    expect(idsOf(file(path, before, after))).toContain(id);
  });

  test.each([
    [".gitlab-ci.yml", "a: [\ntest:\n  script:\n    - make test\n", "test:\n  script:\n    - make test\n"],
    [
      ".github/workflows/ci.yml",
      "a: b: c\non: [push]\njobs:\n  test:\n    steps:\n      - run: make test\n",
      "on: [push]\njobs:\n  test:\n    steps:\n      - run: make test\n",
    ],
  ])("one that is only repaired stays silent: %s", (path, before, after) => {
    expect(idsOf(file(path, before, after))).toEqual([]);
  });
});

describe("a CODEOWNERS file that comes before another one", () => {
  const added = (path: string, text: string) =>
    findHazards([file(path, null, text)], {
      codeowners: {
        path: path === "CODEOWNERS" ? "docs/CODEOWNERS" : "CODEOWNERS",
        text: "/infra/ @acme/sre\n",
      },
    });

  test.each([".github/CODEOWNERS", "CODEOWNERS"])("%s is compared with the one in force", (path) => {
    expect(added(path, "/infra/ @mallory\n").map(({ why }) => why)).toEqual([
      "takes `/infra/` from `@acme/sre`: `@mallory` owns it now",
    ]);
    expect(added(path, "/infra/ @acme/sre @mallory\n").map(({ id }) => id)).toEqual(["owners/owner-added"]);
    expect(added(path, "# nobody\n").map(({ id }) => id)).toEqual(["owners/rule-dropped"]);
  });

  test("who says the same, or comes after it, changes nothing", () => {
    expect(added(".github/CODEOWNERS", "/infra/ @acme/sre\n")).toEqual([]);
    expect(added("docs/CODEOWNERS", "/infra/ @mallory\n")).toEqual([]);
  });

  test("when it goes, the change says so", () => {
    const gone = file(".github/CODEOWNERS", "/infra/ @acme/sre\n", null);
    const text = "/infra/ @acme/sre\n";
    const found = findHazards([gone], { codeowners: { path: ".github/CODEOWNERS", text } });
    expect(found.map(({ id }) => id)).toEqual(["owners/rule-dropped"]);
  });
});
