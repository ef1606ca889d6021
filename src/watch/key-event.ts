import * as z from "zod";

const keyEvent = z.object({ keyid: z.string(), status: z.enum(["signs", "revoked"]) });

/** What the ledger keeps of a signing key: that statements are signed with it from now on, or no more. */
export type KeyEvent = z.infer<typeof keyEvent>;

/** `null` for what another version wrote in another way. */
export function keyEventIn(data: unknown): KeyEvent | null {
  return keyEvent.safeParse(data).data ?? null;
}
