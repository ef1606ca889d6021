/** What one rule of a scanner says of one place: something there destroys or lets in. */
export interface Fixture {
  readonly peer: string;
  readonly family: string;
  readonly rule: string;
  /** A live path, by which the file is read as what it is. */
  readonly path: string;
  readonly text: string;
  /** The good counterpart, where the peer has one. */
  readonly good?: string;
  /** The resource, where the file holds others too. */
  readonly resource?: string;
  /** The lines that are meant, where the file holds others too. */
  readonly lines?: readonly [from: number, to: number];
}
