import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Gate, openGate } from "../gate/gate.ts";
import type { Account, Pull } from "../github-double/world/model.ts";
import { pagesAt, Visitor } from "./visitor.ts";

let gate: Gate;
let pull: Pull;

beforeAll(async () => {
  gate = await openGate({ pages: true });
  pull = gate.kirosChange({ "infra/production/main.tf": null });
  await gate.settle();
});
afterAll(async () => {
  await gate.close();
  expect(gate.double.violations).toEqual([]);
});

const page = () => `/acme/shop/pull/${pull.number}`;

/** What a person gets to see of the pull request. */
async function statusFor(who: Account): Promise<number> {
  return (await (await Visitor.logIn(gate, who)).see(page())).status;
}

describe("the pages beside the check", () => {
  test("the check leads to the page, which says the same", async () => {
    const run = gate.repo.runs.findLast(
      ({ suite, name }) => suite.sha === pull.headSha && name === "countersign",
    );
    expect(run?.detailsUrl).toBe(`${pagesAt(gate)}${page()}`);
    const { status, text } = await (await Visitor.logIn(gate, gate.people.olga)).see(page());
    expect(status).toBe(200);
    const plain = text.replace(/<[^>]+>/g, "");
    expect(plain).toContain(`Blocked: ${gate.shown(pull)?.title}`);
  });

  test("whoever logs in leaves no token behind", async () => {
    const before = gate.double.requests.length;
    await Visitor.logIn(gate, gate.people.sam);
    const asked = gate.double.requests.slice(before).map(({ operation, status }) => `${operation} ${status}`);
    expect(asked).toEqual([
      "GET /login/oauth/authorize 302",
      "POST /login/oauth/access_token 200",
      "GET /user 200",
      "DELETE /applications/{client_id}/token 204",
    ]);
  });

  test("a countersignature is on the page as soon as the check says so", async () => {
    const visitor = await Visitor.logIn(gate, gate.people.sam);
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
    const visitor = await Visitor.logIn(gate, guest);
    expect((await visitor.see(page())).status).toBe(200);
    world.permission(repo, guest, "none");
    await gate.settle();
    expect(await visitor.see(page())).toEqual(await visitor.see("/acme/no-such-repository"));
  });
});
