import type { Gate } from "../gate/gate.ts";
import type { Account } from "../github-double/world/model.ts";

/** Where a gate's pages are. */
export function pagesAt({ webhookUrl }: Gate): string {
  return new URL(webhookUrl).origin.replace("127.0.0.1", "localhost");
}

/** Somebody's browser, once they have logged in by GitHub. */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #url: string;

  private constructor(gate: Gate) {
    this.#url = pagesAt(gate);
  }

  static async logIn(gate: Gate, who: Account): Promise<Visitor> {
    const visitor = new Visitor(gate);
    gate.double.logins.signedIn = who;
    const toGitHub = await visitor.#follow(`${visitor.#url}/login/github?to=/acme/shop`);
    await visitor.#follow(await visitor.#follow(toGitHub));
    return visitor;
  }

  async see(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await this.#ask(`${this.#url}${path}`);
    return { status: answer.status, text: await answer.text() };
  }

  /** Sends a form of ours from a page that this person has open. */
  async send(path: string, form: Readonly<Record<string, string>>): Promise<string> {
    const token = /name="token" value="([^"]+)"/.exec((await this.see("/")).text)?.[1] ?? "";
    const body = new URLSearchParams({ token, ...form });
    const answer = await this.#ask(`${this.#url}${path}`, {
      method: "POST",
      body,
      headers: { origin: this.#url },
    });
    return answer.text();
  }

  async #follow(address: string): Promise<string> {
    const answer = await this.#ask(address);
    await answer.body?.cancel();
    return new URL(answer.headers.get("location") ?? "", this.#url).href;
  }

  async #ask(address: string, init: RequestInit = {}): Promise<Response> {
    const isOurs = address.startsWith(this.#url);
    const cookie = [...this.#cookies].map(([name, text]) => `${name}=${text}`).join("; ");
    const answer = await fetch(address, {
      ...{ redirect: "manual", ...init },
      headers: { ...init.headers, ...(isOurs && { cookie }) },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", text = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, text);
    }
    return answer;
  }
}
