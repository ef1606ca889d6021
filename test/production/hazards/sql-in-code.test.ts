import { describe, expect, test } from "@jest/globals";
import { findHazards } from "../../../src/production/hazards/find.ts";

const idsOf = (path: string, after: string) =>
  findHazards([{ path, status: "added", before: null, after }]).map(({ id }) => id);

const RAILS = "db/migrate/20260101000000_step.rb";
const ALEMBIC = "alembic/versions/1a2b3c4d5e6f_step.py";
const DJANGO = "shop/migrations/0009_step.py";
const KNEX = "migrations/20260101_step.js";
const TYPEORM = "src/migrations/1700000000000-Step.ts";
const LARAVEL = "database/migrations/2026_01_01_000000_step.php";
const ECTO = "priv/repo/migrations/20260101000000_step.exs";
const GOOSE = "internal/migrations/00009_step.go";
const EF = "Data/Migrations/20260101000000_Step.cs";
const FLYWAY = "src/main/java/db/migration/V9__Step.java";
const LIQUIBASE = "db/changelog/0009-step.xml";
const CHANGES = "db/changelog/0009-step.yaml";

const up = (body: string) => `class Step < ActiveRecord::Migration[8.0]\n  def up\n${body}\n  end\nend\n`;
const ts = (body: string) => `export class Step {\n  async up(q) {\n${body}\n  }\n  async down() {}\n}\n`;

