/** A name that nobody uses, and that rules for names of one kind do not reach, such as those that begin with a letter. */
const NOBODYS = "_countersign-doctor_";

/** What `**` may stand for: no folder, one, or several. */
const DEPTHS = [NOBODYS, "", `${NOBODYS}/${NOBODYS}`];

/**
 * Names that a pattern of the config could stand for: rules may reach some of them and not others. What GitHub makes of
 * each is for GitHub to say.
 */
export function examplesOf(pattern: string): readonly string[] {
  const names = DEPTHS.map((deep) =>
    pattern
      .replaceAll("**", deep)
      .replaceAll("*", NOBODYS)
      .replaceAll(/\/{2,}/g, "/")
      .replace(/^\/|\/$/g, ""),
  );
  return [...new Set(names)].filter((name) => name !== "");
}

/** A name that both patterns could stand for, the one of the config and the other of GitHub's; `null` for none. */
export function exampleOfBoth(own: string, theirs: string): string | null {
  const shown = meet(FOLDERS, own.split("/"), withoutClasses(theirs).split("/"));
  return shown === null ? null : shown.join("/") || NOBODYS;
}

/** Any one character of a class stands for all of it. */
function withoutClasses(pattern: string): string {
  const ended = pattern.split("]");
  const last = ended.pop() ?? "";
  return [...ended.map(withoutClass), last].join("");
}

/** What stands before a closing bracket; a class holds at least one character. */
function withoutClass(part: string): string {
  const start = part.indexOf("[");
  const first = start < 0 ? "" : part.charAt(start + 1);
  if (first === "") return `${part}]`;
  return `${part.slice(0, start)}${/[!^]/.test(first) ? "?" : first}`;
}

/** A name is made of folders and these of characters, and patterns have a wildcard for any run of each. */
interface Parts {
  readonly run: string;
  /** Stands for any one part. */
  readonly any: string;
  /** What two runs are shown by. */
  readonly filler: readonly string[];
  /** What both stand for; `null` where they differ. */
  readonly both: (one: string, other: string) => string | null;
}

const CHARACTERS: Parts = {
  run: "*",
  any: "?",
  filler: [NOBODYS],
  both: (one, other) => {
    if (one === "?") return other === "?" ? "x" : other;
    return other === "?" || one === other ? one : null;
  },
};

const FOLDERS: Parts = {
  run: "**",
  any: "*",
  filler: [],
  both: (one, other) => {
    const shown = meet(CHARACTERS, [...one.replaceAll("**", "*")], [...other.replaceAll("**", "*")]);
    return shown === null ? null : shown.join("");
  },
};

/** The parts of a name that both patterns stand for. */
function meet(parts: Parts, one: readonly string[], other: readonly string[]): readonly string[] | null {
  const { run, any, filler, both } = parts;
  const inVain = new Set<string>();
  const from = (at: number, to: number): readonly string[] | null => {
    const [first, second] = [one[at], other[to]];
    if (first === undefined && second === undefined) return [];
    const key = `${at} ${to}`;
    if (inVain.has(key)) return null;
    inVain.add(key);
    const [isRun, isOtherRun] = [first === run, second === run];
    const shorter = (isRun ? from(at + 1, to) : null) ?? (isOtherRun ? from(at, to + 1) : null);
    if (shorter !== null) return isRun && isOtherRun ? [...filler, ...shorter] : shorter;
    if (first === undefined || second === undefined || (isRun && isOtherRun)) return null;
    const shown = both(isRun ? any : first, isOtherRun ? any : second);
    const rest = shown === null ? null : from(isRun ? at : at + 1, isOtherRun ? to : to + 1);
    return shown === null || rest === null ? null : [shown, ...rest];
  };
  return from(0, 0);
}
