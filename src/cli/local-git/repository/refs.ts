import { NOTE_REFS } from "../../../provenance/attested/notes.ts";
import { Failure } from "../../failure.ts";
import type { Git } from "../process/git.ts";
import { together } from "../process/together.ts";

/** A commit that somebody named. */
export interface Point {
  readonly sha: string;
  /** As the user or git wrote it, to be shown. */
  readonly name: string;
  /** The branch it names, without remote; `null` for a tag, a commit id or a detached HEAD. */
  readonly branch: string | null;
}

/**
 * The names of a repository. Whoever can push chooses names, so none is guessed: each is looked up by the full names
 * that it can stand for, and one that stands for two commits is refused.
 */
export interface Refs {
  /** What is checked out; `null` where that is a branch without a commit. */
  head(): Promise<Point | null>;
  /** The commit of a full name; `null` where there is none. */
  full(ref: string): Promise<Point | null>;
  /** The commit that a name stands for. Throws a `Failure` when it stands for none, or for two. */
  given(name: string): Promise<Point>;
  /** The same; `null` for none. */
  find(name: string): Promise<Point | null>;
  /** Where the branches, tags and the like lead, those below `except` left out. */
  tips(except: readonly string[]): Promise<readonly string[]>;
  /** The commits that hold what tools keep beside commits, in the order in which their notes are joined. */
  notebooks(): Promise<readonly string[]>;
  /** The branch that `origin/HEAD` points at. */
  defaultBranch(): Promise<string | null>;
}

interface Ref {
  readonly name: string;
  readonly id: string;
  /** The name that this one stands for; empty where it leads to an object itself. */
  readonly target: string;
}

const NONE: Promise<readonly Ref[]> = Promise.resolve([]);

