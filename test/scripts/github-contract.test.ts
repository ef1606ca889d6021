import { describe, expect, test } from "@jest/globals";
import { contractOf, type Published } from "../../scripts/github-contract/contract.ts";
import { OPERATIONS } from "../github-double/contract/used.ts";

const TEXT = { description: "A text for people.", example: "x" };

/** A description that has each operation, with nothing in it but what is given. */
function published(operation: string, schema: object): Published {
  const responses = { 200: { ...TEXT, content: { "application/json": { schema: { ...schema, ...TEXT } } } } };
  const paths: Record<string, Record<string, object>> = {};
  for (const each of OPERATIONS) {
    const [method = "", path = ""] = each.split(" ");
    const described = { summary: "s", responses: each === operation ? responses : {} };
    paths[path] = { ...paths[path], [method.toLowerCase()]: described };
  }
  return {
    info: { version: "1" },
    paths: paths as Published["paths"],
    "x-webhooks": {
      "pull-request-opened": {
        post: { requestBody: { $ref: "#/components/responses/gone" }, responses: {} },
      },
      "star-created": { post: { responses: {} } },
    },
    components: {
      schemas: { "basic-error": {}, near: { $ref: "#/components/schemas/far" }, far: { ...TEXT }, other: {} },
      responses: { gone: { ...TEXT, content: {} }, unused: {} },
    },
  };
}

const OPERATION = "GET /meta";

function schemaOf(given: object): object | undefined {
  const { paths } = contractOf(published(OPERATION, given));
  return paths["/meta"]?.get?.responses[200]?.content?.["application/json"]?.schema;
}

describe("the contract that is made of GitHub's description", () => {
  test("leaves out texts for people, but no property that bears such a name", () => {
    const properties = { description: { type: "string", ...TEXT }, id: { type: "integer" } };
    expect(schemaOf({ properties })).toEqual({
      properties: { description: { type: "string" }, id: { type: "integer" } },
    });
  });

  test("holds what is referred to, near and far, and the error that every operation may answer with", () => {
    const { components } = contractOf(published(OPERATION, { $ref: "#/components/schemas/near" }));
    expect(components).toEqual({
      schemas: { "basic-error": {}, near: { $ref: "#/components/schemas/far" }, far: {} },
      responses: { gone: { content: {} } },
    });
  });

  test("holds the events that the double tells of, and no others", () => {
    expect(Object.keys(contractOf(published(OPERATION, {}))["x-webhooks"])).toEqual(["pull-request-opened"]);
  });

  test("cannot be made of a description that lacks an operation", () => {
    const { paths, ...rest } = published(OPERATION, {});
    const { "/meta": _, ...others } = paths;
    expect(() => contractOf({ ...rest, paths: others })).toThrow("the description has no GET /meta");
  });
});
