import { type OwnerRef, showOwner } from "../../ownership/owner.ts";
import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import type { Problem } from "../../policy/problem.ts";
import { CONFIG_PATH } from "../../policy/source.ts";
import { isProposed } from "../proposed-config.ts";
import type { ToldVerdict } from "../verdict.ts";
import { hazardPlace } from "../wording/hazard-words.ts";
import { quote } from "../wording/visible.ts";
import { mention, placeOf } from "../wording/words.ts";
import type { LinkOf } from "./escape.ts";
import { type Judged, type Pages, pagesOf } from "./site.ts";

/** The pages, and which of them the values and names in our sentences stand for. */
export interface Links extends Pages {
  readonly of: LinkOf;
}

/** The files that are read from the base branch. */
const RULE_FILES: ReadonlySet<string | undefined> = new Set([CONFIG_PATH, ...CODEOWNERS_LOCATIONS]);

export function isRuleFile(file: string | undefined): file is string {
  return RULE_FILES.has(file);
}

/**
 * Only what the verdict itself names is linked, never what merely looks like a file or a name. If two things look the
 * same when they are printed, neither is linked.
 */
export function linksOf(verdict: ToldVerdict, judged: Judged): Links {
  const pages = pagesOf(judged);
  const known = new Map<string, Target | null>();
  for (const target of targets(verdict, pages)) {
    const before = known.get(target.shown);
    known.set(target.shown, before === undefined || before?.what === target.what ? target : null);
  }
  return { ...pages, of: (shown) => known.get(shown)?.address() ?? null };
}

interface Target {
  /** As it stands in a sentence. */
  readonly shown: string;
  readonly what: string;
  readonly address: () => string | null;
}

function targets(verdict: ToldVerdict, pages: Pages): readonly Target[] {
  const { requirements, optionalReviews, hazards, problems, areas } = verdict;
  const sets = [...requirements.map(({ requirement }) => requirement.from), ...optionalReviews];
  const paths = new Set([...sets, ...areas].flatMap((set) => set.paths));
  const owners = [
    ...sets.flatMap((set) => set.owners),
    ...requirements.flatMap(({ requirement, awaits }) => [...requirement.senior, ...awaits.flat()]),
  ];
  const sources = new Set(sets.map(({ source }) => source));
  const { signAt = null } = verdict.passkeys ?? {};
  return [
    ...(signAt === null ? [] : [target(quote(signAt), "sign", () => signAt)]),
    ...[...paths].map((path) => target(quote(path), `file ${path}`, () => pages.file(path))),
    ...hazards.map((hazard) => {
      const { file, line, side } = hazard;
      return target(hazardPlace(hazard), `${side} ${line} ${file}`, () => pages.file(file, { line, side }));
    }),
    ...[...sources].flatMap((source) => ruleTarget(source, pages)),
    ...problems.flatMap((problem) => problemTarget(problem, pages)),
    ...owners.flatMap((owner) => ownerTarget(owner, pages)),
    ...people(verdict).map((login) => target(mention({ login }), login, () => pages.account(login))),
  ];
}

function target(shown: string, what: string, address: Target["address"]): Target {
  return { shown: shown.replaceAll(/[“”]/g, ""), what, address };
}

/** “CODEOWNERS:12”, but not “unowned”. */
function ruleTarget(source: string, pages: Pages): readonly Target[] {
  const [file, line] = source.split(/:(?=\d+$)/);
  if (line === undefined || !isRuleFile(file)) return [];
  return [target(quote(source), `rule ${source}`, () => pages.ruleFile(file, Number(line)))];
}

function problemTarget(problem: Problem, pages: Pages): readonly Target[] {
  const { file, line } = problem;
  if (line === undefined || !isRuleFile(file)) return [];
  const proposed = isProposed(problem);
  const address = () => (proposed ? pages.headFile(file, line) : pages.ruleFile(file, line));
  const place = placeOf(problem);
  return [target(quote(place), `${proposed ? "proposed" : "rule"} ${place}`, address)];
}

function ownerTarget(owner: OwnerRef, pages: Pages): readonly Target[] {
  if (owner.kind !== "team") return [];
  return [target(showOwner(owner), showOwner(owner), () => pages.team(owner.org, owner.slug))];
}

/** The logins of everybody whom the check names. */
function people({ requirements, optionalReviews, contributors, ...verdict }: ToldVerdict): readonly string[] {
  const reviews = requirements.flatMap((outcome) => [
    ...outcome.countersignatures,
    ...outcome.refusals,
    ...outcome.ignoredReviews,
  ]);
  const accounts = [...reviews, ...verdict.ignoredReviews, ...verdict.rejectedFalseAlarms].map(
    ({ by }) => by,
  );
  const named = [
    ...requirements.flatMap(({ requirement, canSign }) => [
      ...canSign,
      ...requirement.from.owners.flatMap(userOf),
      ...requirement.senior.flatMap(userOf),
    ]),
    ...optionalReviews.flatMap(({ owners }) => owners.flatMap(userOf)),
    ...contributors.flatMap(({ account }) => account ?? []),
    ...accounts.flatMap((account) => account ?? []),
  ];
  return [...new Set(named.map(({ login }) => login))];
}

function userOf(owner: OwnerRef): readonly { readonly login: string }[] {
  return owner.kind === "user" ? [owner] : [];
}
