import { InvalidArgumentError } from "commander";

/** Logins of an option that may be repeated, each once, without the `@` that people write before them. */
export function collectLogins(text: string, logins: readonly string[] = []): readonly string[] {
  const login = plainLogin(text);
  return logins.some((known) => known.toLowerCase() === login.toLowerCase()) ? logins : [...logins, login];
}

/** A login, a machine with `[bot]` at its end, or the e-mail address of somebody without an account. */
export function plainLogin(text: string): string {
  const login = text.trim().replace(/^@/, "");
  if (!/^[a-z0-9][\w.+-]*(?:@[\w.-]+|\[bot\])?$/i.test(login))
    throw new InvalidArgumentError("Expected a login, such as @mona.");
  return login;
}
