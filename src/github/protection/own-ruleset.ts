import { z } from "zod";
import { type Known, known } from "../../doctor/known.ts";
import { RULESET_NAME, type RulesetDocument } from "../../doctor/own-ruleset.ts";
import { parsed, rest } from "../client/client.ts";
import { type Asker, ask, askList } from "./ask.ts";
import { reading, rulesetEditing } from "./rights.ts";

const listed = z.object({ id: z.int(), name: z.string(), source_type: z.string() });

const rulesetAnswer = z.object({
  id: z.int(),
  name: z.literal(RULESET_NAME),
  target: z.string().default("branch"),
  enforcement: z.string(),
  // Shown to those alone who may change it.
  bypass_actors: z.array(z.looseObject({ actor_type: z.string() })),
  conditions: z
    .looseObject({
      ref_name: z
        .looseObject({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) })
        .default({ include: [], exclude: [] }),
    })
    .nullish()
    .transform((conditions) => conditions ?? { ref_name: { include: [], exclude: [] } }),
  rules: z
    .array(z.looseObject({ type: z.string(), parameters: z.record(z.string(), z.unknown()).optional() }))
    .default([]),
});

export interface OwnRuleset {
  readonly id: number;
  readonly document: RulesetDocument;
}

const PAGES = 2;

/** The repository's own ruleset of our name; never one of its organization. */
export async function readOwnRuleset(asker: Asker): Promise<Known<OwnRuleset | null>> {
  const all = await askList(
    asker,
    {
      route: "GET /repos/{owner}/{repo}/rulesets",
      parameters: { includes_parents: false },
      answer: z.array(listed),
      right: reading(asker),
    },
    PAGES,
  );
  if ("unknown" in all) return all;
  const own = all.known.filter(
    ({ name, source_type }) => name === RULESET_NAME && source_type === "Repository",
  );
  const [only, ...others] = own;
  if (only === undefined) return known(null);
  if (others.length > 0) return { unknown: `one ruleset “${RULESET_NAME}” instead of ${own.length}` };
  return readById(asker, only.id);
}

function right({ owner, repo }: Asker): string {
  return rulesetEditing({ kind: "repository", name: `${owner}/${repo}` });
}

async function readById(asker: Asker, id: number): Promise<Known<OwnRuleset>> {
  const whole = await ask(asker, {
    route: "GET /repos/{owner}/{repo}/rulesets/{id}",
    parameters: { id, includes_parents: false },
    answer: z.looseObject({ bypass_actors: z.array(z.unknown()).optional() }),
    right: right(asker),
  });
  if ("unknown" in whole) return whole;
  if (whole.known.bypass_actors === undefined) return { unknown: right(asker) };
  return known(ownRuleset(whole.known));
}

function ownRuleset(answer: unknown): OwnRuleset {
  const { id, ...document } = parsed(rulesetAnswer, answer, `the ruleset ${RULESET_NAME}`);
  return { id, document };
}

/**
 * Writes it and reads it back.
 * @throws {GitHubUnavailable | GitHubProblem | NotFound} when GitHub refuses
 */
export async function writeOwnRuleset(
  asker: Asker,
  before: OwnRuleset | null,
  document: RulesetDocument,
): Promise<Known<OwnRuleset>> {
  const { client, owner, repo } = asker;
  const { data } = await rest(client, {
    route:
      before === null ? "POST /repos/{owner}/{repo}/rulesets" : "PUT /repos/{owner}/{repo}/rulesets/{id}",
    parameters: { owner, repo, ...(before !== null && { id: before.id }), ...document },
    need: right(asker),
    absent: "not-there",
  });
  const { id } = parsed(z.object({ id: z.int() }), data, `the ruleset ${RULESET_NAME}`);
  return readById(asker, id);
}
