import type { Finding } from "../hazard.ts";
import { isLive } from "../live.ts";
import type { FileChange } from "../reading/change.ts";
import { added, changed, type Example, type Rule, removed, type System } from "../rule.ts";
import { shown } from "../words.ts";

const FOLDER =
  /(?:^|\/)(?:migrations?|migrate|Migrations|alembic\/versions|db\/(?:migrate|migration|changelog)|database\/migrations|versions|changelogs?|drizzle)\//;
/** A name that says when or in which order it runs. */
const VERSIONED =
  /(?:^|\/)(?:[VRU]?\d[\d._]*[-_][^/]*|\d{3,}[^/]*|[VR]\d*__[^/]*|[0-9a-f]{10,}_[^/]*\.py)(?:\/[^/]*)?$/;
const CODE = /\.(?:rb|py|js|cjs|mjs|ts|php|cs|ex|exs|kt|java|go|xml|ya?ml)$/;

function isMigration(path: string): boolean {
  return (
    FOLDER.test(path) &&
    VERSIONED.test(path) &&
    !/(?:Designer|Snapshot)\.cs$|(?:^|\/)meta\/|\.(?:json|toml|md)$/.test(path)
  );
}

const DOWN =
  /\bdef (?:self\.)?(?:down|downgrade|reverse\w*|backwards?)\b|\bexports\.down\b|\b(?:async\s+)?down\s*(?:\(|[:=]\s*(?:async|function|\())|\bfunction\s+down\b|\bvoid Down\(|\bdir\.down\b|<rollback>|^\s*-?\s*rollback:/;
const OTHER =
  /\bdef \w|\bexports\.\w|\b(?:async\s+)?up\s*(?:\(|[:=]\s*(?:async|function|\())|\bfunction\s+\w|\bvoid \w+\(|\bdir\.up\b|<\/rollback>|<changeSet|^\s*-?\s*changeSet:/;

/** The numbers of the lines that take the migration back. */
function downLines(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  let isDown = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (DOWN.test(line)) isDown = true;
    else if (OTHER.test(line)) isDown = false;
    if (isDown) found.add(index + 1);
  }
  return found;
}

interface Call {
  readonly pattern: RegExp;
  readonly why: (found: RegExpExecArray, next: string) => string | null;
}

function callRule(rule: Pick<Rule, "id" | "when" | "speaks" | "silent">, calls: readonly Call[]): Rule {
  return {
    ...rule,
    kind: "destructive",
    *file(file): Generator<Finding> {
      if (!CODE.test(file.path) || file.after === null) return;
      const { after } = file.lines;
      let down: ReadonlySet<number> | undefined;
      for (const [index, { text, line }] of after.entries()) {
        if (/^\s*(?:#|\/\/|\*)/.test(text)) continue;
        for (const { pattern, why } of calls) {
          const found = pattern.exec(text.slice(0, 500));
          if (found === null) continue;
          down ??= typeof file.after === "string" ? downLines(file.after) : new Set();
          const next = after
            .slice(index + 1, index + 4)
            .map((each) => each.text)
            .join(" ");
          const sentence = down.has(line) ? null : why(found, next);
          if (sentence === null) continue;
          yield {
            what: shown(found[0]),
            file: file.path,
            line,
            side: "after",
            why: sentence,
            after: text.trim().slice(0, 160),
          };
          break;
        }
      }
    },
  };
}

const QUOTED = /["'`:]([\w.]+)["'`]?/;
const firstName = (rest: string, next: string) =>
  QUOTED.exec(rest)?.[1] ?? QUOTED.exec(next)?.[1] ?? "a table";
const names = (rest: string, next: string) => {
  const found = [...`${rest} ${next}`.matchAll(/["'`:](\w[\w.]*)["'`]?/g)].map(([, name = ""]) => name);
  return found.length > 1 ? `${found[0]}.${found[1]}` : (found[0] ?? "a column");
};

const rails = (body: string) =>
  added("db/migrate/20240101000000_step.rb", `class Step < ActiveRecord::Migration[7.1]\n${body}end\n`);
const alembic = (body: string) => added("alembic/versions/1a2b3c4d5e6f_step.py", body);

const TABLE_DROPPED = callRule(
  {
    id: "migrations/table-dropped",
    when: "a migration of Rails, Django, Alembic, Knex, Sequelize, TypeORM, Laravel, Entity Framework, Ecto or Liquibase drops a table",
    speaks: [
      ["drops the table `orders` with its data", rails("  def up\n    drop_table :orders\n  end\n")],
      ["drops the table `orders` with its data", alembic("def upgrade():\n    op.drop_table('orders')\n")],
      [
        "drops the table `Order` with its data",
        added(
          "shop/migrations/0007_step.py",
          "operations = [\n    migrations.DeleteModel(\n        name='Order',\n    ),\n]\n",
        ),
      ],
      [
        "drops the table `orders` with its data",
        added("migrations/20240101_step.js", "exports.up = (knex) => knex.schema.dropTable('orders');\n"),
      ],
      [
        "drops the table `orders` with its data",
        added(
          "database/migrations/2024_01_01_000000_step.php",
          "public function up() {\n  Schema::dropIfExists('orders');\n}\n",
        ),
      ],
    ],
    silent: [
      [
        "the way back",
        alembic(
          "def upgrade():\n    op.create_table('orders')\n\ndef downgrade():\n    op.drop_table('orders')\n",
        ),
      ],
      [
        "the way back of Rails",
        rails("  def up\n    create_table :orders\n  end\n\n  def down\n    drop_table :orders\n  end\n"),
      ],
      ["a comment", rails("  def up\n    # drop_table :orders\n  end\n")],
    ] satisfies readonly Example[],
  },
  [
    {
      pattern:
        /\b(?:drop_table|dropTable(?:IfExists)?|DropTable)\b(.*)|\bSchema::drop(?:IfExists)?\b(.*)|\bDeleteModel\b(.*)|\bdrop(?:_if_exists)? table\b(.*)|\bdropTable\b(.*)/,
      why: (found, next) =>
        `drops the table ${shown(firstName(found.slice(1).join(""), next))} with its data`,
    },
  ],
);

const COLUMN_DROPPED = callRule(
  {
    id: "migrations/column-dropped",
    when: "a migration of one of these frameworks drops a column",
    speaks: [
      [
        "drops the column `users.email` with its data",
        rails("  def change\n    remove_column :users, :email, :string\n  end\n"),
      ],
      [
        "drops the column `users.email` with its data",
        alembic("def upgrade():\n    op.drop_column('users', 'email')\n"),
      ],
      [
        "drops the column `user.email` with its data",
        added(
          "shop/migrations/0008_step.py",
          "operations = [\n    migrations.RemoveField(\n        model_name='user',\n        name='email',\n    ),\n]\n",
        ),
      ],
    ],
    silent: [
      ["it adds one", rails("  def change\n    add_column :users, :email, :string\n  end\n")],
      [
        "the way back",
        alembic(
          "def upgrade():\n    op.add_column('users', x)\n\ndef downgrade():\n    op.drop_column('users', 'email')\n",
        ),
      ],
    ],
  },
  [
    {
      pattern:
        /\b(?:remove_columns?|remove_reference|remove_belongs_to|remove_timestamps|drop_column|dropColumns?|removeColumn|DropColumn|RemoveField)\b(.*)|\bt\.remove\b(.*)|^\s*remove[ (]+(:.*)/,
      why: (found, next) => `drops the column ${shown(names(found.slice(1).join(""), next))} with its data`,
    },
  ],
);

const DATA_DELETED = callRule(
  {
    id: "migrations/data-deleted",
    when: "a migration deletes all rows, or runs SQL that drops or empties something",
    speaks: [
      ["deletes every row of `Order`", rails("  def up\n    Order.delete_all\n  end\n")],
      ["runs `TRUNCATE TABLE orders`", rails('  def up\n    execute "TRUNCATE TABLE orders"\n  end\n')],
    ],
    silent: [["some rows", rails("  def up\n    Order.where(state: nil).delete_all\n  end\n")]],
  },
  [
    {
      pattern:
        /\b([A-Z]\w*)\.(?:unscoped\.)?(?:all\.)?(?:delete_all|destroy_all)\b|\b(\w+)\.objects\.all\(\)\.delete\(/,
      why: ([, model, django]) => `deletes every row of ${shown(model ?? django ?? "")}`,
    },
    {
      pattern:
        /\b(?:DROP (?:TABLE|DATABASE|SCHEMA|COLUMN) (?:IF EXISTS )?[\w."`]+|TRUNCATE (?:TABLE )?["`]?[a-z_]\w*)/,
      why: ([sql = ""]) => `runs ${shown(sql)}`,
    },
  ],
);

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

function isEdited({ status, path, lines: { before, after } }: FileChange): boolean {
  const isEmpty = [...before, ...after].every(({ text }) =>
    /^\s*(?:#|\/\/|--|$)|ActiveRecord::Migration/.test(text),
  );
  return (status === "modified" || status === "changed") && isMigration(path) && !isEmpty;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function isRenamed({ status, path, previousPath }: FileChange): boolean {
  return status === "renamed" && isMigration(previousPath) && nameOf(previousPath) !== nameOf(path);
}

const EDITED: Rule = {
  id: "migrations/edited",
  kind: "destructive",
  when: "a migration that was there is changed",
  files: (files) =>
    each(files.filter(isEdited), {
      one: () =>
        "edits a migration that may have run already: databases that ran it will differ from those that run it now",
      many: "edits # migrations that may have run already",
    }),
  speaks: [
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
  silent: [
    ["a new one", added("db/migrate/20240101000000_orders.rb", "create_table :orders\n")],
    ["a comment", changed("db/migrations/0001_orders.sql", "SELECT 1;\n", "-- once\nSELECT 1;\n")],
  ],
};

const RENAMED: Rule = {
  id: "migrations/renamed",
  kind: "destructive",
  when: "a migration that was there gets another name or number",
  files: (files) =>
    each(files.filter(isRenamed), {
      one: (path) => `renames the migration ${shown(path)}: databases that ran it may run it again`,
      many: "renames # migrations that databases may run again",
    }),
  speaks: [
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
  silent: [
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

const DELETED: Rule = {
  id: "migrations/deleted",
  kind: "destructive",
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
  speaks: [
    [
      "deletes the migration `db/migrations/0001_orders.sql`: new databases will lack what it made, and old ones can no longer tell",
      removed("db/migrations/0001_orders.sql", "CREATE TABLE orders (id int);\n"),
    ],
  ],
  silent: [["no migration", removed("db/migrations/README.md", "About\n")]],
};

export const MIGRATIONS: System = {
  name: "migrations",
  title: "Migrations of frameworks",
  reads: ({ path, previousPath }) => (isMigration(path) || isMigration(previousPath)) && isLive(path),
  rules: [TABLE_DROPPED, COLUMN_DROPPED, DATA_DELETED, EDITED, RENAMED, DELETED],
};
