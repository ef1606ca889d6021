import { codeowners, GOVERNED, TEAMS } from "../shop.ts";
import { type Act, choose } from "./choosing.ts";

export const team: Act = (shop, { a, b }) => {
  const { double, root, people, teams } = shop;
  const name = choose(TEAMS, a) ?? "sre";
  const who = choose(people, b);
  if (!who) return null;
  const has = teams[name].members.has(who);
  if (has) double.world.removeFromTeam(teams[name], who, root);
  else double.world.addToTeam(teams[name], who, root);
  return `${who.login} ${has ? "leaves" : "joins"} @${teams[name].slug}`;
};

export const leaveOrganization: Act = (shop, { a }) => {
  const { double, root, people, org } = shop;
  const who = choose(
    people.filter((each) => org.members.has(each)),
    a,
  );
  if (!who) return null;
  double.world.removeFromOrg(org, who, root);
  return `${who.login} leaves the organization`;
};

export const permission: Act = (shop, { a }) => {
  const { double, root, people, teams, repo } = shop;
  const who = choose([...Object.values(teams), ...people], a);
  if (!who) return null;
  const has = repo.grants.get(who) === "write";
  double.world.permission(repo, who, has ? ("slug" in who ? "read" : "none") : "write", root);
  return `${"slug" in who ? `@${who.slug}` : who.login} ${has ? "may no longer write" : "may write"}`;
};

export const rename: Act = ({ double, root, repo, org }, { a }) => {
  if (a % 4 > 0) {
    double.world.renameRepository(repo, repo.name === "shop" ? "store" : "shop", root);
    return `the repository is renamed ${repo.name}`;
  }
  double.world.renameAccount(org, org.login === "acme" ? "acme-two" : "acme", root);
  return `the organization is renamed ${org.login}`;
};

/** By name or address alone nobody is who they were before. */
export const renameLogin: Act = ({ double, people }, { a }) => {
  const who = choose(people, a);
  if (!who) return null;
  const before = who.login;
  double.world.renameAccount(who, before.endsWith("-two") ? before.slice(0, -4) : `${before}-two`);
  return `${before} is renamed ${who.login}`;
};

export const rules: Act = ({ double, root, repo, org }, { a, b, c }) => {
  const base = choose(GOVERNED, a) ?? "main";
  const owners = [choose(TEAMS, b) ?? "sre", choose(TEAMS, c) ?? "data"] as const;
  const text = codeowners(org.login, owners);
  if (double.world.fileText(repo, base, "CODEOWNERS") === text) return null;
  double.world.setFile(repo, base, "CODEOWNERS", text, root);
  return `CODEOWNERS of ${base} says: a.txt @${org.login}/${owners[0]}, b.txt @${org.login}/${owners[1]}`;
};
