import { showOwner } from "../../src/ownership/owner.ts";
import { createOwnership } from "../../src/ownership/ownership.ts";
import { parseCodeowners } from "../../src/ownership/parse.ts";

/** What a file says about a path, in a few words: its owners, or the kind of answer; with the line where one decided. */
export function ask(text: string, path: string): string {
  const answer = createOwnership(parseCodeowners(text)).of(path);
  switch (answer.kind) {
    case "owned":
      return `${answer.line}: ${answer.owners.map(showOwner).join(" ")}`;
    case "unmatched":
      return "unmatched";
    default:
      return `${answer.line}: ${answer.kind}`;
  }
}
