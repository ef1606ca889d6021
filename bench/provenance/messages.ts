import type { CommitText } from "../../src/provenance/change.ts";
import type { Identity } from "../../src/provenance/identity.ts";

const PEOPLE = 200;
const SIGNED = [
  "Co-authored-by: Claude <noreply@anthropic.com>",
  "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
  "Made-with: Cursor",
  "Assisted-by: Crush:glm-5.2",
] as const;
const SUBJECTS = [
  "Mend the order of the list",
  "fix(deps): update dependency vite to v7.1.9",
  "✨ feat: show who signed",
  "Merge pull request #1024 from mona/login",
  "Generalise the reader of lines",
  "Réparer l'affichage des dates",
] as const;
const PARAGRAPH = `The list was sorted by name, although the page says that it is sorted by date. Sort it by date,
and let the oldest come first, as in https://example.com/issues/12. Co-owners see the same order now.

- keep the index
- make the test say why
`;

/** Commits as histories have them: half with a body, a third with trailers, one in ten signed by an AI. */
export function messages(count: number): readonly CommitText[] {
  return Array.from({ length: count }, (_, at) => {
    const author = person(at);
    const message = [
      `${SUBJECTS[at % SUBJECTS.length]} (#${at})`,
      ...(at % 2 === 0 ? ["", PARAGRAPH] : []),
      ...(at % 3 === 0 ? ["", `Signed-off-by: ${author.name} <${author.email}>`] : []),
      ...(at % 10 === 0 ? ["", SIGNED[(at / 10) % SIGNED.length] ?? SIGNED[0]] : []),
    ].join("\n");
    return { sha: String(at).padStart(40, "0"), message, author, committer: person(at + 1), coAuthors: [] };
  });
}

function person(at: number): Identity {
  const number = (at * 7) % PEOPLE;
  return { name: `Person ${number}`, email: `person-${number}@example.com`, account: null };
}
