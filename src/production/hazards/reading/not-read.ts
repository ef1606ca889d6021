import type { Unread } from "../hazard.ts";

/** A file that a rule has to read cannot be read: nothing may be told from it. */
export class NotRead extends Error {
  override readonly name = "NotRead";
  readonly why: Unread;
  readonly path: string;

  constructor(why: Unread, path: string) {
    super(why);
    this.why = why;
    this.path = path;
  }
}
