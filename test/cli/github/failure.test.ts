import { expect, test } from "@jest/globals";
import { Failure } from "../../../src/cli/failure.ts";
import { failureAbout } from "../../../src/cli/github/failure.ts";
import { mapped } from "../../../src/github/client/errors.ts";

function answer(status: number, message: string, headers: Readonly<Record<string, string>> = {}): unknown {
  const error = Object.assign(new Error(message), {
    status,
    response: { status, headers, data: { message } },
  });
  return mapped(error, "Contents: read");
}

test.each([
  {
    error: answer(404, "Not Found"),
    says: "acme/shop does not exist or is not visible: check its spelling, and that the token can read it",
  },
  {
    error: answer(401, "Bad credentials"),
    says: "GitHub rejected the token in GITHUB_TOKEN or GH_TOKEN: Bad credentials; give it another one",
  },
  {
    error: answer(403, "Resource not accessible by personal access token"),
    says: "GitHub denied the token access: Resource not accessible by personal access token. Needed: Contents: read.",
  },
  { error: answer(502, "Bad gateway"), says: "GitHub could not answer (502): Bad gateway; try again" },
])("$says", ({ error, says }) => {
  const failure = failureAbout(error, "acme/shop");

  expect(failure).toBeInstanceOf(Failure);
  expect(failure instanceof Failure && failure.message).toBe(says);
});

test("what GitHub did not say is no answer of GitHub's", () => {
  const bug = new TypeError("undefined is not a function");

  expect(failureAbout(bug, "acme/shop")).toBe(bug);
});
