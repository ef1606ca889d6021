import type { BranchFinding } from "../../doctor/branch-findings.ts";

/** Where the pages are that the check links to. */
export interface Site {
  /** GitHub as people see it: `https://github.com`, or the GitHub Enterprise Server. */
  readonly github: string;
  /** The documentation of the version that runs. */
  readonly docs: string;
  /** The App's own pages, without a slash at the end; left out where there are none. */
  readonly ownPages?: string;
  /** GitHub's name for a file on the page of a diff: the SHA-256 of its path, in hexadecimal. */
  readonly diffName: (path: string) => string;
}

/** What was judged: the pull requests that share one head, or those of a merge group. */
export interface Judged {
  readonly site: Site;
  /** `owner/name`. */
  readonly repository: string;
  readonly pulls: readonly number[];
  readonly headSha: string;
  /** The commit from which the config and CODEOWNERS were read, where it is one. */
  readonly rulesSha?: string;
  /** Set for a merge group: the pull request whose verdict is shown; `null` if unknown. */
  readonly group?: { readonly of: number | null };
  /** What is known to be wrong with the branches concerned; left out for nothing. The verdict knows nothing of it. */
  readonly branches?: readonly BranchFinding[];
}

/** A line before the change or after it. */
interface DiffLine {
  readonly line: number;
  readonly side: "before" | "after";
}

/** The addresses of pages; `null` where there is no such page. */
export interface Pages {
  /** Where the change is reviewed. */
  readonly changes: string | null;
  /** A file of the change, in the diff; at the head if no single pull request was judged. */
  readonly file: (path: string, at?: DiffLine) => string | null;
  /** A file from which the rules were read. */
  readonly ruleFile: (path: string, line: number) => string | null;
  /** A file as the change leaves it. */
  readonly headFile: (path: string, line: number) => string | null;
  readonly commit: (sha: string) => string;
  readonly review: (id: number) => string | null;
  /** The login of a person or of an App. */
  readonly account: (login: string) => string | null;
  readonly team: (org: string, slug: string) => string | null;
  /** A page of the documentation, such as `check.md#titles`. */
  readonly doc: (page: string) => string;
}

export function pagesOf({ site, repository, pulls, headSha, rulesSha, group }: Judged): Pages {
  const { github, docs, diffName } = site;
  const home = `${github}/${repository.split("/").map(encode).join("/")}`;
  const shown = group === undefined ? (pulls.length === 1 ? pulls[0] : undefined) : group.of;
  const pull = shown == null ? null : `${home}/pull/${shown}`;
  const blob = (sha: string | undefined, path: string, line?: number) => {
    const name = pathInUrl(path);
    if (name === null || sha === undefined) return null;
    return `${home}/blob/${encode(sha)}/${name}${line === undefined ? "" : `#L${line}`}`;
  };
  return {
    changes: pull === null ? null : `${pull}/files`,
    file: (path, at) => {
      if (pull === null) return at?.side === "before" ? null : blob(headSha, path, at?.line);
      const line = at === undefined ? "" : `${at.side === "before" ? "L" : "R"}${at.line}`;
      return `${pull}/files#diff-${diffName(path)}${line}`;
    },
    ruleFile: (path, line) => blob(rulesSha, path, line),
    headFile: (path, line) => blob(headSha, path, line),
    commit: (sha) => `${home}/commit/${encode(sha)}`,
    review: (id) => (pull === null ? null : `${pull}#pullrequestreview-${id}`),
    account: (login) => {
      const app = /^([a-z0-9][a-z0-9-]*)\[bot\]$/i.exec(login)?.[1];
      if (app !== undefined) return `${github}/apps/${app}`;
      return NAME.test(login) ? `${github}/${login}` : null;
    },
    team: (org, slug) => (NAME.test(org) && NAME.test(slug) ? `${github}/orgs/${org}/teams/${slug}` : null),
    doc: (page) => `${docs}/${page}`,
  };
}

const NAME = /^[a-z0-9_][a-z0-9_-]*$/i;

/** `null` for what a browser would resolve to another path. */
function pathInUrl(path: string): string | null {
  const parts = path.split("/");
  return parts.some((part) => /^\.{0,2}$/.test(part)) ? null : parts.map(encode).join("/");
}

/** Leaves no character that means something to Markdown, and never throws. */
function encode(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*~_]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The name of a rule or a problem on its page of the documentation. */
export function anchorOf(id: string): string {
  return id.replaceAll("/", "-");
}
