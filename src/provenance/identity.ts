/**
 * An account by its numeric id. Logins are shown, never compared for identity: a user may carry a bot's name
 * (GraphQL strips `[bot]`).
 */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Mannequin" | "Organization";
}

/** A name and e-mail as git holds them, with the account GitHub maps the e-mail to, if any. */
export interface Identity {
  readonly name: string;
  readonly email: string;
  readonly account: Account | null;
}
