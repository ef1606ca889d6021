import { ownedFiles, teamsOf } from "../../doctor/areas.ts";
import type { Facts } from "../../doctor/facts.ts";
import { type Known, mapKnown } from "../../doctor/known.ts";
import { createPolicyDetector } from "../../policy/detector.ts";
import { resolvePolicy } from "../../policy/resolve.ts";
import { createDetector } from "../../provenance/detector.ts";
import { ownApp, readInstallations } from "./apps.ts";
import type { Asker } from "./ask.ts";
import { readBranches } from "./branches.ts";
import { readFollowUps } from "./follow-ups.ts";
import { readCollaborators, readFiles, readTeamMembers } from "./people.ts";
import { type ReadRepository, readRepository } from "./repository.ts";
import { readRequesters } from "./requesters.ts";
import { readIdleRulesets } from "./rulesets.ts";
import { readWorkflowSettings } from "./settings.ts";
import { floorOf, type ReadSources, readSources } from "./sources.ts";

export interface FactsRequest {
  readonly asker: Asker;
  /** The token is the App's own. */
  readonly asApp?: true;
  /** The App, where somebody named it. */
  readonly appId?: number | undefined;
  /** Where people see GitHub: `https://github.com`. */
  readonly host: string;
  readonly now: Date;
}

/**
 * All that the token may see of a repository's settings.
 * @throws {NotFound | GitHubUnavailable | GitHubProblem} when it sees no such repository, or GitHub gives no answer
 */
export async function readFacts(request: FactsRequest): Promise<Facts> {
  const { now } = request;
  const repository = await readRepository(request.asker);
  // It may have been renamed: from here on it is asked for by the name that it has.
  const asker = { ...request.asker, owner: repository.owner, repo: repository.name };
  const sources = await readSources(asker, now);
  const policy = mapKnown(sources, ({ policy: files }) => resolvePolicy(files));
  const inForce = "known" in policy ? policy.known.policy : null;
  const detector = inForce === null ? createDetector(NO_CONFIG) : createPolicyDetector(inForce.detect);
  const { defaultBranch } = repository;
  const [installations, branches, idleRulesets, workflows, collaborators, ownership, requesters] =
    await Promise.all([
      readInstallations(asker, { ownedBy: repository.ownedBy, asApp: request.asApp, detector }),
      readBranches(asker, { defaultBranch, policy: inForce }),
      readIdleRulesets(asker, repository),
      readWorkflowSettings(asker),
      readCollaborators(asker, detector),
      "known" in sources ? readFiles(asker, sources.known.sha, sources.known.codeowners) : sources,
      readRequesters(asker, detector),
    ]);
  const owned = inForce !== null && "known" in ownership ? ownedFiles(inForce, ownership.known) : [];
  const teams = await readTeamMembers(asker, { teams: teamsOf(owned), repositoryId: repository.id, now });
  const app = ownApp(request.appId, installations);
  const followUps = await readFollowUps(asker, { policy, app, installations });
  return {
    repository: { ...namesOf(repository), page: `${request.host}/${repository.owner}/${repository.name}` },
    app,
    installations,
    policy,
    floor: floorIn(sources, (seen) => floorOf({ repository, sources: seen, app, installations })),
    branches,
    idleRulesets,
    workflows,
    collaborators,
    ownership,
    teams,
    requesters,
    followUps,
  };
}

const NO_CONFIG = { tools: [], agents: [], notAi: [] };

function namesOf({ owner, name, ownedBy, defaultBranch }: ReadRepository) {
  return { owner, name, ownedBy, defaultBranch };
}

function floorIn(
  sources: Known<ReadSources>,
  judge: (sources: ReadSources) => Facts["floor"],
): Facts["floor"] {
  return "known" in sources ? judge(sources.known) : sources;
}
