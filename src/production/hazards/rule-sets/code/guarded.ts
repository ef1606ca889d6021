import type { FileChange } from "../../reading/change.ts";

/** What a line of code defines: a class, a function or a method, in the notations of many languages. */
const DEFINES =
  /^\s*(?:(?:export|default|public|private|protected|internal|static|async|abstract|final|override|virtual|suspend|open|sealed)\s+){0,6}(?:(?:class|interface|struct|module|def|func|fun|function|fn)\s+(?:\([^)]{0,80}\)\s*)?(\w{1,80})|(?:[\w<>[\],.?]{1,80}\s+)?(\w{1,80})\s*(?:<[^>]{0,80}>\s*)?\([^;]{0,300}(?:\{|=>.*|\bthrows\b.*|,|\()?\s*$)/;
const NO_NAMES = new Set(
  "if for while switch catch return new await throw else with using lock foreach elif match super require import".split(
    " ",
  ),
);

/** A line that says something of the definition below it. */
const SAYS_OF_NEXT = /^\s*(?:@\w|\[[A-Z]\w*[\](]|#\[)/;
/** A setting of the class around it. */
const OF_CLASS = /^\s+(?:permission_classes\s*=|before_action\b|protect_from_forgery\b)/;
const CLASS = /^\s*(?:export\s+)?(?:abstract\s+|public\s+)?class\s+(\w{1,80})/;
/** Where a request goes to, in a line that says who answers it. */
const ROUTE = /["'`](\/[^"'`\s]{0,120})["'`]/;

/** Farther down, a definition is not what an annotation is about. */
const FAR = 15;
/** Farther up, a scope of Phoenix is not the one that a pipeline stands in. */
const NEAR_SCOPE = 3;

function nameIn(line: string): string | undefined {
  const found = line.length > LONGEST ? null : DEFINES.exec(line);
  const call = found?.[2];
  return found?.[1] ?? (call === undefined || NO_NAMES.has(call) ? undefined : call);
}

const LONGEST = 500;

/** Only some methods of a controller, by their names. */
const ONLY = /\bonly:\s*(?:\[([^\]]{1,300})\]|(:\w{1,80}))/;
/** What answers, by the name it is listed under. */
const LISTED = /^\s*["']?(\w{1,80})["']?:(?!:)/;

/** What the guard in a line stands before; `undefined` where it cannot be told. */
function subjectsAt(
  lines: readonly string[],
  index: number,
  around: string | undefined,
): readonly (string | undefined)[] {
  const line = lines[index] ?? "";
  const only = ONLY.exec(line);
  const methods = (only?.[1] ?? only?.[2])?.match(/\w+/g);
  if (OF_CLASS.test(line)) return methods ?? [around];
  if (/^\s*pipe_through\b/.test(line)) {
    const above = lines.slice(Math.max(0, index - NEAR_SCOPE), index);
    return [ROUTE.exec(above.findLast((each) => /^\s*scope\b/.test(each)) ?? "")?.[1]];
  }
  if (!SAYS_OF_NEXT.test(line)) return [ROUTE.exec(line)?.[1] ?? LISTED.exec(line)?.[1]];
  const below = lines.slice(index + 1, index + 1 + FAR);
  const next = below.find((each) => each.trim() !== "" && !SAYS_OF_NEXT.test(each));
  return [next === undefined ? undefined : nameIn(next)];
}

/** The class that each line stands in, by their indents. */
function* withClasses(
  lines: readonly string[],
): Generator<readonly [index: number, line: string, around: string | undefined]> {
  const open: { readonly indent: number; readonly name: string }[] = [];
  for (const [index, line] of lines.entries()) {
    const indent = line.search(/\S/);
    while (indent !== -1 && indent <= (open.at(-1)?.indent ?? -1)) open.pop();
    yield [index, line, open.at(-1)?.name];
    const name = CLASS.exec(line)?.[1];
    if (name !== undefined) open.push({ indent, name });
  }
}

/** The guards of one side by the text of their lines, and all that can stand behind one. */
class Side {
  readonly #subjects = new Map<string, Set<string | undefined>>();
  readonly named = new Set<string>();
  readonly guarded = new Set<string>();

  constructor(text: string, isGuard: (line: string) => boolean) {
    const lines = text.split("\n");
    for (const [index, line, around] of withClasses(lines)) {
      for (const name of [nameIn(line), ROUTE.exec(line)?.[1], LISTED.exec(line)?.[1]])
        if (name !== undefined) this.named.add(name);
      if (!isGuard(line)) continue;
      const own = this.#subjects.get(line.trim()) ?? new Set();
      this.#subjects.set(line.trim(), own);
      for (const subject of subjectsAt(lines, index, around)) {
        own.add(subject);
        if (subject !== undefined) this.guarded.add(subject);
      }
    }
  }

  /** What all lines of that text guard. */
  of(guard: string): ReadonlySet<string | undefined> {
    return this.#subjects.get(guard.trim()) ?? new Set();
  }
}

/**
 * Tells of guards that went whether all that they stood before went with them. What comes without a guard may be the
 * same under another name, so that then none is excused.
 */
export function goesWithGuarded(
  { before, after }: FileChange,
  isGuard: (line: string) => boolean,
  others: ReadonlySet<string>,
): (guard: string) => boolean {
  if (typeof before !== "string" || typeof after !== "string") return () => false;
  const [had, has] = [new Side(before, isGuard), new Side(after, isGuard)];
  if ([...has.named].some((name) => !had.named.has(name) && !has.guarded.has(name))) return () => false;
  return (guard) => {
    const still = has.of(guard);
    return [...had.of(guard)].every(
      (subject) =>
        subject !== undefined && (still.has(subject) || !(has.named.has(subject) || others.has(subject))),
    );
  };
}

/** What the lines define or route that come in a file. */
export function namesComing({ lines }: FileChange): readonly string[] {
  return lines.after.flatMap(({ text }) =>
    [nameIn(text), ROUTE.exec(text)?.[1]].filter((name) => name !== undefined),
  );
}

/** What a text defines, and how many lines below belong to it, by how far they are set in. */
export function definitionsIn(text: string): readonly { name: string; line: number; length: number }[] {
  const found: { name: string; line: number; length: number; indent: number }[] = [];
  const open: { name: string; line: number; length: number; indent: number }[] = [];
  const lines = text.split("\n");
  const closeTo = (indent: number, line: number) => {
    for (let last = open.at(-1); last !== undefined && indent <= last.indent; last = open.at(-1)) {
      last.length = line - last.line - 1;
      open.pop();
    }
  };
  for (const [index, line] of lines.entries()) {
    const indent = line.search(/\S/);
    // A bracket that closes what it is set in as far as belongs to it.
    if (indent === -1 || /^\s*[)\]}]/.test(line)) continue;
    closeTo(indent, index + 1);
    const name = nameIn(line);
    if (name === undefined) continue;
    const own = { name, line: index + 1, length: 0, indent };
    found.push(own);
    open.push(own);
  }
  closeTo(-1, lines.length + 1);
  return found;
}

interface Around {
  readonly text: string;
  /** The lines with guards that come. */
  readonly guards: readonly { readonly text: string; readonly line: number }[];
}

const RECEIVER = /^\s*(\w{1,80})\s*\./;
/** Before everything that comes after it. */
const OF_ALL = /^\s*(\w{1,80})\.use\(\s*[\w.]{1,80}(?:\([^()]{0,80}\))?\s*\)\s*;?\s*$/;

/** Whether a line that routes a request stands, without its guard, behind one of the whole router or within a group that has one. */
export function isGuardedAround({ after }: FileChange, { text, guards }: Around): boolean {
  const route = ROUTE.exec(text)?.[1];
  if (typeof after !== "string" || route === undefined || guards.length === 0) return false;
  const lines = after.split("\n");
  const places = lines.flatMap((each, index) => (ROUTE.exec(each)?.[1] === route ? [index + 1] : []));
  return (
    places.length > 0 &&
    places.every((place) => guards.some((guard) => standsAround(lines, { guard, place, text })))
  );
}

function standsAround(
  lines: readonly string[],
  { guard, place, text }: { guard: Around["guards"][number]; place: number; text: string },
): boolean {
  if (guard.line >= place) return false;
  const whole = OF_ALL.exec(guard.text)?.[1];
  const indent = guard.text.search(/\S/);
  if (whole !== undefined)
    return whole === RECEIVER.exec(text)?.[1] && (lines[place - 1] ?? "").search(/\S/) === indent;
  if (!/[{(]\s*$/.test(guard.text)) return false;
  return lines.slice(guard.line, place).every((each) => each.trim() === "" || each.search(/\S/) > indent);
}
