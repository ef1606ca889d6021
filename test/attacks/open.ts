/**
 * Rows that do not hold yet, by their whole title. They run and must fail: one that starts to hold has to leave the list.
 */
export const OPEN_ROWS: ReadonlySet<string> = new Set([
  "E35 a pull request stands in a merge queue, and strangers: open the same commits from a fork",
  "E35 a pull request stands in a merge queue, and strangers: open the same commits from a fork, and close that",
  "A25 a stranger does something about a person's pull request, which goes on passing: opens its commits again, with an agent's mark in the text",
  "A25 a stranger does something about a person's pull request, which goes on passing: opens its commits again from a branch named like an agent's",
  "A25 a stranger does something about a person's pull request, which goes on passing: opens its commits again, and writes the mark into the text afterwards",
  "A25 a stranger does something about an agent's pull request, and its owner can still sign: opens its commits again and names the owner as the one who asked",
  "A25 a stranger opened the commits before the person who wrote them did",
  "A25 somebody with write access names an owner as the one who asked: in the text of the agent's pull request",
  "A25 somebody with write access names an owner as the one who asked: in the text of their own",
  "A25 somebody with write access names an owner as the one who asked: in a commit",
  "A25 an agent's pull request builds on a person's, which goes on passing",
]);
