import type { HumanReview } from "../../attestation/human-review.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { RecordedReview } from "../../watch/review.ts";
import { assertionOf } from "../passkeys/assertion.ts";

type Signer = RecordedReview["signers"][number];
type SignedPasskey = HumanReview["signers"][number]["passkey"];

/**
 * The passkey of each signer with its assertion; `null` for those of whom none was asked. As a whole `null` where an
 * assertion that counted is not kept.
 */
export async function passkeysOf(
  store: Pick<Store, "passkeyProofs">,
  repository: RepositoryRef,
  signers: readonly Signer[],
): Promise<ReadonlyMap<Signer, SignedPasskey> | null> {
  const pulls = new Set(signers.flatMap(({ passkey }) => passkey?.pull ?? []));
  const known = await Promise.all([...pulls].map((pull) => store.passkeyProofs(repository, pull)));
  const found = new Map<Signer, SignedPasskey>();
  for (const signer of signers) {
    const { passkey } = signer;
    if (passkey === undefined) {
      found.set(signer, null);
      continue;
    }
    const { statement, key, byCode, vouchedBy } = passkey;
    const proof = known.flatMap((proofs) => proofs.get(statement) ?? [])[0];
    if (proof === undefined) return null;
    found.set(signer, { ...assertionOf(key, proof), byCode, vouchedBy });
  }
  return found;
}
