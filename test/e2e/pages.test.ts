import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Gate, openGate } from "../gate/gate.ts";
import type { Account, Pull } from "../github-double/world/model.ts";

let gate: Gate;
let url: string;
let pull: Pull;

beforeAll(async () => {
  gate = await openGate({ pages: true });
  url = new URL(gate.webhookUrl).origin.replace("127.0.0.1", "localhost");
  pull = gate.kirosChange({ "infra/production/main.tf": null });
  await gate.settle();
});
afterAll(async () => {
  await gate.close();
  expect(gate.double.violations).toEqual([]);
});

/** Somebody's browser, once they have logged in by GitHub. */
class Visitor {
  readonly #cookies = new Map<string, string>();

  static async logIn(who: Account): Promise<Visitor> {
    const visitor = new Visitor();
    gate.double.logins.signedIn = who;
    const toGitHub = await visitor.#follow(`${url}/login/github?to=/acme/shop`);
    await visitor.#follow(await visitor.#follow(toGitHub));
    return visitor;
  }

  async see(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await this.#ask(`${url}${path}`);
    return { status: answer.status, text: await answer.text() };
  }

  async #follow(address: string): Promise<string> {
    const answer = await this.#ask(address);
    await answer.body?.cancel();
    return new URL(answer.headers.get("location") ?? "", url).href;
  }

  async #ask(address: string): Promise<Response> {
    const isOurs = address.startsWith(url);
    const cookie = [...this.#cookies].map(([name, text]) => `${name}=${text}`).join("; ");
    const answer = await fetch(address, { redirect: "manual", ...(isOurs && { headers: { cookie } }) });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", text = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, text);
    }
    return answer;
  }
}

const page = () => `/acme/shop/pull/${pull.number}`;

/** What a person gets to see of the pull request. */
async function statusFor(who: Account): Promise<number> {
  return (await (await Visitor.logIn(who)).see(page())).status;
}

describe("the pages beside the check", () => {
  test("the check leads to the page, which says the same", async () => {
    const run = gate.repo.runs.findLast(
      ({ suite, name }) => suite.sha === pull.headSha && name === "countersign",
    );
    expect(run?.detailsUrl).toBe(`${url}${page()}`);
    const { status, text } = await (await Visitor.logIn(gate.people.olga)).see(page());
    expect(status).toBe(200);
    const plain = text.replace(/<[^>]+>/g, "");
    expect(plain).toContain(`Blocked: ${gate.shown(pull)?.title}`);
  });

  test("whoever logs in leaves no token behind", async () => {
    const before = gate.double.requests.length;
    await Visitor.logIn(gate.people.sam);
    const asked = gate.double.requests.slice(before).map(({ operation, status }) => `${operation} ${status}`);
    expect(asked).toEqual([
      "GET /login/oauth/authorize 302",
      "POST /login/oauth/access_token 200",
      "GET /user 200",
      "DELETE /applications/{client_id}/token 204",
    ]);
  });

  test("a countersignature is on the page as soon as the check says so", async () => {
    const visitor = await Visitor.logIn(gate.people.sam);
    const other = gate.kirosChange({ "infra/production/network.tf": "# as it was\n" });
    await gate.settle();
    expect((await visitor.see(`/acme/shop/pull/${other.number}`)).text).toContain(">Blocked<");
    gate.world.review(other, gate.people.olga, "APPROVED");
    await gate.settle();
    const { text } = await visitor.see(`/acme/shop/pull/${other.number}`);
    expect(text).toContain(">May merge<");
    expect(text).toMatch(/<dt>Signed<\/dt><dd>.*@olga/);
    gate.world.close(other, gate.people.olga);
    await gate.settle();
    expect((await visitor.see("/acme/shop")).text).not.toContain(`/pull/${other.number}"`);
    expect((await visitor.see(`/acme/shop/pull/${other.number}`)).text).toContain("No verdict is kept");
  });
});

describe("who may see a repository", () => {
  test("a private one: whoever may read it, and nobody else", async () => {
    const { world, repo, people } = gate;
    const reader = world.user("rita", { name: "Rita Reed" });
    const stranger = world.user("stan", { name: "Stan Strange" });
    world.permission(repo, reader, "read");
    await gate.settle();
    expect(await statusFor(people.kira)).toBe(200);
    expect(await statusFor(reader)).toBe(200);
    expect(await statusFor(stranger)).toBe(404);
  });

  test("a public one: whoever may write, or belongs to the organization; not everybody who reads", async () => {
    const { world, repo, org, people } = gate;
    const member = world.user("mia", { name: "Mia Member" });
    org.members.add(member);
    const stranger = world.user("eve", { name: "Eve Ellis" });
    world.setPrivate(repo, false, people.olga);
    await gate.settle();
    expect(await statusFor(people.kira)).toBe(200);
    expect(await statusFor(member)).toBe(200);
    expect(await statusFor(stranger)).toBe(404);
    world.setPrivate(repo, true, people.olga);
    await gate.settle();
  });

  test("nobody whose right is withdrawn while they look, as soon as GitHub tells of it", async () => {
    const { world, repo } = gate;
    const guest = world.user("gus", { name: "Gus Guest" });
    world.permission(repo, guest, "write");
    await gate.settle();
    const visitor = await Visitor.logIn(guest);
    expect((await visitor.see(page())).status).toBe(200);
    world.permission(repo, guest, "none");
    await gate.settle();
    expect(await visitor.see(page())).toEqual(await visitor.see("/acme/no-such-repository"));
  });
});
