import type { Unread } from "../hazard.ts";

/** A file that a rule has to read cannot be read: nothing may be told from it. */
export class NotRead extends Error {
  override readonly name = "NotRead";
  readonly why: Unread;

  constructor(why: Unread) {
    super(why);
    this.why = why;
  }
}
