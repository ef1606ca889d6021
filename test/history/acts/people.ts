import type { Account, Team } from "../../github-double/world/model.ts";
import { codeowners, GOVERNED, TEAMS } from "../shop.ts";
import { type Act, choose, concerned, namedIn, pulls } from "./choosing.ts";

export const team: Act = (shop, { a, b }) => {
  const { double, root, teams } = shop;
  const name = choose(TEAMS, a) ?? "sre";
  const who = choose(concerned(shop, Math.floor(a / 2)), b);
  if (!who) return null;
  const has = teams[name].members.has(who);
  if (has) double.world.removeFromTeam(teams[name], who, root);
  else double.world.addToTeam(teams[name], who, root);
  return `${who.login} ${has ? "leaves" : "joins"} @${teams[name].slug}`;
};

/** Somebody whose word on an open pull request counts loses what it counts by; what they said stays. */
export const loseRight: Act = (shop, { a, b, c }) => {
  const { double, root, teams, repo } = shop;
  const state = a % 2 === 0 ? "CHANGES_REQUESTED" : "APPROVED";
  const said = pulls(shop, "open").flatMap(({ reviews }) => reviews.filter((each) => each.state === state));
  const who = choose([...new Set(said.map(({ author }) => author))], b);
  if (!who) return null;
  const of = TEAMS.map((name) => teams[name]).filter(({ members }) => members.has(who));
  if (of.length > 0 && c % 4 > 0) {
    for (const each of of) double.world.removeFromTeam(each, who, root);
    return `${who.login}, who spoke, leaves ${of.map(({ slug }) => `@${slug}`).join(" and ")}`;
  }
  if (repo.grants.get(who) !== "write") return null;
  double.world.permission(repo, who, "read", root);
  return `${who.login}, who spoke, may only read`;
};

/** Somebody who commanded something leaves the teams by which they may. */
export const loseOverride: Act = ({ double, root, teams, repo }, { b }) => {
  const said = [...repo.pulls.values()].flatMap(({ comments }) => comments.map(({ author }) => author));
  const members = said.filter((each) => TEAMS.some((name) => teams[name].members.has(each)));
  const who = choose([...new Set(members)], b);
  if (!who) return null;
  for (const name of TEAMS)
    if (teams[name].members.has(who)) double.world.removeFromTeam(teams[name], who, root);
  return `${who.login}, who commanded something, is in no team any more`;
};

export const leaveOrganization: Act = (shop, { a, b }) => {
  const { double, root, org } = shop;
  const who = choose(
    concerned(shop, a).filter((each) => org.members.has(each)),
    b,
  );
  if (!who) return null;
  double.world.removeFromOrg(org, who, root);
  return `${who.login} leaves the organization`;
};

export const permission: Act = (shop, { a, b, c }) => {
  const { double, root, teams, repo } = shop;
  const among: readonly (Account | Team)[] =
    a % 4 === 0 ? Object.values(teams) : concerned(shop, Math.floor(a / 4));
  const who = choose(among, c);
  if (!who) return null;
  const has = repo.grants.get(who) === "write";
  const less = "slug" in who || b % 2 === 0 ? "read" : "none";
  double.world.permission(repo, who, has ? less : "write", root);
  return `${"slug" in who ? `@${who.slug}` : who.login} has the permission: ${has ? less : "write"}`;
};

export const rename: Act = ({ double, root, repo, org }, { a }) => {
  if (a % 4 > 0) {
    double.world.renameRepository(repo, repo.name === "shop" ? "store" : "shop", root);
    return `the repository is renamed ${repo.name}`;
  }
  double.world.renameAccount(org, org.login === "acme" ? "acme-two" : "acme", root);
  return `the organization is renamed ${org.login}`;
};

/**
 * By name or address alone nobody is who they were before. GitHub tells nobody of it, and from when on rules that name
 * somebody name nobody is not the model's to say: whom they name keeps the name.
 */
export const renameLogin: Act = (shop, { a, b }) => {
  const { double } = shop;
  const who = choose(concerned(shop, b), a);
  if (!who || GOVERNED.some((base) => namedIn(shop, base).has(who.login))) return null;
  const before = who.login;
  double.world.renameAccount(who, before.endsWith("-two") ? before.slice(0, -4) : `${before}-two`);
  return `${before} is renamed ${who.login}`;
};

/** Most owners are teams; a person may own without being able to write. */
export const rules: Act = ({ double, root, repo, org, people }, { a, b, c }) => {
  const base = choose(GOVERNED, a) ?? "main";
  const teams = TEAMS.map((name) => `${org.login}/${name}`);
  const names = [...teams, ...teams, ...teams, ...people.map(({ login }) => login)];
  const owners = [choose(names, b) ?? "", choose(names, c) ?? ""] as const;
  const text = codeowners(owners);
  if (double.world.fileText(repo, base, "CODEOWNERS") === text) return null;
  double.world.setFile(repo, base, "CODEOWNERS", text, root);
  return `CODEOWNERS of ${base} says: a.txt @${owners[0]}, b.txt @${owners[1]}`;
};
