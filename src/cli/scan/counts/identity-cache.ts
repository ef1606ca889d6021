import type { IdentityReading, ReadIdentity } from "../../../provenance/detection/identity-reading.ts";
import type { Identity } from "../../../provenance/identity.ts";
import type { IdentityField } from "../../../provenance/tool/tool.ts";
import { copied, remember } from "./remember.ts";

/** What a detector reads identities with, when it reads a history, which repeats its people on every commit. */
export function cacheIdentities(read: ReadIdentity): ReadIdentity {
  const known = new Map<string, IdentityReading>();
  return (identity) => {
    const { name, email, account } = identity;
    const key = `${email}\0${name}\0${account?.id ?? ""}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const reading = readOnce(read, { name: copied(name), email: copied(email), account });
    remember(known, copied(key), reading);
    return reading;
  };
}

function readOnce(read: ReadIdentity, identity: Identity): IdentityReading {
  const reading = read(identity);
  const kind = reading.kind();
  const byField = new Map<IdentityField, ReturnType<IdentityReading["matches"]>>();
  return {
    kind: () => kind,
    matches(field) {
      const found = byField.get(field) ?? reading.matches(field);
      byField.set(field, found);
      return found;
    },
  };
}
