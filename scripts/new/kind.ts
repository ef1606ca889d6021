/** Something of which contributors add new ones. Each kind is a file of its own, listed in `kinds.ts`. */
export interface Kind {
  /** What is made, in a few words. */
  readonly summary: string;
  /** The files of a new one. The name has been checked: words in lower case with hyphens between them. */
  files(name: string): readonly NewFile[];
  /** What is entered in files that are there, for what no index takes up by itself. */
  edits?(name: string): readonly Edit[];
  /** What is left to do, a sentence each. */
  readonly next: readonly string[];
}

interface Edit {
  /** From the root of the repository. */
  readonly path: string;
  readonly edit: (text: string) => string;
}

interface NewFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}
