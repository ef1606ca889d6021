import {
  type Conversation,
  fullName,
  type Issue,
  isPull,
  type Pull,
  type Repository,
  type TimelineEvent,
} from "./model.ts";

/** The words by which a text closes an issue (docs: linking a pull request to an issue). */
const CLOSING = "(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\\s+";
/** `#12`, `owner/name#12` or the address of an issue or pull request. */
const REFERENCE = "(?:([\\w.-]+/[\\w.-]+)?#|https?://[^\\s/]+/([\\w.-]+/[\\w.-]+)/(?:issues|pull)/)(\\d+)\\b";

/** The issues that merging a pull request would close: named in its text with a closing word, or linked by hand. */
export function closingIssues(pull: Pull): readonly Issue[] {
  // The words count only where the pull request goes into the default branch.
  const named = pull.baseRef === pull.repo.defaultBranch ? numbersIn(pull, CLOSING) : [];
  const issues = named.flatMap((number) => pull.repo.issues.get(number) ?? []);
  return [...new Set([...issues, ...pull.linked])];
}

/** The timeline with what GitHub finds in the texts of others. */
export function happenings(on: Conversation): readonly TimelineEvent[] {
  const references = namedBy(on).map(
    (subject): TimelineEvent => ({
      id: subject.id,
      at: subject.createdAt,
      actor: subject.author,
      type: "cross-referenced",
      subject,
    }),
  );
  return [...on.timeline, ...references];
}

/** The issues and pull requests of the repository whose text names this one. */
export function namedBy(on: Conversation): readonly Conversation[] {
  const all = [...on.repo.issues.values(), ...on.repo.pulls.values()];
  return all.filter((each) => each !== on && numbersIn(each, "").includes(on.number));
}

/** Whether a text would close what it names. */
export function wouldClose(source: Conversation, target: Conversation): boolean {
  return isPull(source) && !isPull(target) && closingIssues(source).includes(target);
}

function numbersIn({ body, repo }: Conversation, before: string): readonly number[] {
  const found = (body ?? "").matchAll(new RegExp(`(?<![\\w/])${before}${REFERENCE}`, "gi"));
  return [...found]
    .filter(([, short, long]) => isHere(repo, short ?? long))
    .map(([, , , number]) => Number(number));
}

function isHere(repo: Repository, name: string | undefined): boolean {
  return name === undefined || name.toLowerCase() === fullName(repo).toLowerCase();
}
