import { clean } from "./clean.ts";
import type { Happening, HappeningKind } from "./happening.ts";
import { pageOf } from "./page.ts";
import { sentenceOf } from "./sentence.ts";

/** What our own webhook sends, as `docs/notices.md` describes it. Fields are added, and never taken away or changed. */
export interface NoticeDocument {
  readonly version: 1;
  /** The same however often it is sent. */
  readonly id: string;
  readonly kind: HappeningKind;
  /** When it happened, ISO 8601. */
  readonly at: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly url: string;
  readonly pull: { readonly number: number; readonly title: string | null } | null;
  readonly commit: string | null;
  readonly branch: string | null;
  readonly areas: readonly string[];
  readonly by: readonly string[];
  readonly asked: readonly string[];
  readonly how: string | null;
  readonly reason: string | null;
  readonly until: string | null;
  /** One sentence. */
  readonly text: string;
}

/** Of one list, as many entries as an area can have owners. */
const MOST_ENTRIES = 100;

interface Sending {
  readonly id: string;
  /** GitHub as people see it: `https://github.com`. */
  readonly github: string;
}

export function documentOf(happening: Happening, { id, github }: Sending): NoticeDocument {
  const { kind, at, repository, pull, commit, branch, areas, by, asked, how, reason, until } = happening;
  return {
    ...{ version: 1, id, kind, at, repository: clean(repository), url: pageOf(happening, github) },
    pull: pull === undefined ? null : { number: pull.number, title: orNull(pull.title ?? undefined) },
    ...{ commit: orNull(commit), branch: orNull(branch) },
    ...{ areas: all(areas), by: all(by), asked: all(asked) },
    ...{ how: orNull(how), reason: orNull(reason), until: orNull(until) },
    text: sentenceOf(happening),
  };
}

/** As JSON in which nothing can be taken for markup, also where somebody pastes it into a page. */
export function textOf(document: object): string {
  return JSON.stringify(document).replace(
    /[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function orNull(text: string | undefined): string | null {
  return text === undefined ? null : clean(text);
}

function all(texts: readonly string[] = []): readonly string[] {
  return texts.slice(0, MOST_ENTRIES).map(clean);
}
