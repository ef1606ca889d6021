import type { Finding } from "../hazard.ts";
import type { LinePattern } from "../line-pattern.ts";
import type { FileChange } from "../reading/change.ts";
import { sidesOf } from "../reading/sides.ts";
import { type Place, placesIn, type Tree, textOf } from "../reading/tree.ts";
import { added, changed, type Example, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { readersOf } from "./schemas/declared.ts";

const SCHEMA_MADE_AGAIN: LinePattern = {
  side: "after",
  pattern:
    /\b(?:ddl-auto|hbm2ddl\.auto)["']?\s*[:=]\s*["']?(create(?:-drop|-only)?|drop)\b|\b(?:synchronize|dropSchema)["']?\s*:\s*(true)\b|\bsync\(\s*\{\s*force\s*:\s*(true)|\bflyway\.clean(?:-on-validation-error|OnValidationError)["']?\s*[:=]\s*(true)|\bclean-disabled["']?\s*[:=]\s*(false)|\bspring\.(?:sql\.init\.mode|datasource\.initialization-mode)\s*=\s*(always)|\bfull_refresh["']?\s*[:=]\s*(true)\b|\bmetadata\.(drop_all)\(|\bdb\.(drop_all)\(|\b(AutomaticMigrationDataLossAllowed)\s*=\s*true|\b(EnsureDeleted)(?:Async)?\(|\.(refreshDatabase|dropSchema|dropDatabase|clearDatabase)\(/,
  why: ([setting = ""]) =>
    `sets ${shown(setting)}: the tables are dropped or changed to fit the code when it starts`,
};

const RUNS_SCRIPTS = /^spring\.(?:sql\.init\.mode|datasource\.initialization-mode)$/;

/** Whether Spring runs the scripts of the schema whenever it starts, in YAML. */
function scriptsIn(tree: Tree | undefined): readonly Place[] {
  if (tree === undefined) return [];
  return placesIn(tree).filter(
    ({ path, value }) => RUNS_SCRIPTS.test(path.join(".")) && textOf(value).toLowerCase() === "always",
  );
}

const SCHEMA_DROPPED: Rule = {
  id: "migrations/schema-made-again",
  kind: "destructive",
  asks: "block",
  when: "a framework drops or changes the tables by itself when it starts",
  lines: [SCHEMA_MADE_AGAIN],
  *file(file): Generator<Finding> {
    if (!/^(?=[\s\S]*\bspring\b)[\s\S]*\balways\b/.test(file.after ?? "")) return;
    const { before, after } = sidesOf(file);
    if (before === undefined || scriptsIn(before).length > 0) return;
    for (const { path, line } of scriptsIn(after)) {
      const what = shown(`${path.join(".")}: always`);
      const why = `sets ${what}: the tables are dropped or changed to fit the code when it starts`;
      yield { what, file: file.path, line, side: "after", why };
    }
  },
  reports: [
    [
      "sets `spring.sql.init.mode: always`: the tables are dropped or changed to fit the code when it starts",
      changed(
        "src/main/resources/application.yml",
        "spring:\n  sql:\n    init:\n      mode: never\n",
        "spring:\n  sql:\n    init:\n      mode: always\n",
      ),
    ],
    [
      "sets `ddl-auto=create-drop`: the tables are dropped or changed to fit the code when it starts",
      changed(
        "src/main/resources/application.properties",
        "spring.jpa.hibernate.ddl-auto=validate\n",
        "spring.jpa.hibernate.ddl-auto=create-drop\n",
      ),
    ],
  ],
  ignores: [
    [
      "only of a database in memory",
      changed("application.yml", "spring:\n  sql.init.mode: never\n", "spring:\n  sql.init.mode: embedded\n"),
    ],
    ["it only checks", added("application.properties", "spring.jpa.hibernate.ddl-auto=validate\n")],
  ],
};

/** What other files declare after the change: there a model may have moved. */
function declaredIn(files: readonly FileChange[]): ReadonlySet<string> {
  return new Set(
    files.flatMap(({ path, after }) =>
      typeof after === "string" ? readersOf(path).flatMap((read) => [...read(after).keys()]) : [],
    ),
  );
}

const DECLARED_GONE: Rule = {
  id: "migrations/declared-removed",
  kind: "destructive",
  asks: "block",
  when: "a table or a column leaves a declared schema (Prisma, Drizzle, Atlas, SQL, models of Django, SQLAlchemy, TypeORM), which the next migration drops",
  *file(file, files): Generator<Finding> {
    const { path, before, after } = file;
    if (typeof before !== "string" || after === undefined) return;
    for (const read of readersOf(path)) {
      const now = read(after ?? "");
      const gone = [...read(before)].filter(
        ([name, { of }]) => !now.has(name) && (of === undefined || now.has(of)),
      );
      if (gone.length === 0) continue;
      const elsewhere = declaredIn(files.filter((other) => other !== file));
      for (const [name, { line }] of gone) {
        if (elsewhere.has(name)) continue;
        const why = `takes ${shown(name)} out of the schema: the next migration drops it with its data`;
        yield { what: shown(name), file: path, line, side: "before", why };
      }
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
    ...(
      [
        [
          "shop/models.py",
          "class User(models.Model):\n    name = models.TextField()\n",
          "class Order(Base):\n    id = Column(Integer)\n",
          "Order",
        ],
        [
          "shop/models.py",
          "class Order(models.Model):\n    id = models.AutoField()\n",
          "    total = models.IntegerField()\n",
          "Order.total",
        ],
        [
          "src/user.ts",
          "@Entity()\nclass User {\n  @Column() name: string;\n",
          "  @Column()\n  phone?: string;\n",
          "User.phone",
        ],
        ["schema/orders.sql", "CREATE TABLE orders (\n  id int,\n", "  note text,\n", "orders.note"],
        [
          "src/schema.ts",
          'const a = pgTable("a", {\n  id: uuid("id"),\n',
          '  note: text("note"),\n',
          "a.note",
        ],
        ["schema.hcl", 'table "a" {\n', '  column "b" {\n  }\n', "a.b"],
      ] as const
    ).map(
      ([path, kept, gone, name]): Example => [
        `takes \`${name}\` out of the schema: the next migration drops it with its data`,
        changed(path, `${kept}${gone}`, kept),
      ],
    ),
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
      "a model that moves to another file",
      changed(
        "shop/models.py",
        "class A(models.Model):\n    b = models.TextField()\nclass C(models.Model):\n    d = models.TextField()\n",
        "class A(models.Model):\n    b = models.TextField()\n",
      ),
      added("till/models.py", "class C(models.Model):\n    d = models.TextField()\n"),
    ],
    [
      "a class of a client, which stands for no table",
      changed(
        "sdk/models/batch.py",
        'class Batch(BaseModel):\n    id: str = Field(description="a")\n',
        "class Other(BaseModel):\n    pass\n",
      ),
    ],
    [
      "what is no column of a model",
      changed(
        "shop/models.py",
        "class A(models.Model):\n    b = models.TextField()\n    def c(self):\n        return 1\n",
        "class A(models.Model):\n    b = models.TextField()\n",
      ),
    ],
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
    isLive && /\.(?:prisma|properties|ya?ml|[cm]?[jt]s|json|java|kt|cs|sql|hcl|py)$/.test(path),
  rules: [SCHEMA_DROPPED, DECLARED_GONE],
};
