import type { WorldEvent } from "../world/events.ts";
import type { Account, Repository } from "../world/model.ts";
import { isOfRepository } from "../world/rulesets.ts";

/** The account whose installations hear of an event, and the one app it is for, where it is for one only. */
export interface Audience {
  readonly account: Account;
  readonly repo: Repository | null;
  readonly onlyApp?: number;
}

export function audienceOf(event: WorldEvent): Audience {
  switch (event.event) {
    case "check_suite":
      return { ...within(event.suite.repo), onlyApp: event.suite.appId };
    case "check_run": {
      const toAll = event.action === "created" || event.action === "completed";
      return { ...within(event.run.suite.repo), ...(toAll ? {} : { onlyApp: event.run.suite.appId }) };
    }
    case "membership":
      return { account: event.team.org, repo: null };
    case "team":
      return "repo" in event ? within(event.repo) : { account: event.team.org, repo: null };
    case "organization":
      return { account: event.org, repo: null };
    case "installation":
    case "installation_target":
    case "installation_repositories":
      return { account: event.installation.account, repo: null, onlyApp: event.installation.app.id };
    case "repository_ruleset":
      return isOfRepository(event.ruleset) ? within(event.repo) : { account: event.repo.owner, repo: null };
    default:
      return within(repositoryOf(event));
  }
}

type InRepository = Exclude<
  WorldEvent,
  {
    readonly event:
      | "check_suite"
      | "check_run"
      | "membership"
      | "team"
      | "organization"
      | "installation"
      | "installation_target"
      | "installation_repositories";
  }
>;

function repositoryOf(event: InRepository): Repository {
  if ("repo" in event) return event.repo;
  if ("pull" in event) return event.pull.repo;
  if ("issue" in event) return event.issue.repo;
  return "group" in event ? event.group.repo : event.on.repo;
}

function within(repo: Repository): Audience {
  return { account: repo.owner, repo };
}
