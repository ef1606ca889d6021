import { readLines } from "../../provenance/text/lines.ts";
import { parseCoAuthors, parseTrailer } from "../../provenance/text/trailers.ts";
import type { NameAndEmail } from "./objects/commits.ts";

/** The people on `Co-authored-by:` lines anywhere in a message, each once; the author is left out, as GitHub does. */
export function coAuthorsOf(message: string, author: NameAndEmail): readonly NameAndEmail[] {
  const byEmail = new Map<string, NameAndEmail>();
  for (const line of readLines(message)) {
    const trailer = line.quoted ? null : parseTrailer(line);
    if (trailer?.key !== "co-authored-by") continue;
    const { people, prose } = parseCoAuthors(trailer.value);
    for (const person of prose ? [] : people)
      if (!byEmail.has(person.email)) byEmail.set(person.email, person);
  }
  byEmail.delete(author.email.toLowerCase());
  return [...byEmail.values()];
}