/** `named` holds the names, `objects` what they lead to. */
export function openRefs(named: Git, objects: Git): Refs {
  const list = async (patterns: readonly string[]): Promise<readonly Ref[]> => {
    const format = "--format=%(refname)%00%(objectname)%00%(symref)";
    const rows = (await named.text(["for-each-ref", format, "--", ...patterns])).split("\n");
    return rows.slice(0, -1).map((row) => {
      const [name = "", id = "", target = ""] = row.split("\0");
      return { name, id, target };
    });
  };
  const exactly = async (names: readonly string[]): Promise<readonly Ref[]> =>
    (await list(names)).filter(({ name }) => names.includes(name));
  const commitOf = (id: string, steps = ""): Promise<string | null> =>
    objects.find(["rev-parse", "--verify", "--quiet", "--end-of-options", `${id}${steps}^{commit}`]);

  const head = async (): Promise<Ref | null> => {
    const [id, target] = await together([
      named.find(["rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD"]),
      named.find(["symbolic-ref", "--quiet", "HEAD"]),
    ]);
    return id === null ? null : { name: "HEAD", id, target: target ?? "" };
  };
  /** What git leaves beside HEAD for who goes on from there: `FETCH_HEAD`, `ORIG_HEAD`. */
  const besideHead = async (name: string): Promise<readonly Ref[]> => {
    const id = await named.find(["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
    return id === null ? [] : [{ name, id, target: "" }];
  };
  const byId = async (name: string): Promise<readonly Ref[]> => {
    const ids = (await objects.text(["rev-parse", `--disambiguate=${name}`])).split("\n").filter(Boolean);
    return ids.map((id) => ({ name: id, id, target: "" }));
  };

  const candidates = async (name: string): Promise<readonly Ref[]> => {
    if (name.startsWith("refs/")) return (await exactly([name])).filter(isTrusted);
    const [own, checkedOut, beside, ids] = await together([
      exactly([
        `refs/heads/${name}`,
        `refs/tags/${name}`,
        `refs/remotes/${name}`,
        `refs/remotes/${name}/HEAD`,
      ]),
      name === "HEAD" || name === "@" ? head() : Promise.resolve(null),
      /^[A-Z]+_HEAD$/.test(name) ? besideHead(name) : NONE,
      /^[0-9a-f]{4,64}$/i.test(name) ? byId(name) : NONE,
    ]);
    const special = checkedOut === null ? [] : [checkedOut];
    return [...special, ...beside, ...own.filter(isTrusted), ...ids];
  };

  const pointOf = async (ref: Ref, name: string, steps = ""): Promise<Point | null> => {
    const sha = await commitOf(ref.id, steps);
    return sha === null ? null : { sha, name, branch: steps === "" ? branchOf(ref) : null };
  };

  const find = async (asked: string): Promise<Point | null> => {
    const [, name = "", steps = ""] = NAME.exec(asked) ?? [];
    if (name === "") return null;
    const found = await Promise.all(
      (await candidates(name)).map(async (ref) => ({ ref, point: await pointOf(ref, asked, steps) })),
    );
    const commits = found.flatMap(({ ref, point }) => (point === null ? [] : [{ ref, point }]));
    const [first] = commits;
    const other = commits.find(({ point }) => point.sha !== first?.point.sha);
    if (first === undefined || other === undefined) return first?.point ?? null;
    throw new Failure(
      `${asked} means two commits: ${shown(first)} and ${shown(other)}. Write the full name of the one you mean.`,
    );
  };

  return {
    find,
    async head() {
      const ref = await head();
      return ref === null ? null : pointOf(ref, "HEAD");
    },
    async full(name) {
      const [ref] = (await exactly([name])).filter(isTrusted);
      return ref === undefined ? null : pointOf(ref, shortName(name));
    },
    async given(name) {
      const point = await find(name);
      if (point !== null) return point;
      const branch = name === "HEAD" ? await named.find(["symbolic-ref", "--quiet", "HEAD"]) : null;
      throw new Failure(
        branch === null
          ? `${name} is not a commit in this repository: check its spelling, or fetch it first`
          : `the branch ${shortName(branch)} has no commit yet: nothing can be checked`,
      );
    },
    async tips(except) {
      const refs = (await list([])).filter(({ name }) => !except.some((folder) => name.startsWith(folder)));
      const detached = await head();
      return [...new Set([...refs.map(({ id }) => id), ...(detached === null ? [] : [detached.id])])];
    },
    async notebooks() {
      const refs = await exactly(NOTE_REFS);
      return NOTE_REFS.flatMap((ref) => refs.find(({ name }) => name === ref)?.id ?? []);
    },
    async defaultBranch() {
      const [ref] = (await exactly([ORIGIN_HEAD])).filter(isTrusted);
      return ref === undefined ? null : ref.target.slice(ORIGIN.length);
    },
  };
}

const ORIGIN = "refs/remotes/origin/";
const ORIGIN_HEAD = `${ORIGIN}HEAD`;

/** A name as git lets one be, and the steps back from there. */
const NAME = /^([^\s~^:?*[\\\p{Cc}]+?)((?:[~^]\d*)*)$/u;

/** A remote's HEAD stands for another of its branches; one that leads to a commit itself was pushed as a branch. */
function isTrusted({ name, target }: Ref): boolean {
  const [, remote] = /^(refs\/remotes\/.+\/)HEAD$/.exec(name) ?? [];
  return remote === undefined || target.startsWith(remote);
}

/** Of `HEAD` and `origin/HEAD` the branch that they stand for. */
function branchOf({ name, target }: Ref): string | null {
  const [, local, remote] = /^refs\/(?:heads\/(.+)|remotes\/[^/]+\/(.+))$/.exec(target || name) ?? [];
  return local ?? remote ?? null;
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|remotes)\//, "");
}

function shown({ ref, point }: { readonly ref: Ref; readonly point: Point }): string {
  return ref.name === point.sha ? `the commit ${point.sha}` : `${ref.name} (${point.sha.slice(0, 12)})`;
}
