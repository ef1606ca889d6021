import { describe, expect, test } from "@jest/globals";
import { CONFIG_PATH } from "../../../src/policy/source.ts";
import { ORGANIZATION_FILE, policyOf } from "../files.ts";

describe("configured signals become tools", () => {
  test.each([
    { row: "trailer: X-Model", mark: { kind: "trailer", key: "x-model" } },
    { row: "trailer: X-Model, value: ^acme-", mark: { kind: "trailer", key: "x-model", value: "^acme-" } },
    {
      row: "email: Agent@Acme.example",
      mark: { kind: "email", email: "agent@acme.example", fields: ["author", "committer", "co-author"] },
    },
    { row: "co-author: Acme Agent", mark: { kind: "coauthor-name", name: "acme agent" } },
    {
      row: "line: ^Made with Acme",
      mark: { kind: "line", pattern: "^Made with Acme", in: ["message", "body"] },
    },
    { row: "branch: ^acme-agent/", mark: { kind: "branch", pattern: "^acme-agent/" } },
    { row: "label: Acme-Agent", mark: { kind: "label", label: "acme-agent" } },
    {
      row: "account: { id: 7, login: acme-agent }",
      mark: { kind: "account", id: 7, login: "acme-agent", type: "User" },
    },
    {
      row: 'account: { id: 7, login: "acme-agent[bot]" }',
      mark: { kind: "account", id: 7, login: "acme-agent[bot]", type: "Bot" },
    },
    {
      row: 'account: { login: "acme-agent[bot]" }',
      mark: { kind: "account", id: null, login: "acme-agent[bot]", type: "Bot" },
    },
  ])("$row", ({ row, mark }) => {
    const repository = `detect:\n  signals:\n    - { tool: In-house, ${row} }\n`;
    expect(policyOf({ repository }).policy.detect.signals).toStrictEqual([
      {
        tool: "In-house",
        vendor: "configured",
        signals: [{ ...mark, strength: "strong", source: `${CONFIG_PATH}:3` }],
      },
    ]);
  });

  test("rows of one tool go together, and both files' are in force", () => {
    const { policy } = policyOf({
      organization:
        "detect: { signals: [{ tool: A, label: a }, { tool: B, label: b }, { tool: A, branch: ^a/ }] }",
      repository: "detect: { signals: [{ tool: A, label: c }] }",
    });
    const marks = policy.detect.signals.map(({ tool, signals }) => [
      tool,
      ...signals.map(({ source }) => source),
    ]);
    expect(marks).toEqual([
      ["A", `${ORGANIZATION_FILE}:1`, `${ORGANIZATION_FILE}:1`],
      ["B", `${ORGANIZATION_FILE}:1`],
      ["A", `${CONFIG_PATH}:1`],
    ]);
  });
});
