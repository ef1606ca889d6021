import type { Finding } from "../hazard.ts";
import type { LinePattern } from "../line-pattern.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { readerOf } from "./schemas/declared.ts";

const SCHEMA_MADE_AGAIN: LinePattern = {
  side: "after",
  pattern:
    /\b(?:ddl-auto|hbm2ddl\.auto)["']?\s*[:=]\s*["']?(create(?:-drop|-only)?|drop)\b|\b(?:synchronize|dropSchema)["']?\s*:\s*(true)\b|\bsync\(\s*\{\s*force\s*:\s*(true)|\bflyway\.clean(?:-on-validation-error|OnValidationError)["']?\s*[:=]\s*(true)|\bclean-disabled["']?\s*[:=]\s*(false)|\bspring\.sql\.init\.mode\s*=\s*(always)|\bfull_refresh["']?\s*[:=]\s*(true)\b|\bmetadata\.(drop_all)\(|\bdb\.(drop_all)\(/,
  why: ([setting = ""]) =>
    `sets ${shown(setting)}: the tables are dropped or changed to fit the code when it starts`,
};

const SCHEMA_DROPPED: Rule = {
  id: "migrations/schema-made-again",
  kind: "destructive",
  asks: "block",
  when: "a framework drops or changes the tables by itself when it starts",
  lines: [SCHEMA_MADE_AGAIN],
  reports: [
    [
      "sets `ddl-auto=create-drop`: the tables are dropped or changed to fit the code when it starts",
      changed(
        "src/main/resources/application.properties",
        "spring.jpa.hibernate.ddl-auto=validate\n",
        "spring.jpa.hibernate.ddl-auto=create-drop\n",
      ),
    ],
  ],
  ignores: [["it only checks", added("application.properties", "spring.jpa.hibernate.ddl-auto=validate\n")]],
};

const DECLARED_GONE: Rule = {
  id: "migrations/declared-removed",
  kind: "destructive",
  asks: "block",
  when: "a table or a column leaves a declared schema (Prisma, Drizzle, Atlas, SQL), which the next migration drops",
  *file({ path, before, after }): Generator<Finding> {
    const read = readerOf(path);
    if (read === undefined || typeof before !== "string" || typeof after !== "string") return;
    const now = read(after);
    for (const [name, { line, of }] of read(before)) {
      if (now.has(name) || (of !== undefined && !now.has(of))) continue;
      const why = `takes ${shown(name)} out of the schema: the next migration drops it with its data`;
      yield { what: shown(name), file: path, line, side: "before", why };
    }
  },
  reports: [
    [
      "takes `Order` out of the schema: the next migration drops it with its data",
      changed(
        "prisma/schema.prisma",
        "model User {\n  id Int @id\n}\nmodel Order {\n  id Int @id\n}\n",
        "model User {\n  id Int @id\n}\n",
      ),
    ],
    [
      "takes `User.phone` out of the schema: the next migration drops it with its data",
      changed(
        "prisma/schema.prisma",
        "model User {\n  id Int @id\n  phone String?\n}\n",
        "model User {\n  id Int @id\n}\n",
      ),
    ],
    [
      "takes `orders` out of the schema: the next migration drops it with its data",
      changed(
        "db/schema.sql",
        "CREATE TABLE users (id int);\nCREATE TABLE IF NOT EXISTS orders (id int);\n",
        "CREATE TABLE users (id int);\n",
      ),
    ],
    [
      "takes `orders` out of the schema: the next migration drops it with its data",
      changed("schema.hcl", 'table "users" {\n}\ntable "orders" {\n}\n', 'table "users" {\n}\n'),
    ],
    [
      "takes `orders` out of the schema: the next migration drops it with its data",
      changed(
        "src/db/schema.ts",
        'export const u = pgTable("users", {});\nexport const o = pgTable(\n  "orders", {});\n',
        'export const u = pgTable("users", {});\n',
      ),
    ],
  ],
  ignores: [
    [
      "a relation, which is no column",
      changed(
        "schema.prisma",
        "model A {\n  id Int @id\n  orders Order[]\n}\n",
        "model A {\n  id Int @id\n}\n",
      ),
    ],
    [
      "it keeps its column under another name",
      changed(
        "schema.prisma",
        "model A {\n  id Int @id\n  phone String\n}\n",
        'model A {\n  id Int @id\n  phoneNumber String @map("phone")\n}\n',
      ),
    ],
    [
      "what Rails writes down after a migration",
      changed("db/schema.rb", 'create_table "a"\ncreate_table "b"\n', 'create_table "a"\n'),
    ],
    [
      "a model comes",
      changed(
        "schema.prisma",
        "model A {\n  id Int @id\n}\n",
        "model A {\n  id Int @id\n}\nmodel B {\n  id Int @id\n}\n",
      ),
    ],
  ],
};

export const SCHEMAS: RuleSet = {
  name: "schemas",
  title: "Declared schemas",
  reads: ({ path, isLive }) =>
    isLive && /\.(?:prisma|properties|ya?ml|[cm]?[jt]s|json|java|kt|sql|hcl|py)$/.test(path),
  rules: [SCHEMA_DROPPED, DECLARED_GONE],
};
