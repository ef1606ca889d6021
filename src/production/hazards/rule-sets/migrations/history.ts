import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { added, changed, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { isMigration } from "./folder.ts";

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
  const isLayout = packed(before, path) === packed(after, path);
  return (status === "modified" || status === "changed") && isMigration(path) && !isEmpty && !isLayout;
}

/** What a formatter does not change: all but white space, commas at an end, and which quotes are used. */
function packed(lines: readonly { readonly text: string }[], path: string): string {
  const quotes = path.endsWith(".sql") ? /(?!)/g : /"/g;
  return lines
    .map(({ text }) => text.replace(/(?:^|\s)(?:#|\/\/|--\s).*$/, ""))
    .join("")
    .replaceAll(/\s+/g, "")
    .replaceAll(/,(?=[)\]}])/g, "")
    .replaceAll(quotes, "'")
    .replaceAll(/[();]/g, "");
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
