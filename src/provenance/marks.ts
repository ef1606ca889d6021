import type { EvidenceKind } from "./evidence.ts";
import type { Identity } from "./identity.ts";
import { type Line, undecorated } from "./lines.ts";
import { normalise } from "./normalise.ts";
import { accountMarks, emailMarks, type People } from "./people.ts";
import type { Mark, PatternMark, SignalIndex } from "./signal-index.ts";
import type { IdentityField, TextField } from "./tool.ts";
import { type CoAuthor, comparableEmail, parseCoAuthors, parseTrailer } from "./trailers.ts";

/** A mark with what was found, before it is known where. */
export interface Found extends Mark {
  readonly kind: EvidenceKind;
  readonly text: string;
}

/** What marks are looked up in. */
export interface Known {
  readonly index: SignalIndex;
  readonly people: People;
}

/** A co-author as a text names one; `quoted` when the line stands as somebody else's words. */
export interface WrittenCoAuthor {
  readonly person: CoAuthor;
  readonly shown: string;
  readonly quoted: boolean;
}

const EMAIL_KINDS: Readonly<Record<IdentityField, EvidenceKind>> = {
  author: "author-email",
  committer: "committer-email",
  "co-author": "coauthor-email",
};

/** The end of a longer name is read: marks are whole short names or suffixes. */
const LONGEST_NAME = 400;

export function identityMarks(known: Known, identity: Identity, field: IdentityField): readonly Found[] {
  const { account, email } = identity;
  const configured = known.people.configuredAgent(identity);
  return [
    ...(configured === null
      ? []
      : [found({ tool: configured, strength: "certain" }, "configured", configured)]),
    ...(account === null ? [] : accountMarks(known.index, account)).map((mark) =>
      found(mark, "account", account?.login ?? ""),
    ),
    ...emailMarks(known.index, comparableEmail(email))
      .filter(({ fields }) => fields.includes(field))
      .map((mark) => found(mark, EMAIL_KINDS[field], email)),
    ...nameMarks(known.index, identity.name, field),
  ];
}

function nameMarks(index: SignalIndex, name: string, field: IdentityField): readonly Found[] {
  const comparable = normalise(name.slice(-LONGEST_NAME)).trim().toLowerCase();
  const whole = field === "co-author" ? (index.coAuthorNames.get(comparable) ?? []) : [];
  const ending = index.nameSuffixes.filter(
    ({ suffix, fields }) => fields.includes(field) && comparable.endsWith(suffix),
  );
  const kind = field === "co-author" ? "coauthor-name" : "author-name";
  return [...whole, ...ending].map((mark) => found(mark, kind, name));
}

/** Marks of the lines and trailers themselves; co-authors are read by `writtenCoAuthors`. */
export function lineMarks(index: SignalIndex, line: Line, field: TextField): readonly Found[] {
  const trailer = parseTrailer(line);
  const values = trailer === null ? undefined : index.trailers.get(trailer.key);
  return weaken(
    [
      ...patternMarks(index.lines[field], undecorated(line.text), { kind: "body-line", shown: line.shown }),
      ...patternMarks(values ?? [], trailer?.value ?? "", { kind: "trailer", shown: line.shown }),
    ],
    line.quoted,
  );
}

export function branchMarks(index: SignalIndex, ref: string): readonly Found[] {
  return patternMarks(index.branches, normalise(ref), { kind: "branch", shown: ref });
}

export function labelMarks(index: SignalIndex, label: string): readonly Found[] {
  return (index.labels.get(label.toLowerCase()) ?? []).map((mark) => found(mark, "label", label));
}

export function writtenCoAuthors(lines: readonly Line[]): readonly WrittenCoAuthor[] {
  return lines.flatMap((line) => {
    const trailer = parseTrailer(line);
    if (trailer?.key !== "co-authored-by") return [];
    const { people, prose } = parseCoAuthors(trailer.value);
    return people.map((person) => ({ person, shown: line.shown, quoted: line.quoted || prose }));
  });
}

export function coAuthorMarks(known: Known, { person, shown, quoted }: WrittenCoAuthor): readonly Found[] {
  const marks = identityMarks(known, { ...person, account: null }, "co-author");
  return weaken(marks, quoted).map((mark) => ({ ...mark, text: shown }));
}

function patternMarks(
  marks: readonly PatternMark[],
  text: string,
  as: { readonly kind: EvidenceKind; readonly shown: string },
): readonly Found[] {
  return marks.filter(({ pattern }) => pattern.test(text)).map((mark) => found(mark, as.kind, as.shown));
}

function found({ tool, strength }: Mark, kind: EvidenceKind, text: string): Found {
  return { tool, strength, kind, text };
}

function weaken(marks: readonly Found[], quoted: boolean): readonly Found[] {
  return quoted ? marks.map((mark) => ({ ...mark, strength: "weak" })) : marks;
}
