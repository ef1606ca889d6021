import { type CodeFor, makeCode } from "../../signoff/passkey/code.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import type { Environment } from "../github/host.ts";
import { neutralLine } from "../output/neutral.ts";
import type { Terminal } from "../terminal.ts";

interface Asked {
  readonly whom: CodeFor;
  readonly environment: Environment;
  /** Random, base64url. */
  readonly nonce: string;
}

/** GitHub's rule for logins, and one `@` more than people write. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,99}$/i;

/** `countersign passkey`. Throws a `Failure` where it cannot make one. */
export function passkeyCode({ whom, environment, nonce }: Asked, { stdout, now }: Terminal): ExitCode {
  const { SESSION_SECRET: secret = "" } = environment;
  const [owner, login] = [whom.owner, whom.login].map((name) => name.replace(/^@/, ""));
  for (const name of [owner, login])
    if (name === undefined || !NAME.test(name))
      throw new Failure(
        `${neutralLine(String(name))} is no name on GitHub: give an organization and a login`,
      );
  if (secret === "")
    throw new Failure("SESSION_SECRET is not set: run this where the App runs, with the App's own settings");
  const { code, until } = makeCode(secret, { owner: owner ?? "", login: login ?? "" }, { now: now(), nonce });
  stdout.write(`${code}\n`);
  stdout.write(
    `For ${login} in ${owner}, once, until ${until.toISOString().slice(0, 16).replace("T", " ")} UTC.\n`,
  );
  return EXIT.pass;
}
