import type { Repository } from "../world/model.ts";
import { atLeast, permissionIn } from "../world/permissions.ts";
import { Refused } from "../world/refused.ts";
import type { Caller, Need } from "./route.ts";

/** Refuses with GitHub's answers: what cannot be seen is not there, what may not be done is forbidden. */
export function authorize(caller: Caller, needs: readonly Need[], repo: Repository | null): void {
  if (repo && !canSee(caller, repo)) throw new Refused(404, "Not Found");
  if (needs.length === 0) return;
  if (!needs.some((need) => satisfies(caller, need, repo)))
    throw new Refused(
      403,
      caller.kind === "installation"
        ? "Resource not accessible by integration"
        : "Must have push access to the repository.",
    );
}

export function canSee(caller: Caller, repo: Repository): boolean {
  if (caller.kind === "app" || caller.kind === "nobody") return false;
  if (!repo.private) return true;
  return caller.kind === "user"
    ? atLeast(permissionIn(repo, caller.account), "read")
    : installed(caller, repo);
}

function installed(caller: Caller & { readonly kind: "installation" }, repo: Repository): boolean {
  const { account, selected } = caller.installation;
  return (
    account === repo.owner &&
    (selected === null || selected.has(repo)) &&
    (caller.only === null || caller.only.has(repo.id))
  );
}

/** Public repositories may be read without being installed there. */
export function satisfies(caller: Caller, need: Need, repo: Repository | null): boolean {
  const writes = Object.values(need).includes("write");
  if (caller.kind === "app" || caller.kind === "nobody") return false;
  if (caller.kind === "user") {
    if (caller.permissions !== null && !grants(caller.permissions, need)) return false;
    const level = "administration" in need ? "admin" : writes ? "write" : "read";
    return !repo || atLeast(permissionIn(repo, caller.account), level);
  }
  if (repo && !installed(caller, repo)) return !repo.private && !writes;
  return grants(caller.permissions, need);
}

function grants(permissions: Readonly<Record<string, "read" | "write">>, need: Need): boolean {
  return Object.entries(need).every(([name, level]) => {
    const has = name === "metadata" ? "read" : permissions[name];
    return has === "write" || has === level;
  });
}
