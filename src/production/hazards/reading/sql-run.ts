/** A text within SQL, with the line that it begins on. */
export interface SqlText {
  readonly text: string;
  readonly line: number;
}

interface Running {
  readonly text: string;
  readonly strings: readonly SqlText[];
  readonly bodies: readonly SqlText[];
}

/** Statements that run the texts in them, or keep them for one that does. */
const RUNS =
  /^(?:EXEC(?:UTE)?|PERFORM|PREPARE|DECLARE|SET @|SELECT @|SELECT .{0,200}? INTO @|@?\w+ ?:?= ?|(?:SELECT|CALL) .{0,100}?\b(?:dblink\w*|cron\.schedule\w*|query_to_xml|run_command_on_\w+|exec\w*) ?\()|\\gexec\b/i;
const IS_SET = /^SET (?!@)/i;
/** What stands between two texts that are one. */
const ADDED = /^ ?(?:\+|\|\|)? ?$/;

/** What a statement runs now: the body of a `DO` block, and the texts that it hands on. */
export function runTexts({ text, strings, bodies }: Running): readonly SqlText[] {
  const blocks = /^DO\b/i.test(text) ? bodies : [];
  if (!RUNS.test(text) || IS_SET.test(text)) return blocks;
  const between = text.split("''");
  const texts: SqlText[] = [];
  for (const [index, each] of strings.entries()) {
    const last = texts.at(-1);
    const before = between[index] ?? "";
    const isMore = last !== undefined && !before.includes(",");
    const joint = ADDED.test(before) ? "" : " value$ ";
    const whole = isMore ? { ...last, text: `${last.text}${joint}${each.text}` } : each;
    if (isMore) texts.pop();
    texts.push(whole);
  }
  const isOpen = /^ ?(?:\+|\|\|)/.test(between.at(-1) ?? "");
  return [
    ...blocks,
    ...texts.map((each, index) => filled(each, isOpen && index === texts.length - 1 ? " value$" : "")),
  ];
}

/** With a name for each place that is filled in later. */
function filled({ text, line }: SqlText, end: string): SqlText {
  return { line, text: `${text.replaceAll(/%(?:\d+\$)?[IsL]/g, "value$$")}${end}` };
}

const MAKES_ROUTINE =
  /^(?:CREATE|ALTER)(?: OR (?:REPLACE|ALTER))?(?: [\w=@`.]+){0,4}? (?:FUNCTION|PROC(?:EDURE)?) (?:IF NOT EXISTS )?["`[]?([\w.$"`[\]]+)/i;

/** The routine that a statement makes, by its own name, without its schema. */
export function routineOf(text: string): string | null {
  const name = MAKES_ROUTINE.exec(text)?.[1];
  return name === undefined ? null : lastName(name);
}

const MAKES = /^(?:CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT)\b/i;
const CALLS = /(?<![\w$"`\]])([\w$"`\]]{1,128}) ?\(|^(?:CALL|EXEC(?:UTE)?|PERFORM) ([\w$."`[\]]+)/gi;

/** The names of all that statements call. */
export function callsIn(statements: readonly { readonly text: string }[]): ReadonlySet<string> {
  const calls = new Set<string>();
  for (const { text } of statements) {
    if (MAKES.test(text)) continue;
    for (const [, called, run] of text.matchAll(CALLS)) calls.add(lastName(called ?? run ?? ""));
  }
  return calls;
}

function lastName(name: string): string {
  return name
    .replaceAll(/["`[\]]/g, "")
    .replace(/^.*\./, "")
    .toLowerCase();
}
