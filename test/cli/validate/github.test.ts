import { describe, expect, test } from "@jest/globals";
import { Failure } from "../../../src/cli/failure.ts";
import { type GitHubRequest, readGitHub } from "../../../src/cli/validate/github.ts";
import { nock } from "../../nock.ts";
import { run } from "../run-cli.ts";

const SHA = "5".repeat(40);
const RAW = { "content-type": "application/vnd.github.raw+json; charset=utf-8" };

interface Served {
  readonly files?: Readonly<Record<string, string>>;
  readonly errors?: readonly object[];
  readonly base?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What GitHub is asked in one validation, and answers. */
function serve({ files = {}, errors, base = "https://api.github.com", headers = {} }: Served): void {
  const scope = nock(base, { reqheaders: headers });
  scope.get("/repos/acme/shop").optionally().reply(200, { default_branch: "main" });
  scope.get("/repos/acme/shop/commits/heads%2Fmain").reply(200, { sha: SHA });
  const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
  const found = places.find((path) => path in files);
  const asked = places.slice(0, found === undefined ? undefined : places.indexOf(found) + 1);
  for (const path of [".github/countersign.yml", ...asked]) {
    const text = files[path];
    const get = scope.get(`/repos/acme/shop/contents/${encodeURIComponent(path)}?ref=${SHA}`);
    if (text === undefined) get.reply(404, { message: "Not Found" });
    else get.reply(200, text, RAW);
  }
  if (errors !== undefined) scope.get(`/repos/acme/shop/codeowners/errors?ref=${SHA}`).reply(200, { errors });
}

function error(kind: string, line: number, more: object = {}): object {
  return {
    kind,
    line,
    column: 1,
    source: "",
    suggestion: null,
    message: `${kind} on line ${line}`,
    path: "x",
    ...more,
  };
}

const CONFIG = { ".github/countersign.yml": "version: 1\n" };

describe("validate --github", () => {
  test("what both find is said once, and ends with 1", async () => {
    serve({ files: { CODEOWNERS: "* @ada\n!x @ben\n" }, errors: [error("Invalid pattern", 2)] });

    const { code, stdout } = await run("/", "validate", "--github", "acme/shop", "--json");

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      valid: false,
      files: ["CODEOWNERS"],
      problems: [expect.objectContaining({ code: "codeowners/invalid-pattern", line: 2, column: 1 })],
    });
  });

  test("nothing wrong ends with 0", async () => {
    serve({ files: { ...CONFIG, "docs/CODEOWNERS": "* @ada\n" }, errors: [] });

    expect(await run("/", "validate", "--github", "acme/shop")).toEqual({
      code: 0,
      stdout: "VALID 2 files: .github/countersign.yml, docs/CODEOWNERS\n",
      stderr: "",
    });
  });

  test.each([
    {
      why: "what GitHub alone finds is an error: it skips the line, we would not",
      text: "* @ada\n/x @ben\n",
      errors: [error("Invalid pattern", 2, { column: 4, suggestion: "Did you mean `y`?" })],
      problem: {
        code: "codeowners/differs-from-github",
        severity: "error",
        line: 2,
        column: 4,
        message: "GitHub reports “Invalid pattern” here, but Countersign reads the line as valid.",
        remedy: "Did you mean `y`?",
      },
    },
    {
      why: "an owner that GitHub does not know is named",
      text: "* @ada\n/x @ada @acme/gone\n",
      errors: [error("Unknown owner", 2, { column: 9, source: "/x @ada @acme/gone" })],
      problem: {
        code: "codeowners/unknown-owner",
        severity: "error",
        line: 2,
        column: 9,
        message:
          "Unknown owner: on GitHub “@acme/gone” does not exist, is not visible or has no write access.",
      },
    },
    {
      why: "a kind of error that is new is one too",
      text: "* @ada\n",
      errors: [error("Something else", 1, { source: undefined, suggestion: undefined })],
      problem: { code: "codeowners/differs-from-github", line: 1, severity: "error" },
    },
  ])("$why", async ({ text, errors, problem }) => {
    serve({ files: { CODEOWNERS: text }, errors });

    const { code, stdout } = await run("/", "validate", "--github", "acme/shop", "--json");

    expect(code).toBe(1);
    expect(JSON.parse(stdout).problems).toEqual([expect.objectContaining(problem)]);
  });

  test("what only we find is an error, beside the one it differs in", async () => {
    serve({ files: { CODEOWNERS: "* @ada\n/x ben\n" }, errors: [] });

    const { stdout } = await run("/", "validate", "--github", "acme/shop", "--json");

    expect(JSON.parse(stdout).problems).toEqual([
      expect.objectContaining({ code: "codeowners/invalid-owner", line: 2 }),
      expect.objectContaining({
        code: "codeowners/differs-from-github",
        line: 2,
        message: "GitHub reports no error here, but Countersign reads the line as invalid.",
      }),
    ]);
  });

  test("the config is checked along with it", async () => {
    serve({ files: { ".github/countersign.yml": "mode: x\n", CODEOWNERS: "* @ada\n" }, errors: [] });

    const { code, stdout } = await run("/", "validate", "--github", "acme/shop");

    expect(code).toBe(1);
    expect(stdout).toMatch(/error: \.github\/countersign\.yml:1:7: /);
  });
});

