import { NOTE_REFS } from "../../../provenance/attested/notes.ts";
import { Failure } from "../../failure.ts";
import type { GitCommit } from "../../local-git/commits.ts";
import type { Git } from "../../local-git/git.ts";
import { FieldSplitter } from "./fields.ts";

/** A commit with the paths it changes, both ends of a rename; a merge only brings commits together and has none. */
export interface HistoryCommit extends GitCommit {
  /** Seconds since 1970 by the author's and the committer's clock; 0 when nothing is written there. */
  readonly authoredAt: number;
  readonly committedAt: number;
  readonly parents: number;
  readonly paths: readonly string[];
}

/**
 * Names and statuses of files come from the trees alone: without renames no file is ever opened, which is fast and
 * works in a clone that left the files out. Signatures are not shown: that would start `gpg.program`.
 */
export const HISTORY_LOG: readonly string[] = [
  "log",
  "-z",
  "--name-status",
  "--no-renames",
  "--diff-merges=off",
  "--ignore-submodules=none",
  "--no-show-signature",
  ...NOTE_REFS.map((ref) => `--notes=${ref}`),
  "--no-decorate",
  "--format=tformat:%H%x00%P%x00%at%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00%N",
];

const HEADER_FIELDS = 10;

/** `M`, and a line break before the first of a commit. */
const STATUS = /^\n?[A-Z]\d*$/;

/**
 * Reads commits by one `git log`, newest first; `selection` says which. Each is gone when the next comes, and its
 * texts are parts of longer ones, so who keeps a text should copy it.
 */
export async function readHistory(
  git: Git,
  selection: readonly string[],
  onCommit: (commit: HistoryCommit) => void,
): Promise<void> {
  const reader = new HistoryReader(onCommit);
  for await (const chunk of git.chunks([...HISTORY_LOG, ...selection, "--"])) reader.push(chunk);
  reader.end();
}

class HistoryReader {
  readonly #onCommit: (commit: HistoryCommit) => void;
  readonly #fields = new FieldSplitter((field) => this.#take(field));
  #header: string[] = [];
  #paths: string[] = [];
  #awaitsPath = false;

  constructor(onCommit: (commit: HistoryCommit) => void) {
    this.#onCommit = onCommit;
  }

  push(chunk: Buffer): void {
    this.#fields.push(chunk);
  }

  end(): void {
    const isBetween = this.#header.length === 0 || this.#header.length === HEADER_FIELDS;
    if (this.#fields.isInField || this.#awaitsPath || !isBetween) {
      throw new Failure("git log ended in the middle of a commit; run it again");
    }
    this.#finish();
  }

  #take(field: string): void {
    if (this.#awaitsPath) {
      this.#paths.push(field);
      this.#awaitsPath = false;
    } else if (this.#header.length < HEADER_FIELDS) {
      this.#header.push(field);
    } else if (field.length < 8 && STATUS.test(field)) {
      this.#awaitsPath = true;
    } else {
      this.#finish();
      this.#header.push(field);
    }
  }

  #finish(): void {
    if (this.#header.length === 0) return;
    const [sha = "", parents = "", authoredAt, committedAt, ...rest] = this.#header;
    const [name = "", email = "", committerName = "", committerEmail = "", message = "", note = ""] = rest;
    if (!/^[0-9a-f]{40,64}$/.test(sha)) throw new Failure("git log answered out of step; run it again");
    const commit: HistoryCommit = {
      sha,
      message,
      author: { name, email },
      committer: { name: committerName, email: committerEmail },
      note: note.trim(),
      authoredAt: Number(authoredAt) || 0,
      committedAt: Number(committedAt) || 0,
      parents: parents === "" ? 0 : parents.split(" ").length,
      paths: this.#paths,
    };
    this.#header = [];
    this.#paths = [];
    this.#onCommit(commit);
  }
}

/** The end of the year 9999: what comes after is no time that anybody meant. */
const LATEST = 253_402_300_799;

/** ISO 8601, UTC; `null` when nothing, or nothing possible, is written there. */
export function isoTime(seconds: number): string | null {
  return seconds <= 0 || seconds > LATEST ? null : new Date(seconds * 1000).toISOString();
}