describe("SQL that a migration of code runs is read as SQL, however its text is written", () => {
  test.each([
    ["in small letters", RAILS, up('    execute "drop table orders"'), "sql/drop-table"],
    ["after another statement", RAILS, up('    execute "SET a = 1; DROP TABLE orders"'), "sql/drop-table"],
    [
      "a here-document",
      RAILS,
      up("    execute <<~SQL\n      DROP\n        TABLE orders\n    SQL"),
      "sql/drop-table",
    ],
    [
      "two here-documents on one line",
      RAILS,
      up("    run(<<~A, <<~B)\n      SELECT 1\n    A\n      DROP TABLE orders\n    B"),
      "sql/drop-table",
    ],
    ["a text of words", RAILS, up("    execute %w[DROP TABLE orders].join(' ')"), "sql/drop-table"],
    [
      "a text in other quotes",
      RAILS,
      up("    execute %q(ALTER TABLE users DROP COLUMN email)"),
      "sql/drop-column",
    ],
    ["many names", RAILS, up('    %w[a b].each { |t| execute "DROP TABLE #{t}" }'), "sql/drop-table"],
    ["texts side by side", RAILS, up('    execute "DROP TABLE " \\\n      "orders"'), "sql/drop-table"],
    [
      "put together",
      RAILS,
      up('    sql = "DROP "\n    sql << "TABLE orders"\n    execute sql'),
      "sql/drop-table",
    ],
    ["a list", RAILS, up('    ["DROP TABLE a", "SELECT 1"].each { |s| execute s }'), "sql/drop-table"],
    [
      "joined from a list",
      KNEX,
      'exports.up = (k) => k.raw(["DROP", "TABLE", "orders"].join(" "));\n',
      "sql/drop-table",
    ],
    ["a template", KNEX, "exports.up = (k) => k.raw(`\n  TRUNCATE \u0024{t}\n`);\n", "sql/truncate"],
    [
      "a template in a template",
      KNEX,
      "exports.up = (k) => k.raw(`DROP TABLE \u0024{`orders`}`);\n",
      "sql/drop-table",
    ],
    [
      "after a regular expression",
      KNEX,
      "exports.up = (k) => /'/.test(a) || k.raw('DROP TABLE orders');\n",
      "sql/drop-table",
    ],
    [
      "after an odd backtick",
      KNEX,
      "const a = /`/;\nexports.up = (k) =>\n  k.raw('DROP TABLE orders');\n",
      "sql/drop-table",
    ],
    ["added up", TYPEORM, ts("    await q.query('DELETE ' + 'FROM ' + table);"), "sql/delete-without-where"],
    [
      "rows by a condition that always holds",
      TYPEORM,
      ts('    await q.query(`DELETE FROM "a" WHERE 1=1`);'),
      "sql/delete-without-where",
    ],
    ["escapes", TYPEORM, ts('    await q.query("\\x44ROP TABLE orders");'), "sql/drop-table"],
    ["the client of Prisma", TYPEORM, ts("    await p.$executeRaw`TRUNCATE TABLE orders`;"), "sql/truncate"],
    [
      "Sequelize",
      KNEX,
      "module.exports = { up: (q) => q.sequelize.query('TRUNCATE orders') };\n",
      "sql/truncate",
    ],
    [
      "a text of Alembic",
      ALEMBIC,
      'def upgrade():\n    op.execute("""\n    DROP TABLE orders\n    """)\n',
      "sql/drop-table",
    ],
    [
      "texts side by side in brackets",
      ALEMBIC,
      'def upgrade():\n    op.execute(\n        "DELETE "\n        "FROM orders"\n    )\n',
      "sql/delete-without-where",
    ],
    ["a name filled in", ALEMBIC, 'def upgrade():\n    op.execute(f"DROP TABLE {name}")\n', "sql/drop-table"],
    [
      "a name filled in by %",
      ALEMBIC,
      'def upgrade():\n    op.execute("DROP TABLE %s" % name)\n',
      "sql/drop-table",
    ],
    [
      "RunSQL",
      DJANGO,
      "class Migration:\n    operations = [\n        migrations.RunSQL('alter table a drop column b'),\n    ]\n",
      "sql/drop-column",
    ],
    [
      "RunSQL with a list",
      DJANGO,
      "class Migration:\n    operations = [migrations.RunSQL(sql=['DROP TABLE a'], reverse_sql='')]\n",
      "sql/drop-table",
    ],
    [
      "after a function for the way back",
      DJANGO,
      "def reverse_a(apps, editor):\n    pass\n\n\nclass Migration:\n    operations = [migrations.RunSQL('DROP TABLE a')]\n",
      "sql/drop-table",
    ],
    [
      "a way back that is run first",
      DJANGO,
      "def reverse_a(apps, editor):\n    editor.execute('DROP TABLE a')\n\n\nclass Migration:\n    operations = [migrations.RunPython(reverse_a)]\n",
      "sql/drop-table",
    ],
    [
      "Laravel",
      LARAVEL,
      "public function up() {\n  DB::statement('DROP TABLE ' . $table);\n}\n",
      "sql/drop-table",
    ],
    [
      "a here-document of PHP",
      LARAVEL,
      "public function up() {\n  DB::unprepared(<<<'SQL'\n    TRUNCATE orders\n  SQL);\n}\n",
      "sql/truncate",
    ],
    ["Ecto", ECTO, 'def up do\n  execute """\n  DROP TABLE orders\n  """\nend\n', "sql/drop-table"],
    [
      "a text of Ecto in other quotes",
      ECTO,
      "def change do\n  execute(~s(DROP TABLE orders), ~s(SELECT 1))\nend\n",
      "sql/drop-table",
    ],
    [
      "Goose",
      GOOSE,
      "func init() { goose.AddMigration(up, down) }\nfunc up(tx *sql.Tx) error {\n\t_, err := tx.Exec(`DROP TABLE orders`)\n\treturn err\n}\n",
      "sql/drop-table",
    ],
    [
      "a function of Goose that is both",
      GOOSE,
      "func init() { goose.AddMigration(down, down) }\nfunc down(tx *sql.Tx) error {\n\t_, err := tx.Exec(`DROP TABLE orders`)\n\treturn err\n}\n",
      "sql/drop-table",
    ],
    ["Entity Framework", EF, 'void Up() {\n  b.Sql(@"DROP TABLE\n    orders");\n}\n', "sql/drop-table"],
    [
      "Flyway in Java",
      FLYWAY,
      'public void migrate(Context c) {\n  s.execute("""\n    TRUNCATE orders\n    """);\n}\n',
      "sql/truncate",
    ],
    [
      "Liquibase",
      LIQUIBASE,
      "<changeSet id='1'>\n  <sql><![CDATA[\n    delete from orders\n  ]]></sql>\n</changeSet>\n",
      "sql/delete-without-where",
    ],
    [
      "Liquibase after a way back",
      LIQUIBASE,
      "<changeSet id='1'>\n  <rollback>DROP TABLE a</rollback>\n  <sql>DROP TABLE orders</sql>\n</changeSet>\n",
      "sql/drop-table",
    ],
    [
      "Liquibase in YAML",
      CHANGES,
      "- changeSet:\n    changes:\n      - sql:\n          sql: DROP TABLE orders\n",
      "sql/drop-table",
    ],
    ["a policy", RAILS, up('    execute "DROP POLICY own ON orders"'), "sql/policy-open"],
    [
      "row level security",
      ALEMBIC,
      "def upgrade():\n    op.execute('ALTER TABLE a DISABLE ROW LEVEL SECURITY')\n",
      "sql/row-security-off",
    ],
    ["a grant", KNEX, "exports.up = (k) => k.raw('grant all on a to public');\n", "sql/grant-wide"],
    [
      "a trigger",
      LARAVEL,
      "public function up() {\n  DB::statement('ALTER TABLE a DISABLE TRIGGER ALL');\n}\n",
      "sql/checks-off",
    ],
    [
      "a trigger that goes",
      ECTO,
      'def up do\n  execute("DROP TRIGGER audit ON orders")\nend\n',
      "sql/trigger-dropped",
    ],
    [
      "a role",
      GOOSE,
      'func up(tx *sql.Tx) error {\n\ttx.Exec("ALTER ROLE app SUPERUSER")\n}\n',
      "sql/grant-wide",
    ],
    [
      "a function with the rights of its owner",
      RAILS,
      up(
        "    execute <<~SQL\n      CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql SECURITY DEFINER\n    SQL",
      ),
      "sql/security-definer",
    ],
    ["a partition", RAILS, up('    execute "ALTER TABLE a DETACH PARTITION a_2019"'), "sql/drop-partition"],
    ["a schema", RAILS, up("    execute 'DROP SCHEMA shop'"), "sql/drop-database"],
    [
      "after a way back in a block",
      RAILS,
      "def change\n  reversible do |dir|\n    dir.down { execute 'SELECT 1' }\n  end\n  execute 'DROP TABLE orders'\nend\n",
      "sql/drop-table",
    ],
    [
      "after a comment that names the way back",
      RAILS,
      up("    # def down\n    execute 'DROP TABLE orders'"),
      "sql/drop-table",
    ],
    [
      "a helper after the way back",
      TYPEORM,
      "class A {\n  async up(q) { await this.wipe(q); }\n  async down() {}\n  async wipe(q) {\n    await q.query('DROP TABLE orders');\n  }\n}\n",
      "sql/drop-table",
    ],
    [
      "a way back that the way there calls",
      TYPEORM,
      "class A {\n  async up(q) { await this.down(q); }\n  async down(q) {\n    await q.query('DROP TABLE orders');\n  }\n}\n",
      "sql/drop-table",
    ],
  ])("%s: %s", (_, path, text, id) => {
    expect(idsOf(path, text)).toContain(id);
  });

  test("where only the diff is known, its lines are read", () => {
    const patch = '@@ -3 +3,3 @@\n   def up\n+    execute "DROP TABLE " \\\n+      "orders"\n';
    const found = findHazards([{ path: RAILS, status: "modified", patch }]);
    expect(found.map(({ id }) => id)).toContain("sql/drop-table");
  });
});

