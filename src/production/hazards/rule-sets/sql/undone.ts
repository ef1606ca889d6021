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

/** Tells of a statement whether it only takes back what some of the others make. */
export function takenBackOf(others: readonly string[]): (statement: string) => boolean {
  const made = new Set(others.flatMap(madeBy));
  return (statement) => singly(statement).every((one) => takenBy(one).some((key) => made.has(key)));
}

/** `DROP TABLE a, b` as one statement for each name. */
function singly(statement: string): readonly string[] {
  const [, drop, names] = LIST.exec(statement) ?? [];
  if (drop === undefined || names === undefined) return [statement];
  return names.split(/ ?, ?/).map((name) => `${drop}${name}`);
}

/** What a statement makes, as {@link takenBy} says what another takes back. */
function madeBy(statement: string): readonly string[] {
  return [
    ...PAIRS.flatMap(({ makes }, kind) => keyOf(kind, makes.exec(statement))),
    ...renamed(statement, ({ table, column, to }) =>
      column === "" ? { table: to, column, to: table } : { table, column: to, to: column },
    ),
  ];
}

function takenBy(statement: string): readonly string[] {
  return [
    ...PAIRS.flatMap(({ takes }, kind) => keyOf(kind, takes.exec(statement))),
    ...renamed(statement, (names) => names),
  ];
}

function keyOf(kind: number, found: RegExpExecArray | null): readonly string[] {
  return found === null ? [] : [JSON.stringify([kind, ...found.slice(1).map(full)])];
}

/** A table that gets another name has no column, which is `""`. */
interface Renamed {
  readonly table: string;
  readonly column: string;
  readonly to: string;
}

function renamed(statement: string, as: (names: Renamed) => Renamed): readonly string[] {
  const found = RENAMES.exec(statement);
  if (found === null) return [];
  const [table = "", column = "", to = ""] = found.slice(1).map((name = "") => full(name));
  return [JSON.stringify(["renamed", as({ table, column, to })])];
}
