import { z } from "zod";
import { teamKey } from "../../doctor/areas.ts";
import type { Collaborator, OwnershipFacts, Person } from "../../doctor/facts.ts";
import { type Known, known, unknown } from "../../doctor/known.ts";
import type { OwnerRef } from "../../ownership/owner.ts";
import type { Detector } from "../../provenance/detector.ts";
import { Cache } from "../client/cache.ts";
import type { ReadTeam } from "../reading/people/team-answer.ts";
import { readTeams } from "../reading/people/teams.ts";
import { type Asker, ask, askList, seen } from "./ask.ts";
import { organizationMember, reading, writing } from "./rights.ts";

const collaborator = z.object({
  id: z.int(),
  login: z.string(),
  type: z.string(),
  permissions: z.object({ admin: z.boolean(), push: z.boolean() }),
});

/** Our own limit: a thousand people. */
const PAGES = 10;

export function readCollaborators(asker: Asker, detector: Detector): Promise<Known<readonly Collaborator[]>> {
  return askList(
    asker,
    {
      route: "GET /repos/{owner}/{repo}/collaborators",
      answer: z.array(collaborator.transform((answer) => collaboratorOf(answer, detector))),
      right: writing(asker),
    },
    PAGES,
  );
}

function collaboratorOf(
  { id, login, type, permissions }: z.infer<typeof collaborator>,
  detector: Detector,
): Collaborator {
  const isUser = type === "User";
  return {
    id,
    login,
    role: permissions.admin ? "admin" : permissions.push ? "write" : "other",
    machine: !isUser || detector.machine({ id, login, type: "User" }) !== null,
  };
}

type TeamRef = Extract<OwnerRef, { kind: "team" }>;

/** The members of teams that can sign, by `org/slug`; a team that cannot has none. */
export async function readTeamMembers(
  asker: Asker,
  {
    teams,
    repositoryId,
    now,
  }: { readonly teams: readonly TeamRef[]; readonly repositoryId: number; readonly now: Date },
): Promise<Readonly<Record<string, Known<readonly Person[]>>>> {
  const { client, owner, repo } = asker;
  if (teams.length === 0) return {};
  const read = await seen(organizationMember(asker), () =>
    readTeams(client, {
      teams,
      repository: { owner, repo, installationId: 0, repositoryId },
      repositoryId,
      caches: { teams: new Cache<ReadTeam>({ capacity: teams.length }) },
      now,
      notBefore: 0,
    }),
  );
  const members = (team: TeamRef): Known<readonly Person[]> => {
    if ("unknown" in read) return read;
    const found = read.known[teamKey(team)];
    if (found?.team.status === "known") return known(found.team.members);
    // Nobody signs through a team that is secret, may not write or is another organization's.
    const seesIt = found !== undefined && found.nodeId !== null;
    return seesIt || team.org.toLowerCase() !== owner.toLowerCase()
      ? known([])
      : unknown(organizationMember(asker));
  };
  return Object.fromEntries(teams.map((team) => [teamKey(team), members(team)]));
}

const treeAnswer = z.object({
  truncated: z.boolean(),
  tree: z.array(z.object({ path: z.string(), type: z.string() })),
});

/** Every file of a commit. */
export async function readFiles(
  asker: Asker,
  sha: string,
  codeowners: Known<OwnershipFacts["codeowners"]>,
): Promise<Known<OwnershipFacts>> {
  if ("unknown" in codeowners) return codeowners;
  const tree = await ask(asker, {
    route: "GET /repos/{owner}/{repo}/git/trees/{sha}",
    parameters: { sha, recursive: "1" },
    answer: treeAnswer,
    right: reading(asker),
  });
  if ("unknown" in tree) return tree;
  if (tree.known.truncated) return unknown("a repository that GitHub lists whole");
  const files = tree.known.tree.flatMap(({ path, type }) => (type === "tree" ? [] : [path]));
  return known({ files, codeowners: codeowners.known });
}
