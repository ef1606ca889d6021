import { describe, expect, test } from "@jest/globals";
import { CONFIG_PATH } from "../../../src/policy/source.ts";
import { ORGANIZATION_FILE, policyOf } from "../files.ts";

describe("configured signals become tools", () => {
  test.each([
    { row: "trailer: X-Model", matcher: { kind: "trailer", key: "x-model" } },
    { row: "trailer: X-Model, value: ^acme-", matcher: { kind: "trailer", key: "x-model", value: "^acme-" } },
    {
      row: "email: Agent@Acme.example",
      matcher: { kind: "email", email: "agent@acme.example", fields: ["author", "committer", "co-author"] },
    },
    { row: "co-author: Acme Agent", matcher: { kind: "coauthor-name", name: "acme agent" } },
    {
      row: "line: ^Made with Acme",
      matcher: { kind: "line", pattern: "^Made with Acme", in: ["message", "body"] },
    },
    { row: "branch: ^acme-agent/", matcher: { kind: "branch", pattern: "^acme-agent/" } },
    { row: "label: Acme-Agent", matcher: { kind: "label", label: "acme-agent" } },
    {
      row: "account: { id: 7, login: acme-agent }",
      matcher: { kind: "account", id: 7, login: "acme-agent", type: "User" },
    },
    {
      row: 'account: { id: 7, login: "acme-agent[bot]" }',
      matcher: { kind: "account", id: 7, login: "acme-agent[bot]", type: "Bot" },
    },
    {
      row: 'account: { login: "acme-agent[bot]" }',
      matcher: { kind: "account", id: null, login: "acme-agent[bot]", type: "Bot" },
    },
  ])("$row", ({ row, matcher }) => {
    const repository = `detect:\n  signals:\n    - { tool: In-house, ${row} }\n`;
    expect(policyOf({ repository }).policy.detect.signals).toStrictEqual([
      {
        tool: "In-house",
        vendor: "configured",
        signals: [{ ...matcher, strength: "strong", source: `${CONFIG_PATH}:3` }],
      },
    ]);
  });

  test("each is known by the line of its row", () => {
    const repository = "detect:\n  signals:\n    - { tool: A, label: a }\n    - { tool: A, label: b }\n";
    const [tool] = policyOf({ repository }).policy.detect.signals;
    expect(tool?.signals.map(({ source }) => source)).toEqual([`${CONFIG_PATH}:3`, `${CONFIG_PATH}:4`]);
  });

  test("rows of one tool go together, and both files' are in force", () => {
    const { policy } = policyOf({
      organization:
        "detect: { signals: [{ tool: A, label: a }, { tool: B, label: b }, { tool: A, branch: ^a/ }] }",
      repository: "detect: { signals: [{ tool: A, label: c }] }",
    });
    const signals = policy.detect.signals.map(({ tool, signals }) => [
      tool,
      ...signals.map(({ source }) => source),
    ]);
    expect(signals).toEqual([
      ["A", `${ORGANIZATION_FILE}:1`, `${ORGANIZATION_FILE}:1`],
      ["B", `${ORGANIZATION_FILE}:1`],
      ["A", `${CONFIG_PATH}:1`],
    ]);
  });
});
