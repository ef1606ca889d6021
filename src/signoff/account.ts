/**
 * An account by its numeric id. Logins are shown, never compared for identity: a user may carry a bot's name
 * (GraphQL strips `[bot]`).
 */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Mannequin" | "Organization";
}
