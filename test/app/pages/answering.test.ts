import { describe, expect, test } from "@jest/globals";
import { open } from "./port.ts";

describe("beside the webhooks", () => {
  test("a page is asked for by its own address, whatever host was named, and with no more headers than it reads", async () => {
    const asked: Request[] = [];
    const { ask } = await open(async (request) => {
      asked.push(request);
      const headers = new Headers({ "content-type": "text/html" });
      headers.append("set-cookie", "a=1");
      headers.append("set-cookie", "b=2");
      return new Response("<p>", { headers });
    });
    const headers = { host: "evil.example", cookie: "c=3", "x-forwarded-host": "evil.example" };
    const { status, headers: told, text } = await ask("/acme/shop?x=1", { headers });
    expect({ status, text, type: told["content-type"] }).toEqual({
      status: 200,
      text: "<p>",
      type: "text/html",
    });
    expect(told["set-cookie"]).toEqual(["a=1", "b=2"]);
    expect(asked.map(({ url }) => url)).toEqual(["https://countersign.test/acme/shop?x=1"]);
    expect(asked.map((one) => [...one.headers])).toEqual([[["cookie", "c=3"]]]);
  });

  test("a form is read whole, up to the longest config", async () => {
    const { ask } = await open(async (request) => new Response(String((await request.text()).length)));
    expect(await ask("/config", { method: "POST", body: "a".repeat(786_432) })).toMatchObject({
      text: "786432",
    });
    expect(await ask("/config", { method: "POST", body: "a".repeat(800_000) })).toMatchObject({
      status: 413,
    });
  });

  test.each([
    ["another method", "/", { method: "PUT" }, 405],
    ["an address of another host", "//evil.example/", {}, 400],
  ])("refused: %s", async (_, path, init, status) => {
    const { ask } = await open(async () => new Response("never"));
    expect(await ask(path, init)).toMatchObject({ status });
  });
});
