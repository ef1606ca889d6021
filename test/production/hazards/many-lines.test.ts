import { expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";
import type { HazardInput } from "../../../src/production/hazards/hazard.ts";
import { threadTime } from "../../thread-time.ts";

const MANY = 3_000;
/** A half, or less, of what it takes where each line or statement is compared with every other one. */
const BOUND_MS = 2_500;

const each = (line: (index: number) => string) =>
  Array.from({ length: MANY }, (_, index) => line(index)).join("\n");

function migration(up: string, down: string): HazardInput {
  const after = `-- +goose Up\n${each(() => up)}\n-- +goose Down\n${each(() => down)}\n`;
  return { path: "db/migrations/0007_step.sql", status: "added", before: null, after };
}

const workflow = (action: (index: number) => string) =>
  `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${each((index) => `      - uses: ${action(index)}`)}\n`;

const kustomization = (entry: (index: number) => string, count = MANY) =>
  `kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1\nresources:\n${Array.from({ length: count }, (_, index) => `  - ${entry(index)}`).join("\n")}\n`;

test.each<readonly [string, HazardInput]>([
  ["tables that are taken back", migration("CREATE TABLE a (id int);", "DROP TABLE orders;")],
  [
    "columns that are taken back",
    migration("ALTER TABLE users ADD name text;", "ALTER TABLE users DROP COLUMN email;"),
  ],
  ["triggers that may be made again", migration("SELECT 1;", "DROP TRIGGER audit ON orders;")],
  ["policies that may be made again", migration("SELECT 1;", "DROP POLICY own ON orders;")],
  [
    "columns that may be new",
    migration("ALTER TABLE users ADD COLUMN state text;", "UPDATE users SET note = 'new';"),
  ],
  [
    "commands that may be said otherwise",
    { path: "run.sh", status: "added", before: null, after: each(() => "terraform apply -auto-approve") },
  ],
  [
    "guards that may stand elsewhere",
    {
      path: "nginx/admin.conf",
      status: "modified",
      before: each((index) => `deny 10.0.${index >> 8}.${index & 255};`),
      after: each((index) => `deny 10.1.${index >> 8}.${index & 255};`),
    },
  ],
  [
    "guards in blocks within blocks",
    {
      path: "nginx/admin.conf",
      status: "modified",
      before: each((index) => `location /a${index} {\ndeny all;`),
      after: each((index) => `location /a${index} {`),
    },
  ],
  [
    "lines that an earlier one may decide",
    {
      path: "pg_hba.conf",
      status: "modified",
      before: "local all all peer",
      after: each((index) => `host shop shop${index} 0.0.0.0/0 md5`),
    },
  ],
  [
    "tests that may be guarded",
    {
      path: "test/pay.test.ts",
      status: "modified",
      before: each((index) => `it('pays ${index}', () => {});`),
      after: each((index) => `it.skip('pays ${index}', () => {});`),
    },
  ],
  [
    "actions that may have run before",
    {
      path: ".github/workflows/ci.yml",
      status: "modified",
      before: workflow((index) => `former/action${index}@v1`),
      after: workflow((index) => `some/action${index}@v1`),
    },
  ],
  [
    "entries of a kustomization that may be taken up elsewhere",
    {
      path: "clusters/kustomization.yaml",
      status: "modified",
      before: kustomization((index) => `app${index}.yaml`),
      after: kustomization((index) => `other${index}.yaml`, MANY - 1),
    },
  ],
])("thousands of lines are judged in linear time: %s", (_, file) => {
  let found = 0;
  const spent = threadTime(() => {
    found = findHazards([file]).length;
  });
  expect(found).toBe(MANY);
  expect(spent).toBeLessThan(BOUND_MS);
});
