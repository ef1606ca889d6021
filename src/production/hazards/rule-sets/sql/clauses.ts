import type { SqlStatement } from "../../reading/sql.ts";

/** Statements that need no semicolon before them in some dialects, and what nothing can begin within. */
const BEGINS =
  /"[^"]*"|`[^`]*`|[()]|\b(?:ALTER TABLE|DROP (?:TABLE|DATABASE|SCHEMA)|TRUNCATE TABLE|DELETE FROM|DISABLE TRIGGER \S+ ON|GRANT (?!OPTION)[^();]{1,200}? TO)\b/gi;
/** What a routine does is not done now, and nothing of what is only explained. */
const NOT_NOW =
  /^(?:(?:CREATE|ALTER)(?: OR (?:REPLACE|ALTER))?(?: [\w=@`.]+){0,4}? (?:FUNCTION|PROC(?:EDURE)?|TRIGGER|PACKAGE|RULE)|EXPLAIN(?! \(?ANALYZE))\b/i;
const ALTERS =
  /^ALTER (?:FOREIGN |IGNORE |ONLINE |OFFLINE )?TABLE (?:IF EXISTS )?(?:ONLY )?((?:"[^"]*"|`[^`]*`|\[[^\]]*\]|[\w$.])+) ?(?:\* ?)?/i;
/** Of what a clause of `ALTER TABLE` does: one that names none goes on with the last. */
const VERB =
  /^(?:ADD|ALTER|DROP|MODIFY|CHANGE|RENAME|SET|RESET|ENABLE|DISABLE|FORCE|NO|OWNER|INHERIT|ATTACH|DETACH|TRUNCATE|EXCHANGE|NOCHECK|CHECK|WITH|VALIDATE|CLUSTER|REPLICA|ENGINE|CONVERT|ORDER|ALGORITHM|LOCK|AUTO_INCREMENT)\b/i;
/** More clauses than this are no list that a person wrote. */
const MOST = 2_000;
const MOST_INNER = 20;

/**
 * A statement as the statements that it is made of: those after one another without a semicolon, and of `ALTER TABLE`
 * each clause by itself, without the words that change nothing of what it does.
 */
export function clausesOf(statement: SqlStatement): readonly SqlStatement[] {
  const { line, text: whole } = statement;
  const isNow = !NOT_NOW.test(whole);
  const own = isNow ? [...inTurn(whole), ...inBrackets(whole)] : [whole];
  const all = own.flatMap(alterations);
  // Which of several a text belongs to is not told.
  const strings = all.length === 1 ? statement.strings : [];
  return all.map((text) => ({ line, text, strings }));
}

function inTurn(text: string): readonly string[] {
  const starts = [0];
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(BEGINS)) {
    if (found === "(") depth += 1;
    else if (found === ")") depth -= 1;
    else if (depth <= 0 && index > 0 && /^[A-Z]/i.test(found)) starts.push(index);
  }
  return starts.map((start, at) => text.slice(start, starts[at + 1]).trim());
}

const IN_BRACKETS = /\( ?(?=(?:DELETE FROM|UPDATE \S{1,200} SET)\b)/gi;

/** What changes rows within another statement. */
function inBrackets(text: string): readonly string[] {
  return [...text.matchAll(IN_BRACKETS)].slice(0, MOST_INNER).map(({ 0: found, index }) => {
    const from = index + found.length;
    return text.slice(from, closingBracket(text, from));
  });
}

/** Where the bracket is closed that stands before a place, or the end. */
export function closingBracket(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === "(") depth += 1;
    if (text.charAt(at) === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

function alterations(text: string): readonly string[] {
  const [head, table = ""] = ALTERS.exec(text) ?? [];
  if (head === undefined) return [text];
  let verb = "";
  return listed(text.slice(head.length)).map((clause) => {
    const own = VERB.exec(clause)?.[0];
    if (own !== undefined) verb = own;
    return `ALTER TABLE ${table} ${own === undefined && verb !== "" ? `${verb} ${clause}` : clause}`;
  });
}

/** What stands between commas outside of brackets and quotes. */
function listed(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: sign, index } of text.matchAll(/"[^"]*"|`[^`]*`|[(),]/g)) {
    if (sign === "(") depth += 1;
    else if (sign === ")") depth -= 1;
    else if (sign === "," && depth <= 0 && found.length < MOST) {
      found.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...found, text.slice(start).trim()];
}
