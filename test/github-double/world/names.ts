import type { Account, App, Repository, Team } from "./model.ts";
import type { State } from "./state.ts";

/** What is called otherwise, belongs to somebody else or is gone. Ids stay. */
export function names(state: State) {
  return {
    /**
     * Renames a user, an app's account or an organization. Its repositories answer under the old name, too, until
     * something new takes it; the account itself does not.
     */
    renameAccount(account: Account, login: string, by: Account = account): void {
      const from = account.login;
      if (state.account(login)) throw new Error(`${login} exists already`);
      const org = state.organization(account);
      if (org) state.orgs.delete(from.toLowerCase());
      account.login = login;
      account.restLogin = account.kind === "Bot" ? `${login}[bot]` : login;
      const app = [...state.apps.values()].find(({ bot }) => bot === account);
      if (app) renameApp(app, login);
      if (org) state.orgs.set(login.toLowerCase(), org);
      const owned = [...state.repositories.values()].filter(({ owner }) => owner === account);
      for (const repo of owned) state.place(repo);
      if (org) state.announce({ event: "organization", action: "renamed", org, from, sender: by });
      for (const installation of state.installations.values())
        if (installation.account === account)
          state.announce({ event: "installation_target", action: "renamed", installation, from, sender: by });
    },

    renameRepository(repo: Repository, name: string, by: Account): void {
      const from = repo.name;
      repo.name = name;
      state.place(repo);
      state.announce({ event: "repository", action: "renamed", repo, from, sender: by });
    },

    /** Its new owner's installations hear of it. What was granted in it stays; the old owner's teams lose it. */
    transferRepository(repo: Repository, owner: Account, by: Account): void {
      const from = repo.owner;
      repo.owner = owner;
      state.place(repo);
      state.announce({ event: "repository", action: "transferred", repo, from, sender: by });
    },

    deleteRepository(repo: Repository, by: Account): void {
      state.announce({ event: "repository", action: "deleted", repo, sender: by });
      repo.deleted = true;
      state.remove(repo);
    },

    setDefaultBranch(repo: Repository, branch: string, by: Account): void {
      const from = repo.defaultBranch;
      repo.defaultBranch = branch;
      state.announce({ event: "repository", action: "edited", repo, from, sender: by });
    },

    /** Makes a repository private, or public. */
    setPrivate(repo: Repository, to: boolean, by: Account): void {
      repo.private = to;
      state.announce({ event: "repository", action: to ? "privatized" : "publicized", repo, sender: by });
    },

    archiveRepository(repo: Repository, by: Account): void {
      repo.archived = true;
      state.announce({ event: "repository", action: "archived", repo, sender: by });
    },

    renameTeam(team: Team, slug: string, by: Account): void {
      const from = team.slug;
      team.org.teams.delete(from.toLowerCase());
      team.slug = slug;
      team.org.teams.set(slug.toLowerCase(), team);
      state.announce({ event: "team", action: "edited", team, from, sender: by });
    },

    deleteTeam(team: Team, by: Account): void {
      team.org.teams.delete(team.slug.toLowerCase());
      state.announce({ event: "team", action: "deleted", team, sender: by });
    },
  };
}

function renameApp(app: App, slug: string): void {
  app.slug = slug;
  app.bot.appSlug = slug;
}
