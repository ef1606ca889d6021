import { once } from "node:events";
import type { Writable } from "node:stream";
import { Failure } from "../../failure.ts";
import type { Git } from "../process/git.ts";
import { decodeBytes } from "./bytes.ts";
import type { GitCommit } from "./commits.ts";
import { FieldSplitter } from "./fields.ts";
import { joinNotes, listNotes } from "./notes.ts";
import { parseCommit } from "./raw-commit.ts";
import { ObjectReader, type RawObject } from "./read.ts";

/** A commit with the paths it changes, both ends of a rename; a merge only brings commits together and has none. */
export interface HistoryCommit extends GitCommit {
  readonly paths: readonly string[];
}

/** Which commits: the ids to go back from, or of those that are left out with `^` before them, and how. */
export interface Selection {
  readonly tips: readonly string[];
  readonly options: readonly string[];
  /** The commits that the note refs name. */
  readonly notes: readonly string[];
}

/**
 * Lists commits and the names of what they change, which stand in the trees: without renames no file is ever opened,
 * which is fast and works in a clone that left the files out.
 */
const WALK = [
  "log",
  "-z",
  "--stdin",
  "--root",
  "--name-status",
  "--no-renames",
  "--diff-merges=off",
  "--ignore-submodules=none",
  "--no-show-signature",
  "--no-decorate",
  "--no-notes",
  "--format=tformat:%H",
];

const OBJECTS = ["cat-file", "--batch", "--buffer"];

/** Reads commits as they are stored, newest first. Each is gone when the next comes. */
export async function readHistory(
  git: Git,
  { tips, options, notes }: Selection,
  onCommit: (commit: HistoryCommit) => void,
): Promise<void> {
  if (tips.length === 0) return;
  const joiner = new CommitJoiner(await listNotes(git, notes), onCommit);
  const reader = new ObjectReader((object) => joiner.take(object));
  const walk = git.chunks([...WALK, ...options], (input) => void input.end(`${tips.join("\n")}\n`));
  let walked: Promise<void> = Promise.resolve();
  const feed = (input: Writable): void => {
    walked = feedObjects(walk, joiner, input);
    walked.catch(() => {});
  };
  const objects = git.chunks(OBJECTS, feed);
  try {
    for await (const chunk of objects) reader.push(chunk);
  } finally {
    // Why the walk failed says more than that no more objects were asked for.
    await walked;
  }
  reader.end();
  joiner.end();
}

async function feedObjects(
  walk: AsyncIterable<Buffer>,
  joiner: CommitJoiner,
  input: Writable,
): Promise<void> {
  const closed = once(input, "close").catch(() => {});
  const walker = new Walker();
  try {
    for await (const chunk of walk) {
      const ids = joiner.expect(walker.push(chunk));
      if (ids !== "" && !input.write(ids)) await Promise.race([once(input, "drain"), closed]);
      if (input.destroyed) return;
    }
    const last = joiner.expect(walker.end());
    input.write(last);
  } finally {
    input.end();
  }
}

interface Walked {
  readonly sha: string;
  readonly paths: readonly string[];
}

/** `M`, and a line break before the first of a commit. */
const STATUS = /^\n?[A-Z]\d*$/;
const SHA = /^[0-9a-f]{40,64}$/;

/** Cuts what `git log` prints into commits with their paths. */
class Walker {
  readonly #fields = new FieldSplitter((field) => this.#take(field));
  #walked: Walked[] = [];
  #sha: string | null = null;
  #paths: string[] = [];
  #awaitsPath = false;

  /** The commits that are whole by now. */
  push(chunk: Buffer): readonly Walked[] {
    this.#fields.push(chunk);
    const walked = this.#walked;
    this.#walked = [];
    return walked;
  }

  end(): readonly Walked[] {
    if (this.#fields.isInField || this.#awaitsPath) {
      throw new Failure("git log ended in the middle of a commit; run it again");
    }
    this.#finish();
    return this.#walked;
  }

  #take(field: string): void {
    if (this.#awaitsPath) {
      this.#paths.push(field);
      this.#awaitsPath = false;
    } else if (field.length < 8 && STATUS.test(field) && this.#sha !== null) {
      this.#awaitsPath = true;
    } else {
      if (!SHA.test(field)) throw new Failure("git log answered out of step; run it again");
      this.#finish();
      this.#sha = field;
    }
  }

  #finish(): void {
    if (this.#sha !== null) this.#walked.push({ sha: this.#sha, paths: this.#paths });
    this.#sha = null;
    this.#paths = [];
  }
}

interface Expected extends Walked {
  readonly notes: readonly string[];
}

/** Joins commits as they were walked with their objects, which come in the same order: the commit, then its notes. */
class CommitJoiner {
  readonly #notesOf: (sha: string) => readonly string[];
  readonly #onCommit: (commit: HistoryCommit) => void;
  #expected: Expected[] = [];
  #next = 0;
  #commit: RawObject | null = null;
  #notes: string[] = [];

  constructor(notesOf: (sha: string) => readonly string[], onCommit: (commit: HistoryCommit) => void) {
    this.#notesOf = notesOf;
    this.#onCommit = onCommit;
  }

  /** The ids of the objects to be read for these commits, a line each. */
  expect(walked: readonly Walked[]): string {
    let ids = "";
    for (const { sha, paths } of walked) {
      const notes = this.#notesOf(sha);
      this.#expected.push({ sha, paths, notes });
      ids += `${[sha, ...notes].join("\n")}\n`;
    }
    return ids;
  }

  take(object: RawObject): void {
    const expected = this.#expected[this.#next];
    const id = this.#commit === null ? expected?.sha : expected?.notes[this.#notes.length];
    if (expected === undefined || object.id !== id)
      throw new Failure("git cat-file answered out of step; run it again");
    if (this.#commit === null) this.#commit = object;
    else this.#notes.push(decodeBytes(object.bytes));
    if (this.#notes.length === expected.notes.length) this.#finish(expected, this.#commit);
  }

  end(): void {
    if (this.#commit !== null || this.#next < this.#expected.length) {
      throw new Failure("git cat-file left out a commit; run it again");
    }
  }

  #finish({ sha, paths }: Expected, { type, bytes }: RawObject): void {
    if (type !== "commit") throw new Failure(`git log lists ${sha}, which is a ${type}`);
    this.#onCommit({ ...parseCommit(bytes), sha, paths, note: joinNotes(this.#notes) });
    this.#commit = null;
    this.#notes = [];
    this.#next += 1;
    // What was answered is let go now and then, so that memory does not grow with the history.
    if (this.#next < FORGET_AFTER) return;
    this.#expected = this.#expected.slice(this.#next);
    this.#next = 0;
  }
}

const FORGET_AFTER = 4_096;
