/** What a person's token needs, in the words of GitHub's settings. */

interface Named {
  readonly owner: string;
  readonly repo: string;
}

export function administration({ owner, repo }: Named): string {
  return `an administrator of ${owner}/${repo} (fine-grained token: “Administration: read”)`;
}

/** GitHub shows who may bypass a ruleset only to those who may change it. */
export function rulesetEditing(source: { readonly kind: RulesetSource; readonly name: string }): string {
  switch (source.kind) {
    case "repository":
      return `an administrator of ${source.name} (fine-grained token: “Administration: write”)`;
    case "organization":
      return `an owner of the organization ${source.name} (classic token: “admin:org”)`;
    case "enterprise":
      return `an owner of the enterprise ${source.name}`;
  }
}

export type RulesetSource = "repository" | "organization" | "enterprise";

export function reading({ owner, repo }: Named): string {
  return `a token that can read ${owner}/${repo} (fine-grained token: “Contents: read”)`;
}

export function writing({ owner, repo }: Named): string {
  return `somebody with write access to ${owner}/${repo}`;
}

export function organizationOwner({ owner }: Named): string {
  return `an owner of the organization ${owner} (classic token: “admin:org”)`;
}

export function organizationMember({ owner }: Named): string {
  return `a member of ${owner} (classic token: “read:org”, fine-grained token: “Members: read”)`;
}
