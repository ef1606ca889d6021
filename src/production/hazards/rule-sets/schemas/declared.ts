import { isMigration } from "../migrations/folder.ts";

/** Where a table or a column is declared. */
interface Declared {
  readonly line: number;
  /** The table that a column belongs to. */
  readonly of: string | undefined;
}

type Reader = (text: string) => ReadonlyMap<string, Declared>;

interface Format {
  readonly files: RegExp;
  readonly read: Reader;
}

/** The first group names a table; the name may stand on the next line. */
function tablesBy(pattern: RegExp): Reader {
  return (text) => {
    const lines = text.split("\n");
    const found = lines.flatMap((line, index) => {
      const whole = line.trimEnd().endsWith("(") ? `${line}${lines[index + 1] ?? ""}` : line;
      const name = pattern.exec(whole.slice(0, LONGEST))?.[1];
      return name === undefined ? [] : [[name, { line: index + 1, of: undefined }] as const];
    });
    return new Map(found);
  };
}

const LONGEST = 500;
const MODEL = /^\s*model\s+(\w+)\s*\{/;
/** What is kept in a column of its own; a relation is not. */
const FIELD = /^\s*(\w+)\s+(?:String|Int|BigInt|Float|Decimal|Boolean|DateTime|Json|Bytes)\b(.*)/;
const MAPPED = /@map\(\s*(?:name:\s*)?"([^"]+)"/;

/** The models of Prisma with their fields, these by the names of their columns. */
function inPrisma(text: string): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  let of: string | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const model = MODEL.exec(line)?.[1];
    if (model !== undefined) found.set(model, { line: index + 1, of: undefined });
    of = model ?? (/^\s*\}/.test(line) ? undefined : of);
    const field = of === undefined ? null : FIELD.exec(line.slice(0, LONGEST));
    if (field !== null && of !== undefined)
      found.set(`${of}.${MAPPED.exec(field[2] ?? "")?.[1] ?? field[1]}`, { line: index + 1, of });
  }
  return found;
}

const FORMATS: readonly Format[] = [
  { files: /\.prisma$/, read: inPrisma },
  { files: /(?:^|\/)(?!terragrunt)[^/]*\.hcl$/, read: tablesBy(/^table\s+"(\w+)"/) },
  {
    files: /(?:^|\/)(?:schemas?|tables?|ddl)(?:[._-][^/]*)?\.sql$|(?:^|\/)(?:schemas?|Tables)\/[^/]+\.sql$/,
    read: tablesBy(
      /^\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?((?:["`[]?\w+["`\]]?\.)?["`[]?\w+["`\]]?)/i,
    ),
  },
  {
    files: /\.[cm]?[jt]s$/,
    read: tablesBy(/\b(?:pg|mysql|sqlite|singlestore|mssql|gel)Table(?:Creator)?\(\s*["'`](\w+)["'`]/),
  },
];

/** How the file declares tables, if it does; a migration says what is done, not what there is. */
export function readerOf(path: string): Reader | undefined {
  return isMigration(path) ? undefined : FORMATS.find(({ files }) => files.test(path))?.read;
}