const REQUEST: GitHubRequest = { owner: "acme", repo: "shop", environment: {} };

describe("what is asked", () => {
  test.each([
    {
      why: "GITHUB_TOKEN",
      environment: { GITHUB_TOKEN: "one", GH_TOKEN: "two" },
      authorization: "token one",
    },
    { why: "GH_TOKEN", environment: { GH_TOKEN: "two" }, authorization: "token two" },
  ])("the token is $why", async ({ environment, authorization }) => {
    serve({ files: CONFIG, headers: { authorization } });

    expect((await readGitHub({ ...REQUEST, environment })).configs).toHaveLength(1);
  });

  test("another host is taken from GHE_HOST", async () => {
    serve({ files: CONFIG, base: "https://github.example.com/api/v3" });

    const inputs = await readGitHub({ ...REQUEST, environment: { GHE_HOST: "github.example.com" } });

    expect(inputs.controlled).toEqual([".github/countersign.yml"]);
    expect(inputs.reported).toBeNull();
  });

  test("a ref is asked for by its full names, and all else by its commit", async () => {
    nock("https://api.github.com")
      .get("/repos/acme/shop/commits/heads%2Frelease%2F2")
      .reply(200, { sha: SHA });
    nock("https://api.github.com").get("/repos/acme/shop/commits/tags%2Frelease%2F2").reply(422, {});
    for (const path of [".github/countersign.yml", ".github/CODEOWNERS"]) {
      nock("https://api.github.com")
        .get(`/repos/acme/shop/contents/${encodeURIComponent(path)}?ref=${SHA}`)
        .reply(200, Buffer.from("* @ada\n"), { "content-type": "application/octet-stream" });
    }
    nock("https://api.github.com")
      .get(`/repos/acme/shop/codeowners/errors?ref=${SHA}`)
      .reply(200, { errors: [] });

    const inputs = await readGitHub({ ...REQUEST, ref: "release/2" });

    expect(inputs.codeowners).toEqual([{ name: ".github/CODEOWNERS", text: "* @ada\n" }]);
  });
});

describe("what GitHub refuses ends in one sentence", () => {
  const base = "https://api.github.com";

  test.each([
    {
      status: 404,
      message: "Not Found",
      says: "acme/shop does not exist or is not visible: check its spelling, and set GITHUB_TOKEN to a token that can read it",
    },
    {
      status: 401,
      message: "Bad credentials",
      says: "GitHub does not accept the token in GITHUB_TOKEN or GH_TOKEN: Bad credentials",
    },
    {
      status: 403,
      message: "rate limit",
      says: "GitHub did not answer (403): rate limit (no token was given: set GITHUB_TOKEN)",
    },
    {
      status: 502,
      message: "Bad Gateway",
      says: "GitHub did not answer (502): Bad Gateway (no token was given: set GITHUB_TOKEN)",
    },
  ])("$status", async ({ status, message, says }) => {
    nock(base).get("/repos/acme/shop").reply(status, { message });

    const failed = await readGitHub(REQUEST).catch((error: unknown) => error);

    expect(failed).toBeInstanceOf(Failure);
    expect(String(failed)).toContain(says);
  });

  test("a token in what it says is not shown (E09)", async () => {
    nock(base)
      .get("/repos/acme/shop")
      .reply(500, { message: "token ghs_0123456789abcdefghij0123456789abcdef" });

    await expect(readGitHub(REQUEST)).rejects.toThrow(/\[redacted\]/);
  });

  test("a ref that is not there", async () => {
    nock(base).get("/repos/acme/shop/commits/heads%2Fgone").reply(404, { message: "Not Found" });
    nock(base).get("/repos/acme/shop/commits/tags%2Fgone").reply(422, { message: "No commit found" });

    await expect(readGitHub({ ...REQUEST, ref: "gone" })).rejects.toThrow(
      /^gone of acme\/shop does not exist or is not visible/,
    );
  });

  test("a ref that is a branch and a tag, of two commits", async () => {
    nock(base).get("/repos/acme/shop/commits/heads%2Fv1").reply(200, { sha: SHA });
    nock(base)
      .get("/repos/acme/shop/commits/tags%2Fv1")
      .reply(200, { sha: "2".repeat(40) });

    await expect(readGitHub({ ...REQUEST, ref: "v1" })).rejects.toThrow(
      `v1 means two commits: heads/v1 (${SHA.slice(0, 12)}) and tags/v1 (222222222222)`,
    );
  });

  test("an answer that is not as documented", async () => {
    nock(base).get("/repos/acme/shop").reply(200, {});

    await expect(readGitHub(REQUEST)).rejects.toThrow(
      /GitHub's answer to GET \/repos\/\{owner\}\/\{repo\} is not as documented/,
    );
  });

  test("no such files", async () => {
    serve({});

    await expect(readGitHub(REQUEST)).rejects.toThrow(
      /acme\/shop has no \.github\/countersign\.yml and no CODEOWNERS at main/,
    );
  });

  test("a host that is none", async () => {
    await expect(readGitHub({ ...REQUEST, environment: { GHE_HOST: "https://x" } })).rejects.toThrow(
      /GHE_HOST is/,
    );
  });
});
