import { z } from "zod";
import type { Bypass, BypassActor, BypassMode, IdleRuleset, RequiredCheck } from "../../doctor/facts.ts";
import { type Known, known, unknown } from "../../doctor/known.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { type Asker, ask, askList } from "./ask.ts";
import { administration, type RulesetSource, reading, rulesetEditing } from "./rights.ts";

const SOURCES: Readonly<Record<string, RulesetSource>> = {
  Repository: "repository",
  Organization: "organization",
  Enterprise: "enterprise",
};

/** What GitHub adds to its words later is taken for what can be seen least. */
export const sourceAnswer = z.string().transform((type): RulesetSource => SOURCES[type] ?? "enterprise");

/** `required_status_checks` among the rules of a ruleset; other rules have other parameters. */
export const ruleAnswer = z.object({
  type: z.string(),
  parameters: z
    .object({
      required_status_checks: z
        .array(z.object({ context: z.string(), integration_id: z.int().nullish() }))
        .optional(),
      required_approving_review_count: z.int().optional(),
    })
    .nullish(),
});

export type RuleAnswer = z.infer<typeof ruleAnswer>;

export function checksIn(rules: readonly RuleAnswer[]): readonly RequiredCheck[] {
  return rules
    .filter(({ type }) => type === "required_status_checks")
    .flatMap(({ parameters }) => parameters?.required_status_checks ?? [])
    .map(({ context, integration_id }) => ({ context, appId: integration_id ?? null }));
}

export interface RulesetName {
  readonly id: number;
  readonly source: { readonly kind: RulesetSource; readonly name: string };
}

const actorAnswer = z.object({
  actor_id: z.int().nullish(),
  actor_type: z.string(),
  // GitHub takes `always` where none is given.
  bypass_mode: z.string().default("always"),
});

const rulesetAnswer = z.object({
  name: z.string(),
  enforcement: z.string(),
  source_type: sourceAnswer,
  source: z.string(),
  bypass_actors: z.array(actorAnswer).optional(),
  current_user_can_bypass: z.string().optional(),
  conditions: z
    .object({ ref_name: z.object({ exclude: z.array(z.string()).optional() }).optional() })
    .nullish(),
  rules: z.array(ruleAnswer).optional(),
});

type RulesetAnswer = z.infer<typeof rulesetAnswer>;

/** Who may bypass a ruleset, and how people name it. */
export interface ReadRuleset {
  readonly where: string;
  readonly bypass: Bypass;
  /** Names and patterns of branches that it leaves out. */
  readonly excluded: readonly string[];
}

export async function readRuleset(asker: Asker, ruleset: RulesetName): Promise<ReadRuleset> {
  const right = rulesetEditing(ruleset.source);
  const answer = await askRuleset(asker, ruleset.id, right);
  if ("unknown" in answer)
    return {
      where: `ruleset ${ruleset.id} of ${ruleset.source.name}`,
      bypass: { actors: answer, asker: null },
      excluded: [],
    };
  return {
    where: nameOf(answer.known),
    bypass: bypassOf(answer.known),
    excluded: (answer.known.conditions?.ref_name?.exclude ?? []).map((name) =>
      name.replace(/^refs\/heads\//, ""),
    ),
  };
}

function askRuleset(asker: Asker, id: number, right: string): Promise<Known<RulesetAnswer>> {
  return ask(asker, {
    route: "GET /repos/{owner}/{repo}/rulesets/{id}",
    parameters: { id, includes_parents: true },
    answer: rulesetAnswer,
    right,
  });
}

function nameOf({ name, source }: Pick<RulesetAnswer, "name" | "source">): string {
  return `ruleset ${quote(name)} of ${source}`;
}

function bypassOf(answer: RulesetAnswer): Bypass {
  const { bypass_actors, current_user_can_bypass } = answer;
  const right = rulesetEditing({ kind: answer.source_type, name: answer.source });
  const asker = current_user_can_bypass ?? "never";
  return {
    actors: bypass_actors === undefined ? unknown(right) : known(bypass_actors.map(actorOf)),
    asker: asker === "never" ? null : modeOf(asker),
  };
}

const MODES: Readonly<Record<string, BypassMode>> = {
  always: "always",
  pull_request: "pull-request",
  pull_requests_only: "pull-request",
  exempt: "exempt",
};

/** A mode that is not known is taken for the worst. */
function modeOf(mode: string): BypassMode {
  return MODES[mode] ?? "always";
}

/** The roles that every repository has. Numbers as GitHub's settings and API give them; custom roles have others. */
const ROLES: Readonly<Record<number, string>> = {
  2: "maintainers",
  4: "everybody with write access",
  5: "administrators",
};
const ADMINISTRATORS = 5;

function actorOf({ actor_type, actor_id, bypass_mode }: z.infer<typeof actorAnswer>): BypassActor {
  return {
    who: whoIs(actor_type, actor_id ?? null),
    mode: modeOf(bypass_mode),
    administrator:
      actor_type === "OrganizationAdmin" || (actor_type === "RepositoryRole" && actor_id === ADMINISTRATORS),
  };
}

function whoIs(type: string, id: number | null): string {
  switch (type) {
    case "OrganizationAdmin":
      return "owners of the organization";
    case "RepositoryRole":
      return ROLES[id ?? 0] ?? `the custom role ${id}`;
    case "DeployKey":
      return "deploy keys";
    case "Integration":
      return `the App ${id}`;
    case "Team":
      return `the team ${id}`;
    case "User":
      return `the user ${id}`;
    default:
      return id === null ? type : `${type} ${id}`;
  }
}

const listedAnswer = z.object({
  id: z.int(),
  enforcement: z.string(),
  target: z.string().optional(),
  source_type: sourceAnswer,
  source: z.string(),
});

/** Rulesets in all, as many as a repository and its organization can have, and an enterprise's. */
const PAGES = 3;

/** Rulesets for branches that do nothing yet. Only administrators are shown those. */
export async function readIdleRulesets(
  asker: Asker,
  { administrates }: { readonly administrates: boolean },
): Promise<Known<readonly IdleRuleset[]>> {
  const listed = await askList(
    asker,
    {
      route: "GET /repos/{owner}/{repo}/rulesets",
      parameters: { includes_parents: true },
      answer: z.array(listedAnswer),
      right: reading(asker),
    },
    PAGES,
  );
  if ("unknown" in listed) return listed;
  const idle = listed.known.filter(
    ({ enforcement, target = "branch" }) => enforcement !== "active" && target === "branch",
  );
  const read = await Promise.all(
    idle.map(({ id, source_type, source }) =>
      askRuleset(asker, id, rulesetEditing({ kind: source_type, name: source })),
    ),
  );
  const hidden = read.find((each) => "unknown" in each);
  if (hidden !== undefined && "unknown" in hidden) return hidden;
  if (!administrates && idle.length === 0) return unknown(administration(asker));
  return known(read.flatMap((each) => ("known" in each ? [idleRuleset(each.known)] : [])));
}

function idleRuleset(answer: RulesetAnswer): IdleRuleset {
  return {
    where: nameOf(answer),
    enforcement: answer.enforcement === "evaluate" ? "evaluate" : "disabled",
    checks: checksIn(answer.rules ?? []),
  };
}
