/** An owner as CODEOWNERS or the policy names it. Names keep the file's spelling; they compare case-insensitively. */
export type OwnerRef =
  | { readonly kind: "user"; readonly login: string }
  | { readonly kind: "team"; readonly org: string; readonly slug: string }
  | { readonly kind: "email"; readonly email: string };
