/** Where a table or a column is declared. */
export interface Declaration {
  readonly line: number;
  /** The table that a column belongs to. */
  readonly of: string | undefined;
}

/** How classes stand for tables, of which the framework's next migration makes the difference. */
interface Models {
  readonly files: RegExp;
  readonly class: RegExp;
  /** A line that makes a class one that stands for a table. */
  readonly field: RegExp;
}

const LONGEST = 500;

const PYTHON: Models = {
  files: /(?:^|\/)(?:models?|entities|tables|orm)(?:\.py$|\/(?:[^/]+\/)*[^/]+\.py$)/,
  class: /^class\s+(\w{1,80})\s*[(:]/,
  field:
    /^\s+(\w{1,80})\s*(?::[^=]{1,200})?=\s*(?:models\.|db\.|sa\.|fields\.)?(?:\w+Field|Field(?=\(.*\bprimary_key\b)|ForeignKey|OneToOneField|Column|mapped_column)\(/,
};

const ENTITIES: Models = {
  files: /\.ts$/,
  class: /^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(\w{1,80})/,
  field: /^\s+(?:(?:public|private|protected|readonly|declare)\s+)*(\w{1,80})[!?]?\s*:\s*\S/,
};

/** The line before a field, or what stands before it in its line. */
const COLUMN = /^\s*@(?:\w*Column|Property|PrimaryKey|Enum)\s*\(/;
const NAMED = /\bdb_column\s*=\s*["'](\w+)["']/;

function fromPython(text: string): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  let open: { readonly name: string; readonly line: number } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const name = PYTHON.class.exec(line)?.[1];
    if (name !== undefined) open = { name, line: index + 1 };
    else if (/^\S/.test(line)) open = undefined;
    const field = open === undefined ? null : PYTHON.field.exec(line.slice(0, LONGEST));
    if (field === null || open === undefined) continue;
    if (!found.has(open.name)) found.set(open.name, { line: open.line, of: undefined });
    const column = NAMED.exec(line.slice(0, LONGEST))?.[1] ?? field[1];
    found.set(`${open.name}.${column}`, { line: index + 1, of: open.name });
  }
  return found;
}

function fromEntities(text: string): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  let open: string | undefined;
  let isEntity = false;
  let isColumn = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (/^\s*@Entity\(/.test(line)) isEntity = true;
    const name = ENTITIES.class.exec(line)?.[1];
    if (name !== undefined) {
      open = isEntity ? name : undefined;
      isEntity = false;
      if (open !== undefined) found.set(open, { line: index + 1, of: undefined });
    }
    if (COLUMN.test(line)) isColumn = true;
    const bare = line.slice(0, LONGEST).replace(/^\s*@\w+\([^)]*\)/, " ");
    const field = isColumn && open !== undefined ? ENTITIES.field.exec(bare)?.[1] : undefined;
    if (field === undefined || open === undefined) continue;
    found.set(`${open}.${field}`, { line: index + 1, of: open });
    isColumn = false;
  }
  return found;
}

/** How the file declares models: of Django and SQLAlchemy, of TypeORM and MikroORM. */
export function inModels(path: string): ((text: string) => ReadonlyMap<string, Declaration>) | undefined {
  if (PYTHON.files.test(path)) return fromPython;
  return ENTITIES.files.test(path) ? fromEntities : undefined;
}
