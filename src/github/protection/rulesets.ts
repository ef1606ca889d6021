import { z } from "zod";
import type { Bypass, IdleRuleset, RequiredCheck } from "../../doctor/facts.ts";
import { type Known, known, unknown } from "../../doctor/known.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { type Asker, ask, askList } from "./ask.ts";
import { actorAnswer, actorOf, modeOf } from "./bypass-actors.ts";
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
      do_not_enforce_on_create: z.boolean().optional(),
      required_approving_review_count: z.int().optional(),
    })
    .nullish(),
});

export type RuleAnswer = z.infer<typeof ruleAnswer>;

/** What the rules of one ruleset require. */
export function checksIn(rules: readonly RuleAnswer[]): readonly RequiredCheck[] {
  const nobodyMakesOne = rules.some(({ type }) => type === "creation");
  return rules
    .filter(({ type }) => type === "required_status_checks")
    .flatMap(({ parameters }) => {
      const heldWhenMade = nobodyMakesOne || parameters?.do_not_enforce_on_create !== true;
      const checks = parameters?.required_status_checks ?? [];
      return checks.map(({ context, integration_id }) => ({
        context,
        appId: integration_id ?? null,
        heldWhenMade,
      }));
    });
}

export interface RulesetName {
  readonly id: number;
  readonly source: { readonly kind: RulesetSource; readonly name: string };
}

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
