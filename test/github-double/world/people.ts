import { type Account, isTeam, type Level, type Org, type Repository, type Team } from "./model.ts";
import { permissionIn } from "./permissions.ts";
import type { State, UserToken } from "./state.ts";

export interface TeamOptions {
  readonly members?: readonly Account[];
  readonly parent?: Team;
  readonly privacy?: "closed" | "secret";
  readonly permission?: Level;
}

/** Accounts, organizations, teams and what they may do. */
export function people(state: State) {
  return {
    user: (
      login: string,
      given: { readonly id?: number; readonly name?: string; readonly email?: string } = {},
    ) => state.addAccount({ kind: "User", login, restLogin: login, ...given }),

    /** An app's account. `Copilot` keeps its plain REST login and shows as its app's slug in GraphQL. */
    bot(login: string, given: { readonly id?: number; readonly appSlug?: string } = {}): Account {
      const bare = login.replace(/\[bot\]$/, "");
      const copilot = bare === "Copilot";
      const appSlug = given.appSlug ?? (copilot ? "copilot-swe-agent" : bare);
      return state.addAccount({
        kind: "Bot",
        login: copilot ? appSlug : bare,
        restLogin: copilot ? "Copilot" : `${bare}[bot]`,
        appSlug,
        ...(given.id === undefined ? {} : { id: given.id }),
      });
    },

    org(login: string, given: { readonly id?: number; readonly owners?: readonly Account[] } = {}): Org {
      const { owners = [], ...rest } = given;
      const account = state.addAccount({ kind: "Organization", login, restLogin: login, ...rest });
      const org: Org = {
        ...account,
        kind: "Organization",
        members: new Set(owners),
        owners: new Set(owners),
        teams: new Map(),
      };
      state.accounts.set(org.id, org);
      state.orgs.set(login.toLowerCase(), org);
      return org;
    },

    /** From then on the commits that name it are the account's. */
    addAddress(account: Account, email: string): void {
      account.addresses.add(email.toLowerCase());
    },

    setBusy(account: Account): void {
      account.busy = true;
    },

    /** The account is gone: what it wrote stays, its name does not. */
    deleteAccount(account: Account): void {
      account.deleted = true;
      for (const org of state.orgs.values()) {
        org.members.delete(account);
        for (const team of org.teams.values()) team.members.delete(account);
      }
    },

    team(org: Org, slug: string, options: TeamOptions = {}): Team {
      const team: Team = {
        id: state.nextId(),
        org,
        slug,
        parent: options.parent ?? null,
        privacy: options.privacy ?? "closed",
        permission: options.permission ?? "write",
        members: new Set(options.members),
        createdAt: state.now(),
      };
      org.teams.set(slug.toLowerCase(), team);
      for (const member of team.members) org.members.add(member);
      return team;
    },

    addToTeam(team: Team, member: Account, by: Account): void {
      team.members.add(member);
      if (!team.org.members.has(member)) {
        team.org.members.add(member);
        state.announce({ event: "organization", action: "member_added", org: team.org, member, sender: by });
      }
      state.announce({ event: "membership", action: "added", team, member, sender: by });
    },

    removeFromTeam(team: Team, member: Account, by: Account): void {
      team.members.delete(member);
      state.announce({ event: "membership", action: "removed", team, member, sender: by });
    },

    removeFromOrg(org: Org, member: Account, by: Account): void {
      org.members.delete(member);
      org.owners.delete(member);
      for (const team of org.teams.values()) team.members.delete(member);
      state.announce({ event: "organization", action: "member_removed", org, member, sender: by });
    },

    /** Grants a person or a team `level` in one repository; `none` takes the grant away. */
    permission(repo: Repository, who: Account | Team, level: Level, by: Account = repo.owner): void {
      const had = repo.grants.has(who);
      if (level === "none" && !isTeam(who)) repo.grants.delete(who);
      else repo.grants.set(who, level);
      if (isTeam(who)) {
        const action = level === "none" ? "removed_from_repository" : had ? "edited" : "added_to_repository";
        state.announce({ event: "team", action, team: who, repo, sender: by });
        if (action === "added_to_repository")
          state.announce({ event: "team_add", team: who, repo, sender: by });
        return;
      }
      const action = level === "none" ? "removed" : had ? "edited" : "added";
      state.announce({ event: "member", action, repo, member: who, to: level, sender: by });
    },

    /** What `who` may do in `repo` through ownership, grants, teams and the repository being public. */
    permissionOf: (repo: Repository, who: Account): Level => permissionIn(repo, who),

    /** A personal access token of a user: a classic one, or with permissions a fine-grained one. */
    userToken(account: Account, given: Partial<UserToken> = {}): string {
      const { permissions = null, scopes = ["repo", "admin:org"] } = given;
      const token = `${permissions === null ? "ghp_" : "github_pat_"}${account.login}${state.nextId()}`;
      state.userTokens.set(token, { account, permissions, scopes: permissions === null ? scopes : null });
      return token;
    },
  };
}
