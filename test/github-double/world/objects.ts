import { createHash } from "node:crypto";

/** File modes git knows; `160000` is a submodule, whose id is the commit it points at. */
export type Mode = "100644" | "100755" | "120000" | "160000";

export interface FileEntry {
  readonly mode: Mode;
  readonly sha: string;
}

/** A whole tree, flat: path to entry. */
export type Files = ReadonlyMap<string, FileEntry>;

export interface TreeItem {
  readonly name: string;
  readonly mode: Mode | "40000";
  readonly sha: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 UTC, whole seconds. */
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** Git's object database in memory, with the ids git itself would give. Forks share one store, as on GitHub. */
export class ObjectStore {
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, readonly TreeItem[]>();
  readonly commits = new Map<string, Commit>();
  readonly #flat = new Map<string, Files>();

  blob(content: string | Buffer): string {
    const bytes = Buffer.from(content);
    const sha = objectId("blob", bytes);
    this.blobs.set(sha, bytes);
    return sha;
  }

  /** Stores the tree of a flat listing with all its subtrees and gives the root's id. */
  tree(files: Files): string {
    const sha = this.#subtree([...files].map(([path, entry]) => ({ path: path.split("/"), entry })));
    this.#flat.set(sha, files);
    return sha;
  }

  #subtree(files: readonly { readonly path: readonly string[]; readonly entry: FileEntry }[]): string {
    const items: TreeItem[] = [];
    const groups = Map.groupBy(files, (file) => file.path[0] ?? "");
    for (const [name, group] of groups) {
      const leaf = group.find((file) => file.path.length === 1);
      if (leaf) items.push({ name, ...leaf.entry });
      else
        items.push({
          name,
          mode: "40000",
          sha: this.#subtree(group.map(({ path, entry }) => ({ path: path.slice(1), entry }))),
        });
    }
    items.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const body = Buffer.concat(
      items.map((item) =>
        Buffer.concat([Buffer.from(`${item.mode} ${item.name}\0`), Buffer.from(item.sha, "hex")]),
      ),
    );
    const sha = objectId("tree", body);
    this.trees.set(sha, items);
    return sha;
  }

  commit(content: Omit<Commit, "sha">): Commit {
    const text = [
      `tree ${content.tree}`,
      ...content.parents.map((parent) => `parent ${parent}`),
      `author ${signatureLine(content.author)}`,
      `committer ${signatureLine(content.committer)}`,
      "",
      content.message,
    ].join("\n");
    const commit = { ...content, sha: objectId("commit", Buffer.from(text)) };
    this.commits.set(commit.sha, commit);
    return commit;
  }

  commitAt(sha: string): Commit {
    const commit = this.commits.get(sha);
    if (!commit) throw new Error(`no commit ${sha}`);
    return commit;
  }

  /** All files of a commit. */
  filesAt(commitSha: string): Files {
    return this.filesOf(this.commitAt(commitSha).tree);
  }

  filesOf(tree: string): Files {
    const known = this.#flat.get(tree);
    if (known) return known;
    throw new Error(`no tree ${tree}`);
  }

  bytes(sha: string): Buffer {
    return this.blobs.get(sha) ?? Buffer.alloc(0);
  }
}

function objectId(type: "blob" | "tree" | "commit", body: Buffer): string {
  return createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex");
}

/** Git sorts a directory as if its name ended with a slash. */
function sortKey(item: TreeItem): Buffer {
  return Buffer.from(item.mode === "40000" ? `${item.name}/` : item.name);
}

function signatureLine({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}
