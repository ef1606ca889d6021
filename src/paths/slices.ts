/** Work that can be put down at every `yield` and taken up later; what lies between takes a few milliseconds. */
export type Slices<Result> = Generator<undefined, Result, undefined>;

/** Does all of it at once. */
export function finish<Result>(slices: Slices<Result>): Result {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}
