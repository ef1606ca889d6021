/**
 * Rows that do not hold yet, by their whole title. They run and must fail: one that starts to hold has to leave the list.
 * All but A16 (a lost push), C16 and C17 block what could pass.
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
  "A16 somebody pushes before an agent does, and approves: before it is opened, and the news of the push is lost",
  "A23 an owner names an agent without asking it for work, and approves: a question to people",
  "C17 the pull request changes what is read as a control file: the target of a link in a folder",
  "C17 the pull request changes what is read as a control file: what is behind a link to a folder",
  "C16 a head passes for a release, is opened into main, and merged before that is heard",
  "C16 the check of each pattern is withdrawn with the approval that it rests on",
  "B19 a pull request has commits, and GitHub counts otherwise: no files, in GraphQL",
]);
