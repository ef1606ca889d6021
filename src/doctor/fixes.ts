import type { Facts } from "./facts.ts";

type Where = Pick<Facts, "repository">;

function nameOf({ repository }: Where): string {
  return `${repository.owner}/${repository.name}`;
}

/** Shows the ruleset that makes it so; it is written with `--yes`. */
export function ownRuleset({ app, repository }: Pick<Facts, "app" | "repository">): string {
  const named = "known" in app && app.known.named ? ` --app-id ${app.known.id}` : "";
  return `countersign doctor ${nameOf({ repository })}${named} --fix`;
}

export function validate(facts: Where): string {
  return `countersign validate --github ${nameOf(facts)}`;
}

/** A page of the repository on GitHub. */
export function page({ repository }: Where, path: string): string {
  return `${repository.page}/${path}`;
}

export function fileOf(facts: Where, path: string): string {
  return page(facts, `blob/HEAD/${path}`);
}

/** The Apps that are installed on the owner's account. */
export function installationsPage({ repository }: Where): string {
  const host = repository.page.slice(0, -`/${repository.owner}/${repository.name}`.length);
  return repository.ownedBy === "organization"
    ? `${host}/organizations/${repository.owner}/settings/installations`
    : `${host}/settings/installations`;
}
