import { full, NAME } from "./names.ts";

/** How a statement takes back another. */
interface Pair {
  readonly makes: RegExp;
  readonly takes: RegExp;
}

const IF = "(?:IF EXISTS )?";
/** What may have been there before is not taken back. */
const NEW = "(?!IF NOT EXISTS)";
const KIND =
  "((?:MATERIALIZED )?(?:TABLE|VIEW|SCHEMA|DATABASE|TYPE|DOMAIN|SEQUENCE|FUNCTION|EXTENSION|ROLE|USER))";
const LAST = "(?: CASCADE| RESTRICT)?$";
const alter = (rest: string) => new RegExp(`^ALTER TABLE ${NAME} ${rest}`, "i");
const retyped = alter(`(?:ALTER|MODIFY) (?:COLUMN )?${NAME} `);

/** What the groups of both catch has to be equal. */
const PAIRS: readonly Pair[] = [
  {
    makes: new RegExp(`^CREATE (?:UNLOGGED )?${KIND} ${NEW}${NAME}`, "i"),
    takes: new RegExp(`^DROP ${KIND} ${IF}${NAME}(?: ?\\([^()]*\\))?${LAST}`, "i"),
  },
  {
    makes: new RegExp(`^CREATE POLICY ${NAME} ON ${NAME}`, "i"),
    takes: new RegExp(`^DROP POLICY ${IF}${NAME} ON ${NAME}${LAST}`, "i"),
  },
  {
    makes: alter(`ADD (?:COLUMN )?${NEW}(?!CONSTRAINT\\b)${NAME}`),
    takes: alter(`DROP (?:COLUMN )?${IF}(?!CONSTRAINT\\b)${NAME}${LAST}`),
  },
  {
    makes: new RegExp(`^CREATE (?:CONSTRAINT )?TRIGGER ${NEW}${NAME} .*?\\bON ${NAME}`, "i"),
    takes: new RegExp(`^DROP TRIGGER ${IF}${NAME} ON ${NAME}${LAST}`, "i"),
  },
  {
    makes: new RegExp(`^CREATE TRIGGER ${NEW}${NAME}`, "i"),
    takes: new RegExp(`^DROP TRIGGER ${IF}${NAME}$`, "i"),
  },
  { makes: alter(`ADD CONSTRAINT ${NEW}${NAME}`), takes: alter(`DROP CONSTRAINT ${IF}${NAME}${LAST}`) },
  {
    makes: alter(`(?:ADD|ATTACH) PARTITION ${NEW}${NAME}`),
    takes: alter(`(?:DROP|DETACH) PARTITION ${IF}${NAME}`),
  },
  { makes: alter("ENABLE ROW LEVEL SECURITY"), takes: alter("DISABLE ROW LEVEL SECURITY") },
  { makes: alter("FORCE ROW LEVEL SECURITY"), takes: alter("NO FORCE ROW LEVEL SECURITY") },
  { makes: retyped, takes: retyped },
];

const RENAMES = new RegExp(`^ALTER TABLE ${NAME} RENAME (?:(?:COLUMN )?${NAME} )?(?:TO|AS) ${NAME}`, "i");
const LIST = new RegExp(
  `^(DROP (?:TABLE|VIEW|TYPE) ${IF})(${NAME}(?: ?, ?${NAME})+)(${LAST.slice(0, -1)})$`,
  "i",
);

/** Whether a statement only takes back what one of the others makes. */
export function isUndone(statement: string, way: readonly string[]): boolean {
  const list = LIST.exec(statement);
  const each = (list?.[2] ?? "").split(/ ?, ?/);
  const singly = list === null ? [statement] : each.map((name) => `${list[1] ?? ""}${name}`);
  return singly.every((one) => way.some((other) => isTurned(one, other) || takesBack(one, other)));
}

function takesBack(statement: string, other: string): boolean {
  return PAIRS.some(({ makes, takes }) => {
    const [taken, made] = [takes.exec(statement), makes.exec(other)];
    return taken !== null && made !== null && namesIn(taken) === namesIn(made);
  });
}

/** A name that is given back. */
function isTurned(statement: string, other: string): boolean {
  const [, table, column, to] = RENAMES.exec(statement) ?? [];
  const [, otherTable, otherColumn, otherTo] = RENAMES.exec(other) ?? [];
  if (table === undefined || otherTable === undefined) return false;
  const turned = column === undefined ? [otherTo, undefined, otherTable] : [otherTable, otherTo, otherColumn];
  return [table, column, to].every((name, at) => full(name ?? "") === full(turned[at] ?? ""));
}

function namesIn(found: RegExpExecArray): string {
  return found.slice(1).map(full).join(" ");
}