describe("what no migration runs on its way there raises nothing of SQL", () => {
  test.each([
    [
      "the way back",
      RAILS,
      "def up\n  execute 'CREATE TABLE a (id int)'\nend\n\ndef down\n  execute 'DROP TABLE a'\nend\n",
    ],
    [
      "the way back in a block",
      RAILS,
      "def change\n  reversible do |dir|\n    dir.down do\n      execute <<~SQL\n        DROP TABLE a\n      SQL\n    end\n  end\nend\n",
    ],
    [
      "the way back of Alembic",
      ALEMBIC,
      'def upgrade():\n    pass\n\n\ndef downgrade():\n    op.execute("""\nDROP TABLE a\n""")\n',
    ],
    [
      "what Django runs on the way back",
      DJANGO,
      "class Migration:\n    operations = [\n        migrations.RunSQL('CREATE TABLE a (id int)', 'DROP TABLE a'),\n        migrations.RunSQL(\n            sql='SELECT 1',\n            reverse_sql=[\n                'DROP TABLE b',\n            ],\n        ),\n    ]\n",
    ],
    [
      "what a function of Django does on the way back",
      DJANGO,
      "def reverse_a(apps, editor):\n    editor.execute('DROP TABLE a')\n\n\nclass Migration:\n    operations = [migrations.RunPython(forwards, reverse_a)]\n",
    ],
    [
      "what Ecto runs on the way back",
      ECTO,
      'def change do\n  execute("CREATE TABLE a (id int)", "DROP TABLE a")\n  execute """\n  SELECT 1\n  """, """\n  DROP TABLE b\n  """\nend\n',
    ],
    [
      "the way back of Goose",
      GOOSE,
      "func init() { goose.AddMigrationContext(up1, down1) }\nfunc down1(tx *sql.Tx) error {\n\t_, err := tx.Exec(`DROP TABLE orders`)\n\treturn err\n}\n",
    ],
    [
      "the way back of a class",
      TYPEORM,
      "class A {\n  public async down(q: QueryRunner): Promise<void> {\n    await q.query(`DROP TABLE a`);\n  }\n}\n",
    ],
    ["an arrow for the way back", KNEX, "exports.down = (k) =>\n  k\n    .raw('DROP TABLE a');\n"],
    [
      "the way back of Laravel",
      LARAVEL,
      "public function down(): void\n{\n  DB::statement('DROP TABLE a');\n}\n",
    ],
    [
      "the way back of Liquibase",
      LIQUIBASE,
      "<changeSet id='1'>\n  <sql>SELECT 1</sql>\n  <rollback>\n    DROP TABLE a\n  </rollback>\n</changeSet>\n",
    ],
    ["a comment", RAILS, up("    # execute 'DROP TABLE orders'")],
    ["a comment of XML", LIQUIBASE, "<!--\n  <sql>DROP TABLE a</sql>\n-->\n"],
    [
      "what a docstring says",
      ALEMBIC,
      '"""Drop table orders\n\nRevision ID: 1a2b3c4d5e6f\n"""\n\n\ndef upgrade():\n    """Truncate nothing"""\n',
    ],
    ["what is only said", RAILS, up('    say "Drop table orders"\n    raise "Truncate table orders"')],
    ["some rows", KNEX, "exports.up = (k) => k.raw('DELETE FROM a WHERE b = ?', [1]);\n"],
    [
      "rows by a condition in the next text",
      ALEMBIC,
      'def upgrade():\n    op.execute(\n        "DELETE FROM orders "\n        "WHERE a = 1"\n    )\n',
    ],
    [
      "rows by a condition that is added",
      TYPEORM,
      ts("    await q.query('DELETE FROM a ' + 'WHERE ' + condition);"),
    ],
    [
      "a table of its own",
      RAILS,
      up('    create_table :a\n    execute "TRUNCATE a"\n    execute "DROP TABLE a"'),
    ],
    [
      "a column of its own",
      RAILS,
      up("    add_column :users, :state, :string\n    execute \"UPDATE users SET state = 'new'\""),
    ],
    [
      "a policy that is made",
      RAILS,
      up('    execute "CREATE POLICY own ON orders USING (owner = current_user)"'),
    ],
    ["no migration", "src/repo/orders.ts", "const q = `DELETE FROM orders`;\n"],
  ])("%s: %s", (_, path, text) => {
    expect(idsOf(path, text).filter((id) => id.startsWith("sql/"))).toEqual([]);
  });
});
