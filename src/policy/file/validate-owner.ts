import { parseOwner } from "../../ownership/owner.ts";
import type { ConfigFile } from "../keys/config.ts";
import type { Path } from "../place.ts";
import { show, showPath } from "../show.ts";
import { slipIn } from "./slips.ts";
import type { Finding } from "./validate-schema.ts";

export type OwnerCheck = (token: string, path: Path) => readonly Finding[];

/** Holds the owners of a config to their form; the organization that it names anywhere helps to say what was meant. */
export function ownerChecker(config: ConfigFile): OwnerCheck {
  const organization = organizationIn(config);
  return (token, path) => {
    if (parseOwner(token) !== null) return [];
    const slip = slipIn(token);
    const message = `${showPath(path)} is ${show(token)}, which ${slip?.says ?? "is no owner"}.`;
    const remedy = slip?.remedy ?? meantOwner(token, organization);
    return [{ code: "config/invalid-owner", path, at: "value", message, remedy }];
  };
}

function meantOwner(token: string, organization: string | null): string {
  const list = token.split(/[\s,;]+/);
  if (list.every((part) => parseOwner(part) !== null)) {
    return `Write each as an entry of its own: ${list.map(show).join(", ")}.`;
  }
  const tight = token.replace(/\s/g, "");
  const spelling = [tight, token.normalize("NFKC")].find(
    (each) => parseOwner(each) !== null && each.startsWith("@"),
  );
  if (spelling !== undefined) return `Write ${show(spelling)}.`;
  const team = `@${organization ?? "org"}/team`;
  const marked = `@${token}`;
  if (parseOwner(marked) === null) return `Write @user, ${team} or an e-mail address.`;
  if (organization === null || token.includes("/")) return `Write ${show(marked)}.`;
  return `Write ${show(marked)} for a user, ${show(`@${organization}/${token}`)} for a team.`;
}

/** The one organization of all teams that are named, if it is one. */
function organizationIn({ unowned, production = [], hazards = {} }: ConfigFile): string | null {
  const rules = [...production, hazards.destructive, hazards.widening];
  const lists = [unowned, ...production.map(({ from }) => from), ...rules.map((rule) => rule?.senior)];
  const owners = lists.flat().map((token = "") => parseOwner(token));
  const organizations = new Set(owners.filter((owner) => owner?.kind === "team").map(({ org }) => org));
  const [organization = null] = organizations;
  return organizations.size === 1 ? organization : null;
}
