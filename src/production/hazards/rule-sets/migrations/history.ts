import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { added, changed, type Example, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { isMigration } from "./folder.ts";
import { isLayout } from "./layout.ts";

const FEW = 5;

/** One finding for each file, or one for all of a folder where there are many. */
function* each(
  files: readonly FileChange[],
  { one, many }: { one: (path: string) => string; many: string },
): Generator<Finding> {
  for (const [folder, all] of Map.groupBy(files, ({ path }) => path.replace(/[^/]*$/, ""))) {
    for (const file of all.length > FEW ? all.slice(0, 1) : all) {
      const { path, previousPath, status, lines } = file;
      const side = status === "removed" ? "before" : "after";
      const isMany = all.length > FEW;
      yield {
        what: shown(isMany ? folder : path),
        file: path,
        line: lines[side][0]?.line ?? 1,
        side,
        why: isMany ? `${many.replace("#", String(all.length))} in ${shown(folder)}` : one(previousPath),
      };
    }
  }
}

function isEdited(file: FileChange): boolean {
  const { status, path } = file;
  const isChanged = status === "modified" || status === "changed";
  if (!isChanged || !isMigration(path)) return false;
  const isEmpty = [...file.lines.before, ...file.lines.after].every(({ text }) =>
    /^\s*(?:#|\/\/|--|$)|ActiveRecord::Migration/.test(text),
  );
  // In Python, how far a line is set in is part of what it says.
  const isKnown = path.endsWith(".py") && typeof file.before === "string" && typeof file.after === "string";
  return !(isEmpty && !isKnown) && !isLayout(file);
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function isRenamed({ status, path, previousPath }: FileChange): boolean {
  return status === "renamed" && isMigration(previousPath) && nameOf(previousPath) !== nameOf(path);
}

export const EDITED: Rule = {
  id: "migrations/edited",
  kind: "destructive",
  asks: "block",
  when: "a migration that was there is changed",
  files: (files) =>
    each(files.filter(isEdited), {
      one: () =>
        "edits a migration that may have run already: databases that ran it will differ from those that run it now",
      many: "edits # migrations that may have run already",
    }),
  reports: [
    ...(
      [
        ["db/migrations/0001_a.sql", "insert into a values ('b');\n", "INSERT INTO a VALUES ('B');\n"],
        ["migrations/0001_a.py", "if a:\n    b()\n    c()\n", "if a:\n    b()\nc()\n"],
        ["migrations/0001_a.py", "from a import b\nb()\n", "from c import b\nb()\n"],
        ["alembic/versions/a.py", "x[a:b] = c\n", "x[b] = c\n"],
        ["priv/repo/migrations/20240101000000_a.exs", "add :b, [:c, :d], 1\n", "add :b, :c, :d, 1\n"],
        ["Migrations/20240101000000_B.cs", "namespace A { b(); }\n", "namespace C { b(); }\n"],
        ["migrations/0001_a.py", "a('b c')\n", "a('bc')\n"],
        ["db/changelog/1.xml", "<sql>a b</sql>\n", "<sql>ab</sql>\n"],
      ] as const
    ).map(
      ([path, before, after]): Example => [
        "edits a migration that may have run already: databases that ran it will differ from those that run it now",
        changed(path, before, after),
      ],
    ),
    [
      "edits a migration that may have run already: databases that ran it will differ from those that run it now",
      changed(
        "db/migrate/20240101000000_orders.rb",
        "create_table :orders\n",
        "create_table :orders, id: false\n",
      ),
    ],
    [
      "edits 6 migrations that may have run already in `db/migrations/`",
      ...Array.from({ length: 6 }, (_, index) =>
        changed(`db/migrations/000${index}_a.sql`, "SELECT 1;\n", "SELECT 2;\n"),
      ),
    ],
  ],
  ignores: [
    ...(
      [
        [
          "db/migrate/20240101000000_a.rb",
          "add_column 'a', :b, :limit => 4\n",
          'add_column "a", :b, limit: 4\n',
        ],
        ["db/migrations/0001_a.sql", "create table a (id int);\n", "CREATE TABLE a (\n  id int\n);\n"],
        ["migrations/0001_a.py", "import b\nimport a\na(b)\n", "import a\nimport b\nimport c\n\n\na(b)\n"],
        ["migrations/0001_a.py", "def upgrade():\n    a()\n", "def upgrade() -> None:\n    a()\n"],
        [
          "database/migrations/2024_01_01_000000_a.php",
          "<?php\na(function ($t) { b('c'); });\n",
          "<?php\n\ndeclare(strict_types=1);\n\na(function ($t): void {\n    b('c');\n});\n",
        ],
        [
          "alembic/versions/1a2b3c4d5e6f_a.py",
          "import b\n\nrevision = 'a'\nb(revision)\n",
          'import b\n\nrevision: str = "a"\nb(revision)\n',
        ],
        [
          "migrations/1700000000000-a.ts",
          "import { A, B } from 'b';\nclass C implements A { b: B }\n",
          'import type { A, B } from "b";\nclass C implements A {\n  b: B;\n}\n',
        ],
        [
          "priv/repo/migrations/20240101000000_a.exs",
          "add :b, :string, [null: false]\n",
          "add(:b, :string, null: false)\n",
        ],
        [
          "Migrations/20240101000000_B.cs",
          'namespace A\n{\n    class B { void Up() { Sql("a"); } }\n}\n',
          'namespace A;\n\nclass B\n{\n    void Up() { Sql("a"); }\n}\n',
        ],
        [
          "db/migration/V3__A.java",
          "class A {\n  public void migrate() { a(); }\n}\n",
          "class A {\n  @Override\n  public void migrate() {\n    a();\n  }\n}\n",
        ],
        ["migrations/0001_a.js", "up = a => b('c')\n", 'up = (a) =>\n  b("c");\n'],
        ["migrations/1700000000000-a.ts", "up(): Promise<any> {}\n", "up(): Promise<void> {}\n"],
        ["db/changelog/1.xml", '<a><b id="1"/></a>\n', '<a>\n  <b id="1" />\n</a>\n'],
        ["db/changelog/1.yaml", "- a: {b: c}\n", "- a:\n    b: c\n"],
      ] as const
    ).map(([path, before, after]): Example => ["its layout", changed(path, before, after)]),
    [
      "a formatter breaks a call over lines",
      changed(
        "migrations/versions/4490777c984f_a.py",
        'def upgrade():\n    conn.execute(sa.text("SELECT 1"))\n',
        "def upgrade():\n    conn.execute(\n        sa.text('SELECT 1'),\n    )\n",
      ),
    ],
    ["a new one", added("db/migrate/20240101000000_orders.rb", "create_table :orders\n")],
    ["a comment", changed("db/migrations/0001_orders.sql", "SELECT 1;\n", "-- once\nSELECT 1;\n")],
  ],
};

export const RENAMED: Rule = {
  id: "migrations/renamed",
  kind: "destructive",
  asks: "block",
  when: "a migration that was there gets another name or number",
  files: (files) =>
    each(files.filter(isRenamed), {
      one: (path) => `renames the migration ${shown(path)}: databases that ran it may run it again`,
      many: "renames # migrations that databases may run again",
    }),
  reports: [
    [
      "renames the migration `db/migrations/0001_orders.sql`: databases that ran it may run it again",
      {
        path: "db/migrations/0002_orders.sql",
        previousPath: "db/migrations/0001_orders.sql",
        status: "renamed",
        before: "SELECT 1;\n",
        after: "SELECT 1;\n",
      },
    ],
  ],
  ignores: [
    [
      "it moves with its folder",
      {
        path: "db/migrations/0001_orders.sql",
        previousPath: "sql/migrations/0001_orders.sql",
        status: "renamed",
        before: "SELECT 1;\n",
        after: "SELECT 1;\n",
      },
    ],
  ],
};

export const DELETED: Rule = {
  id: "migrations/deleted",
  kind: "destructive",
  asks: "block",
  when: "a migration is deleted",
  files: (files) =>
    each(
      files.filter(({ status, path }) => status === "removed" && isMigration(path)),
      {
        one: (path) =>
          `deletes the migration ${shown(path)}: new databases will lack what it made, and old ones can no longer tell`,
        many: "deletes # migrations: new databases will lack what they made",
      },
    ),
  reports: [
    [
      "deletes the migration `db/migrations/0001_orders.sql`: new databases will lack what it made, and old ones can no longer tell",
      removed("db/migrations/0001_orders.sql", "CREATE TABLE orders (id int);\n"),
    ],
  ],
  ignores: [["no migration", removed("db/migrations/README.md", "About\n")]],
};
