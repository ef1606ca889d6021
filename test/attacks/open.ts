/**
 * Rows that do not hold yet, by their whole title. They run and must fail: one that starts to hold has to leave the list.
 * All but A16 (a lost push), C16 and C17 block what could pass.
 */
export const OPEN_ROWS: ReadonlySet<string> = new Set([
  "A16 somebody pushes before an agent does, and approves: before it is opened, and the news of the push is lost",
  "A23 an owner names an agent without asking it for work, and approves: a question to people",
  "C17 the pull request changes what is read as a control file: the target of a link in a folder",
  "C17 the pull request changes what is read as a control file: what is behind a link to a folder",
  "C16 a head passes for a release, is opened into main, and merged before that is heard",
  "C16 the check of each pattern is withdrawn with the approval that it rests on",
  "B19 a pull request has commits, and GitHub counts otherwise: no files, in GraphQL",
]);
