import { OutOfSteps } from "../../../notation/steps.ts";
import { type BoundedMatcher, createBoundedMatcher } from "../../../paths/matcher.ts";
import { type Pattern, parsePattern } from "../../../paths/pattern.ts";
import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { added, changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

interface OwnersLine {
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly line: number;
}

/** One side of CODEOWNERS: who owns a path by it. */
interface Owning {
  readonly lines: readonly OwnersLine[];
  readonly of: (path: string) => OwnersLine | "unknown" | undefined;
}

/** The rules of a CODEOWNERS file as far as it takes to compare them; who owns what is the ownership part's to say. */
function linesOf(text: string): readonly OwnersLine[] {
  return text.split("\n").flatMap((raw, index) => {
    const [pattern = "", ...words] = raw.replaceAll("\\ ", "\u0000").trim().split(/\s+/);
    if (pattern === "" || pattern.startsWith("#") || /^\^?\[/.test(pattern)) return [];
    const comment = words.findIndex((word) => word.startsWith("#"));
    const owners = comment === -1 ? words : words.slice(0, comment);
    return [{ pattern: pattern.replaceAll("\u0000", " "), owners, line: index + 1 }];
  });
}

/** What one path may cost; more are refused, and so change nothing here. */
const STEPS_PER_PATH = 20_000;
const STEPS_IN_ALL = 5_000_000;

function owningBy(text: string): Owning {
  const lines = linesOf(text);
  const read = lines.map((line) => ({ line, result: parsePattern(line.pattern) }));
  const known = read.flatMap(({ line, result }) => (result.ok ? [{ line, pattern: result.pattern }] : []));
  const patterns: readonly Pattern[] = known.map(({ pattern }) => pattern);
  const matcher: BoundedMatcher = createBoundedMatcher(patterns, STEPS_PER_PATH, STEPS_IN_ALL);
  return {
    lines,
    of: (path) => {
      const index = matcher.lastMatch(path);
      return index === "over-budget" ? "unknown" : known[index]?.line;
    },
  };
}

/**
 * Paths that a pattern is about, which stand for all of them. What they are called by is in neither text, so that no
 * other line can be written for them alone.
 */
function witnessesOf(pattern: string, name: string): readonly string[] {
  const plain = pattern
    .replace(/^\//, "")
    .replaceAll("**/", "")
    .replaceAll(/\*+|\?/g, name);
  const isFile = /\.\w+$/.test(plain) || pattern.endsWith("*");
  if (plain !== "" && !plain.endsWith("/"))
    return isFile ? [plain] : [`${plain}/${name}`, `${plain}/${name}/${name}`];
  return [`${plain}${name}`, `${plain}${name}/${name}${name}`];
}

const NAMES = ["x", "q", "w", "z", "k", "j", "v", "y", "u", "\u03c8", "\u0436", "\u4e5d"];

/** A name whose letter stands nowhere in the text, where one does not. */
function nameNotIn(text: string): string {
  return (NAMES.find((name) => !text.toLowerCase().includes(name)) ?? "\u{1d54f}").repeat(7);
}

/** Where GitHub looks, the first that is there. */
const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

interface Change {
  readonly file: FileChange;
  /** In neither text. */
  readonly name: string;
  readonly before: Owning;
  readonly after: Owning;
}

const EMPTY = owningBy("");
const known = new WeakMap<readonly FileChange[], Change | null>();

/** The file that counts on each side, wherever it stands: one that comes may take the place of one that stays. */
function changeOf(changed: readonly FileChange[], standing: readonly FileChange[]): Change | null {
  const files = [...changed, ...standing];
  const found = known.get(changed);
  if (found !== undefined) return found;
  const at = (side: "before" | "after") =>
    PLACES.flatMap((place) =>
      files.filter(
        (file) =>
          (side === "before" ? file.previousPath : file.path) === place && typeof file[side] === "string",
      ),
    )[0];
  const [was, is] = [at("before"), at("after")];
  const file = is ?? was;
  const isSame = was !== undefined && was === is && standing.includes(was);
  const text = (one: FileChange | undefined, side: "before" | "after") => owningBy(one?.[side] ?? "");
  const change =
    file === undefined || isSame
      ? null
      : {
          file,
          name: nameNotIn(`${was?.before ?? ""}${is?.after ?? ""}`),
          before: was === undefined ? EMPTY : text(was, "before"),
          after: text(is, "after"),
        };
  known.set(changed, change);
  return change;
}

interface Shift {
  readonly pattern: string;
  readonly was: readonly string[];
  readonly is: readonly string[];
  /** The line that decides now, or the one that did. */
  readonly place: Pick<Finding, "file" | "line" | "side">;
}

/** The paths whose owners differ, by the pattern of either side that is about them. */
function* shiftsOf({ file, before, after, name }: Change): Generator<Shift> {
  const seen = new Set<string>();
  const told = new Set<string>();
  for (const { pattern, line } of [...before.lines, ...after.lines]) {
    for (const path of witnessesOf(pattern, name)) {
      if (seen.has(path)) continue;
      seen.add(path);
      const [was, is] = [before.of(path), after.of(path)];
      if (was === "unknown" || is === "unknown") throw new OutOfSteps();
      if (was === undefined || was.owners.length === 0) continue;
      const place =
        is === undefined
          ? { file: file.path, line: was.line, side: "before" as const }
          : { file: file.path, line: is.line || line, side: "after" as const };
      const shift = { pattern, was: was.owners, is: is?.owners ?? [], place };
      const key = JSON.stringify([pattern, shift.was, shift.is]);
      if (!told.has(key)) yield shift;
      told.add(key);
    }
  }
}

const lower = (owners: readonly string[]) => new Set(owners.map((owner) => owner.toLowerCase()));

const RULE_DROPPED: Rule = {
  id: "owners/rule-dropped",
  kind: "widening",
  asks: "block",
  when: "paths lose their owners by CODEOWNERS: a rule goes, loses them, or another one decides instead",
  *files(files, standing): Generator<Finding> {
    const change = changeOf(files, standing);
    if (change === null) return;
    if (change.file.status === "removed" && change.after.lines.length === 0) {
      const { path } = change.file;
      yield {
        what: shown(path),
        file: path,
        line: 1,
        side: "before",
        why: `deletes ${shown(path)}: nobody owns anything by it any more`,
      };
      return;
    }
    for (const { pattern, was, is, place } of shiftsOf(change)) {
      const now = lower(is);
      if (was.some((owner) => now.has(owner.toLowerCase()))) continue;
      const who = shown(was.join(" "));
      const rest = is.length === 0 ? "nobody owns it now" : `${shown(is.join(" "))} owns it now`;
      yield { what: shown(pattern), ...place, why: `takes ${shown(pattern)} from ${who}: ${rest}` };
    }
  },
  reports: [
    [
      "takes `/infra/` from `@acme/sre`: `@acme/all` owns it now",
      changed(".github/CODEOWNERS", "* @acme/all\n/infra/ @acme/sre\n", "* @acme/all\n"),
    ],
    [
      "takes `/infra/` from `@acme/sre`: `@acme/all` owns it now",
      changed("CODEOWNERS", "* @acme/all\n/infra/ @acme/sre\n", "/infra/ @acme/sre\n* @acme/all\n"),
    ],
    [
      "takes `/infra/prod/` from `@acme/sre`: `@mallory` owns it now",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre\n/infra/prod/ @mallory\n"),
    ],
    [
      "takes `/infra/` from `@acme/sre`: nobody owns it now",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/\n"),
    ],
    [
      "takes `/infra/dev/` from `@acme/sre`: nobody owns it now",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre\n/infra/dev/\n"),
    ],
    [
      "takes `/infra/` from `@acme/sre`: `@mallory` owns it now",
      changed(
        "CODEOWNERS",
        "/infra/ @acme/sre\n",
        "/infra/ @mallory\n/infra/x @acme/sre\n/infra/x/ @acme/sre\n",
      ),
    ],
    [
      "takes `/infra/` from `@acme/sre`: `@mallory` owns it now",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @mallory\n/infra/* @acme/sre\n"),
    ],
    ["deletes `CODEOWNERS`: nobody owns anything by it any more", removed("CODEOWNERS", "* @acme/all\n")],
  ],
  ignores: [
    [
      "rules that do not meet change their order",
      changed("CODEOWNERS", "/a/ @x\n/b/ @y\n", "/b/ @y\n/a/ @x\n"),
    ],
    ["a comment goes", changed("CODEOWNERS", "# /infra/ @acme/sre\n* @x\n", "* @x\n")],
    ["a rule that said the same", changed("CODEOWNERS", "* @x\n/infra/ @x\n", "* @x\n")],
    [
      "it only moves",
      removed("CODEOWNERS", "* @acme/all\n/infra/ @acme/sre\n"),
      added(".github/CODEOWNERS", "* @acme/all\n/infra/ @acme/sre\n"),
    ],
  ],
};

const OWNER_ADDED: Rule = {
  id: "owners/owner-added",
  kind: "widening",
  asks: "block",
  when: "somebody new owns paths beside those who owned them: each owner may sign alone",
  *files(files, standing): Generator<Finding> {
    const change = changeOf(files, standing);
    if (change === null) return;
    for (const { pattern, was, is, place } of shiftsOf(change)) {
      const had = lower(was);
      const fresh = is.filter((owner) => !had.has(owner.toLowerCase()));
      if (fresh.length === 0 || fresh.length === is.length) continue;
      const why = `lets ${shown(fresh.join(" "))} sign for ${shown(pattern)}`;
      yield { what: shown(pattern), ...place, why, before: was.join(" "), after: is.join(" ") };
    }
  },
  reports: [
    [
      "lets `@mallory` sign for `/infra/`",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre @mallory\n"),
    ],
  ],
  ignores: [
    ["paths that nobody owned", changed("CODEOWNERS", "/a/ @x\n", "/a/ @x\n/infra/ @acme/sre\n")],
    ["the same owner in another spelling", changed("CODEOWNERS", "/a/ @Acme/Sre\n", "/a/ @acme/sre\n")],
  ],
};

export const OWNERS: RuleSet = {
  name: "owners",
  title: "CODEOWNERS",
  reads: ({ path, previousPath }) =>
    [path, previousPath].some((each) => /^(?:\.github\/|docs\/|\.gitlab\/)?CODEOWNERS$/.test(each)),
  rules: [RULE_DROPPED, OWNER_ADDED],
};
