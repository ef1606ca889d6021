import { isMigration } from "../migrations/folder.ts";
import { type Declaration, inModels } from "./models.ts";

type Reader = (text: string) => ReadonlyMap<string, Declaration>;

interface Format {
  readonly files: RegExp;
  readonly read: Reader;
}

const LONGEST = 500;

/** How a notation says where a table begins, what is a column of it, and where it ends. */
interface Notation {
  readonly table: RegExp;
  readonly column: RegExp;
  readonly ends: RegExp;
}

/** The first group names a table, which may stand on the next line; that of a column names it as the database does. */
function tablesBy({ table, column, ends }: Notation): Reader {
  return (text) => {
    const found = new Map<string, Declaration>();
    const lines = text.split("\n");
    let of: string | undefined;
    for (const [index, line] of lines.entries()) {
      const whole = line.trimEnd().endsWith("(") ? `${line}${lines[index + 1] ?? ""}` : line;
      const name = table.exec(whole.slice(0, LONGEST))?.[1];
      if (name !== undefined) {
        of = name;
        found.set(name, { line: index + 1, of: undefined });
        continue;
      }
      const own = of === undefined ? null : column.exec(line.slice(0, LONGEST));
      const columnName = own?.[2] ?? own?.[1];
      if (columnName !== undefined && of !== undefined)
        found.set(`${of}.${columnName}`, { line: index + 1, of });
      if (ends.test(line)) of = undefined;
    }
    return found;
  };
}

/** What is kept in a column of its own; a relation is not. */
const PRISMA =
  /^\s*(\w+)\s+(?:String|Int|BigInt|Float|Decimal|Boolean|DateTime|Json|Bytes)\b(?:.*@map\(\s*(?:name:\s*)?"([^"]+)")?/;

const FORMATS: readonly Format[] = [
  {
    files: /\.prisma$/,
    read: tablesBy({ table: /^\s*model\s+(\w+)\s*\{/, column: PRISMA, ends: /^\s*\}/ }),
  },
  {
    files: /(?:^|\/)(?!terragrunt)[^/]*\.hcl$/,
    read: tablesBy({ table: /^table\s+"(\w+)"/, column: /^\s+column\s+"(\w+)"/, ends: /^\}/ }),
  },
  {
    files:
      /(?:^|\/)(?:schemas?|tables?|ddl)(?:[._-][^/]*)?\.sql$|(?:^|\/)(?:schemas?|[Tt]ables)\/(?:[^/]+\/)*[^/]+\.sql$/,
    read: tablesBy({
      table: /^\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?((?:["`[]?\w+["`\]]?\.)?["`[]?\w+["`\]]?)/i,
      column:
        /^\s*["`[]?(?!(?:PRIMARY|CONSTRAINT|UNIQUE|FOREIGN|CHECK|KEY|INDEX|FULLTEXT|EXCLUDE|LIKE|PARTITION|CREATE|ALTER|COMMENT|GRANT|INSERT|WITH|AS|ON|USING|REFERENCES|SET|SELECT|FROM|RETURN|RETURNS|LANGUAGE|BEGIN|END|DECLARE|DEFAULT|AND|OR|NOT|GENERATED)\b)(\w+)["`\]]?\s+[A-Za-z]/i,
      ends: /;\s*(?:--.*)?$/,
    }),
  },
  {
    files: /\.[cm]?[jt]s$/,
    read: tablesBy({
      table: /\b(?:pg|mysql|sqlite|singlestore|mssql|gel)Table(?:Creator)?\(\s*["'`](\w+)["'`]/,
      column:
        /^\s*(\w+)\s*:\s*(?!(?:index|uniqueIndex|unique|primaryKey|foreignKey|check|one|many|sql)\b)\w+\(\s*(?:["'`](\w+)["'`])?/,
      ends: /^\}/,
    }),
  },
];

/** How the file declares tables, if it does; a migration says what is done, not what there is. */
function readerOf(path: string): Reader | undefined {
  if (isMigration(path)) return undefined;
  return FORMATS.find(({ files }) => files.test(path))?.read ?? inModels(path);
}

/** Both, for classes of TypeScript beside the tables that calls make. */
export function readersOf(path: string): readonly Reader[] {
  const [table, models] = [readerOf(path), isMigration(path) ? undefined : inModels(path)];
  return [...new Set([table, models].filter((read) => read !== undefined))];
}
