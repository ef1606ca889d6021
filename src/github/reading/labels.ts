import { aliased } from "../client/aliased.ts";

/** What is asked of a repository about labels, by name: the id that they are added by. */
export const LABELS = aliased({
  variable: "label",
  type: "String!",
  fields: { label: (name) => `label(name: ${name}) { id }` },
});
