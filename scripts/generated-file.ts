/** A file that is made from the sources, and kept in the repository for those who only read. */
export interface GeneratedFile {
  readonly file: string;
  readonly make: () => string;
}
