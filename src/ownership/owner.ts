/** An owner as CODEOWNERS or the policy names it. Names keep the file's spelling; they compare case-insensitively. */
export type OwnerRef =
  | { readonly kind: "user"; readonly login: string }
  | { readonly kind: "team"; readonly org: string; readonly slug: string }
  | { readonly kind: "email"; readonly email: string };

// Underscores stand in the logins of enterprise-managed users (`name_company`).
const USER = /^@([a-z0-9][a-z0-9_-]*)$/i;
const TEAM = /^@([a-z0-9][a-z0-9_-]*)\/([a-z0-9_][a-z0-9_-]*)$/i;
const EMAIL = /^[a-z0-9.!#$%&'*+=?^_`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

/** Reads `@user`, `@org/team` or an e-mail address; `null` for anything else. */
export function parseOwner(token: string): OwnerRef | null {
  const [, login] = USER.exec(token) ?? [];
  if (login !== undefined) return { kind: "user", login };
  const [, org, slug] = TEAM.exec(token) ?? [];
  if (org !== undefined && slug !== undefined) return { kind: "team", org, slug };
  return EMAIL.test(token) ? { kind: "email", email: token } : null;
}

/** The owner as people write it: `@user`, `@org/team`, `mail@example.com`. */
export function showOwner(owner: OwnerRef): string {
  switch (owner.kind) {
    case "user":
      return `@${owner.login}`;
    case "team":
      return `@${owner.org}/${owner.slug}`;
    case "email":
      return owner.email;
  }
}

/** The same for every spelling of one owner. */
export function ownerKey(owner: OwnerRef): string {
  return showOwner(owner).toLowerCase();
}
