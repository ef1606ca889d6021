import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { readMigrationCode } from "../../reading/migration-code.ts";
import { added, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { CODE } from "./folder.ts";

interface Call {
  readonly pattern: RegExp;
  readonly why: (found: RegExpExecArray, next: string) => string | null;
}

function callRule(rule: Pick<Rule, "id" | "when" | "reports" | "ignores">, calls: readonly Call[]): Rule {
  return {
    ...rule,
    kind: "destructive",
    asks: "block",
    *file(file): Generator<Finding> {
      if (!CODE.test(file.path) || file.after === null) return;
      const { after } = file.lines;
      let isWayBack: ((line: number, column: number) => boolean) | undefined;
      for (const [index, { text, line }] of after.entries()) {
        if (/^\s*(?:#|\/\/|\*)/.test(text)) continue;
        for (const { pattern, why } of calls) {
          const found = pattern.exec(text.slice(0, 500));
          if (found === null) continue;
          isWayBack ??= wayBackOf(file);
          const next = after
            .slice(index + 1, index + 4)
            .map((each) => each.text)
            .join(" ");
          const sentence = isWayBack(line, found.index) ? null : why(found, next);
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

/** Whether a place, by its line and column, is only run on the way back; nothing is where the text is not known. */
function wayBackOf({ path, after, steps }: FileChange): (line: number, column: number) => boolean {
  if (typeof after !== "string") return () => false;
  const { isWayBack } = readMigrationCode({ path, text: after, steps });
  const starts = [0, ...[...after.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (line, column) => isWayBack((starts[line - 1] ?? 0) + column);
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

export const TABLE_DROPPED = callRule(
  {
    id: "migrations/table-dropped",
    when: "a migration of Rails, Django, Alembic, Knex, Sequelize, TypeORM, Laravel, Entity Framework, Ecto or Liquibase drops a table",
    reports: [
      ["drops the table `orders` with its data", rails("  def up\n    drop_table :orders\n  end\n")],
      ["drops the table `orders` with its data", alembic("def upgrade():\n    op.drop_table('orders')\n")],
      ...[
        ["db/migrate/20240101000000_a.rb", "def up\n  drop_join_table :orders, :tags\nend\n"],
        ["Migrations/M20240101_A.cs", 'public override void Up() {\n  Delete.Table("orders");\n}\n'],
        [
          "db/migrations/20240101000000_a.php",
          "public function up() {\n  $this->table('orders')->drop()->save();\n}\n",
        ],
        ["migrations/20240101-a.js", 'async up(db) {\n  await db.collection("orders").drop();\n}\n'],
      ].map(
        ([path = "", text = ""]): Example => ["drops the table `orders` with its data", added(path, text)],
      ),
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
      [
        "drops the table `orders`, if it is there, and makes it again without its data",
        rails("  def up\n    create_table :orders, force: :cascade do |t|\n    end\n  end\n"),
      ],
    ],
    ignores: [
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
      [
        "the state alone forgets it",
        added(
          "shop/migrations/0007_step.py",
          "operations = [\n    migrations.SeparateDatabaseAndState(\n        state_operations=[\n            migrations.DeleteModel(name='Order'),\n        ],\n    ),\n]\n",
        ),
      ],
      [
        "the way back of SQL",
        added(
          "shop/migrations/0007_step.py",
          'operations = [\n    migrations.RunSQL(\n        sql="CREATE INDEX i ON p (id)",\n        reverse_sql="DROP TABLE q",\n    ),\n]\n',
        ),
      ],
    ] satisfies readonly Example[],
  },
  [
    {
      pattern: /\bcreate_table\b(.*?\bforce:\s*(?::cascade|true)\b.*)/,
      why: (found, next) =>
        `drops the table ${shown(firstName(found[1] ?? "", next))}, if it is there, and makes it again without its data`,
    },
    {
      pattern:
        /\b(?:drop_table|drop_join_table|dropTable(?:IfExists)?|DropTable)\b(.*)|\bDelete\.Table\((.*)|\btable\((.{1,80})\)->drop\(\)|\.collection\((.{1,80})\)\.drop\(|\bdropCollection\((.*)|\bSchema::drop(?:IfExists)?\b(.*)|\bDeleteModel\b(.*)|\bdrop(?:_if_exists)? table\b(.*)|\bdropTable\b(.*)/,
      why: (found, next) =>
        `drops the table ${shown(firstName(found.slice(1).join(""), next))} with its data`,
    },
  ],
);

export const COLUMN_DROPPED = callRule(
  {
    id: "migrations/column-dropped",
    when: "a migration of one of these frameworks drops a column",
    reports: [
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
    ignores: [
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
        /\b(?:remove_columns?|remove_reference|remove_belongs_to|remove_timestamps|drop_column|dropColumns?|removeColumn|DropColumn|RemoveField)\b(.*)|\bDelete\.Column\((.*)|\bt\.remove\b(.*)|^\s*remove[ (]+(:.*)/,
      why: (found, next) => `drops the column ${shown(names(found.slice(1).join(""), next))} with its data`,
    },
  ],
);

export const DATA_DELETED = callRule(
  {
    id: "migrations/data-deleted",
    when: "a migration of one of these frameworks deletes all rows",
    reports: [
      ["deletes every row of `Order`", rails("  def up\n    Order.delete_all\n  end\n")],
      [
        "deletes every row of `Order`",
        added(
          "shop/migrations/0009_x.py",
          'def forwards(apps, schema_editor):\n    apps.get_model("shop", "Order").objects.all().delete()\n',
        ),
      ],
    ],
    ignores: [["some rows", rails("  def up\n    Order.where(state: nil).delete_all\n  end\n")]],
  },
  [
    {
      pattern:
        /\b([A-Z]\w*)\.(?:unscoped\.)?(?:all\.)?(?:delete_all|destroy_all)\b|\b(\w+)\.objects\.(?:all\(\)\.)?(?:_raw_)?delete\(|\bget_model\(\s*["'](?:\w+["']\s*,\s*["']|\w+\.)(\w+)["']\s*\)\.(?:_default_manager|objects)\.all\(\)\.delete\(/,
      why: ([, model, django, looked]) => `deletes every row of ${shown(model ?? django ?? looked ?? "")}`,
    },
    {
      pattern:
        /\bRepo\.delete_all\(\s*"?([\w.]+)"?\s*\)|\bknex\(\s*['"](\w+)['"]\s*\)\.(?:del|delete|truncate)\(|\bDB::table\(\s*['"](\w+)['"]\s*\)->(?:truncate|delete)\(\s*\)|\b(?:bulkDelete|clearTable)\(\s*['"](\w+)['"]\s*(?:,\s*(?:null|\{\s*\})\s*(?:,[^)]*)?)?\)|\b([A-Z]\w*)::truncate\(/,
      why: (found) =>
        `deletes every row of ${shown(found.slice(1).find((each) => each !== undefined) ?? "")}`,
    },
  ],
);

/** Types that hold whatever another one held. */
const WIDE =
  /\b(?:text|bigint|big_integer|bigInteger|longtext|longText|Text|BigInteger|mediumtext|clob|jsonb?|citext)\b/i;

const changesType = (rest: string, next: string) =>
  WIDE.test(rest) || /\b(?:limit|size):\s*nil\b/.test(rest)
    ? null
    : `changes the type of the column ${shown(names(rest, next))}: values that do not fit are cut or refused`;

export const COLUMN_CHANGED = callRule(
  {
    id: "migrations/column-changed",
    when: "a migration of one of these frameworks changes a column to a type that may hold less",
    reports: [
      [
        "changes the type of the column `users.name`: values that do not fit are cut or refused",
        rails("  def change\n    change_column :users, :name, :string, limit: 20\n  end\n"),
      ],
      [
        "changes the type of the column `users.age`: values that do not fit are cut or refused",
        alembic("def upgrade():\n    op.alter_column('users', 'age', type_=sa.SmallInteger())\n"),
      ],
      [
        "changes the type of the column `users.age`: values that do not fit are cut or refused",
        added(
          "migrations/20240101_step.js",
          "exports.up = (q) => q.changeColumn('users', 'age', { type: S.INTEGER });\n",
        ),
      ],
      [
        "changes the type of the column `bio.string`: values that do not fit are cut or refused",
        added(
          "priv/repo/migrations/20240101000000_a.exs",
          "alter table(:users) do\n  modify :bio, :string, size: 40, from: {:text, []}\nend\n",
        ),
      ],
    ],
    ignores: [
      ["it holds more", rails("  def change\n    change_column :users, :name, :text\n  end\n")],
      [
        "the same of Ecto, from what held less",
        added(
          "priv/repo/migrations/20240101000000_a.exs",
          "alter table(:users) do\n  modify :bio, :text, from: :string\nend\n",
        ),
      ],
      [
        "only its default",
        alembic("def upgrade():\n    op.alter_column('users', 'age', server_default='1')\n"),
      ],
    ],
  },
  [
    { pattern: /\bchange_column\b(?!_)(.*)/, why: ([, rest = ""], next) => changesType(rest, next) },
    {
      pattern: /\balter_column\((.*)/,
      why: ([, rest = ""], next) => {
        const call = `${rest} ${next}`.replaceAll(/\bexisting_\w+\s*=\s*[\w.]+(?:\([^)]*\))?/g, "");
        const type = /(?:^|[^\w])type_\s*=\s*(.*)/.exec(call)?.[1];
        return type === undefined
          ? null
          : changesType(WIDE.test(type.slice(0, 40)) ? type : rest.replace(/existing_.*/, ""), next);
      },
    },
    {
      pattern: /\b(?:changeColumn|AlterColumn<\w+>|modifyDataType)\b(.*)/,
      why: ([, rest = ""], next) => changesType(`${rest}${WIDE.test(next) ? next : ""}`, next),
    },
    {
      pattern:
        /\$\w+->(?:string|char|integer|smallInteger|tinyInteger|decimal|float|date)\((.*)\)(?:->\w+\([^)]*\))*->change\(/,
      why: ([, rest = ""], next) => changesType(rest, next),
    },
    {
      pattern:
        /\b(?:string|integer|smallint|specificType|decimal|float)\(([^)]*)\)(?:\.\w+\([^)]*\))*\.alter\(/,
      why: ([, rest = ""], next) => changesType(rest, next),
    },
    {
      // Behind `from:` stands what it was.
      pattern: /^\s*modify[ (]+(:\w+,\s*:(?!text|bigint|utc|map)\w+(?:(?!\bfrom:).)*)/,
      why: ([, rest = ""]) => changesType(rest, ""),
    },
  ],
);

export const COLUMN_RENAMED = callRule(
  {
    id: "migrations/schema-renamed",
    when: "a migration of one of these frameworks renames a table or a column: what runs now fails",
    reports: [
      [
        "renames `users.name`: what runs now and uses it fails",
        rails("  def change\n    rename_column :users, :name, :title\n  end\n"),
      ],
      [
        "renames `orders.sales`: what runs now and uses it fails",
        alembic("def upgrade():\n    op.rename_table('orders', 'sales')\n"),
      ],
    ],
    ignores: [["an index", rails("  def change\n    rename_index :users, :a, :b\n  end\n")]],
  },
  [
    {
      pattern:
        /\b(?:rename_table|rename_column|rename_schema|renameTable|renameColumn|RenameField|RenameModel|RenameTable|RenameColumn|AlterModelTable)\b(.*)|\bSchema::rename\b(.*)|\bnew_column_name\s*=(.*)|\bt\.rename\b(.*)|^\s*rename[ (]+(table\(.*)/,
      why: (found, next) =>
        `renames ${shown(names(found.slice(1).join(""), next))}: what runs now and uses it fails`,
    },
  ],
);
