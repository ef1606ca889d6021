import { full, NAME, plain } from "./names.ts";

/** What a section of a file makes before one of its statements. */
export interface OwnTables {
  /** Made by it, so that nothing that was there is lost with them. */
  readonly created: Has;
  /** Dropped after it made them, or put in place again with what they held. */
  readonly replaced: Has;
  /** `table.column`: added by it, so that no value is lost when they are filled. */
  readonly columns: Has;
  /** Tables whose row security it switches on. */
  readonly secured: Has;
  /** Views that are made anywhere in it, which hold nothing of their own. */
  readonly views: Has;
  /** Made after the statement. */
  readonly later: {
    readonly trigger: (name: string) => boolean;
    readonly policy: (name: string, table: string) => boolean;
  };
}

interface Has {
  readonly has: (name: string) => boolean;
}

/** With `IF NOT EXISTS` the table may have been there, so that it is not the file's own. */
const CREATES = new RegExp(`^CREATE ((?:[A-Z]+ )*?)TABLE (?!IF NOT EXISTS)${NAME}`, "i");
const RENAMES = new RegExp(`^ALTER TABLE ${NAME} RENAME TO ${NAME}`, "i");
const ADDS = new RegExp(`^ALTER TABLE ${NAME} ADD (?:COLUMN )?(?!IF NOT EXISTS)["\`[(]?(\\w+)`, "i");
const TRIGGERS = new RegExp(
  `^CREATE (?:OR REPLACE |OR ALTER )?(?:DEFINER ?= ?\\S+ )?(?:CONSTRAINT |EVENT )?TRIGGER ${NAME}`,
  "i",
);
const POLICIES = new RegExp(`^CREATE POLICY ${NAME} ON ${NAME}`, "i");
/** A copy of every row. */
const COPIES = new RegExp(
  `^(?:INSERT (?:OR \\w+ )?INTO|CREATE TABLE) ${NAME}(?!.*\\b(?:WHERE|LIMIT|JOIN|DISTINCT|FETCH)\\b).*\\bFROM (?:ONLY )?${NAME}`,
  "i",
);
const SECURES = new RegExp(`^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?${NAME} ENABLE ROW LEVEL SECURITY`, "i");
const VIEWS = new RegExp(`^CREATE (?:[A-Z]+ )*?VIEW (?:IF NOT EXISTS )?${NAME}`, "i");
/** After it, the same name may be that of another table, or what was made is gone. */
const ELSEWHERE =
  /^(?:SET (?:LOCAL |SESSION )?(?:search_path|schema|current_schema)\b|USE\b|\\c|\\connect\b|ALTER SESSION\b|SELECT .{0,40}set_config\b|ROLLBACK\b|RESET\b)/i;

/** Where each name comes up first. A name that no schema is said of may mean a temporary table. */
class Names {
  readonly #first = new Map<string, number>();
  readonly #temporary = new Map<string, number>();

  add(name: string, at: number, { isTemporary = false } = {}): void {
    const names = isTemporary ? this.#temporary : this.#first;
    if (!names.has(full(name))) names.set(full(name), at);
  }

  before(name: string, at: number): boolean {
    const own = full(name);
    const first = this.#first.get(own) ?? Number.POSITIVE_INFINITY;
    const temporary = plain(name).includes(".") ? undefined : this.#temporary.get(own);
    return Math.min(first, temporary ?? Number.POSITIVE_INFINITY) < at;
  }
}

/** For each statement, in their order, what the section has made before it. */
export function ownTablesOf(statements: readonly { readonly text: string }[]): (at: number) => OwnTables {
  let section = new Section();
  const sections = statements.map(({ text }, at) => {
    if (ELSEWHERE.test(text)) section = new Section();
    section.read(text, at);
    return section;
  });
  return (at) => {
    const here = sections[at] ?? section;
    return {
      created: { has: (name) => here.created.before(name, at) },
      replaced: {
        has: (name) => here.created.before(name, at) || here.replaced.has(full(name)),
      },
      columns: { has: (name) => here.columns.before(name, at) },
      secured: { has: (name) => here.secured.before(name, at) },
      views: { has: (name) => here.views.before(name, statements.length) },
      later: {
        trigger: (name) => here.isMadeAfter(at, "trigger", name),
        policy: (name, table) => here.isMadeAfter(at, "policy", name, table),
      },
    };
  };
}

class Section {
  readonly created = new Names();
  readonly columns = new Names();
  readonly views = new Names();
  readonly secured = new Names();
  /** Dropped, and put in place again with what they held. */
  readonly replaced = new Set<string>();
  /** Where each trigger and policy is made last. */
  readonly #last = new Map<string, number>();
  /** The tables that every row of another one was copied to. */
  readonly #copies = new Map<string, Set<string>>();

  read(text: string, at: number): void {
    const made = CREATES.exec(text);
    if (made?.[2] !== undefined)
      this.created.add(made[2], at, { isTemporary: /\bTEMP/i.test(made[1] ?? "") });
    const [, altered, column] = ADDS.exec(text) ?? [];
    if (altered !== undefined && column !== undefined) this.columns.add(`${altered}.${column}`, at);
    const trigger = TRIGGERS.exec(text)?.[1];
    if (trigger !== undefined) this.#last.set(madeKey("trigger", trigger), at);
    const [, policy, on] = POLICIES.exec(text) ?? [];
    if (policy !== undefined && on !== undefined) this.#last.set(madeKey("policy", policy, on), at);
    const secured = SECURES.exec(text)?.[1];
    if (secured !== undefined) this.secured.add(secured, at);
    const view = VIEWS.exec(text)?.[1];
    if (view !== undefined) this.views.add(view, at);
    const [, to, from] = COPIES.exec(text) ?? [];
    if (to !== undefined && from !== undefined) this.#copiesOf(from).add(full(to));
    const [, old, name] = RENAMES.exec(text) ?? [];
    if (old !== undefined && name !== undefined && this.#copiesOf(name).has(full(old)))
      this.replaced.add(full(name));
  }

  isMadeAfter(at: number, ...what: readonly string[]): boolean {
    return (this.#last.get(madeKey(...what)) ?? -1) > at;
  }

  #copiesOf(name: string): Set<string> {
    const found = this.#copies.get(full(name)) ?? new Set();
    this.#copies.set(full(name), found);
    return found;
  }
}

function madeKey(...what: readonly string[]): string {
  return JSON.stringify(what.map(full));
}
