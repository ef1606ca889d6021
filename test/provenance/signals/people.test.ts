import { describe, expect, test } from "@jest/globals";
import { createDetector } from "../../../src/provenance/detector.ts";
import { account, detector, person } from "../texts.ts";

describe("machine", () => {
  test.each([
    { why: "an agent's app", who: account(245459735, "kiro-agent[bot]", "Bot"), kind: "agent" },
    {
      why: "an agent's app as GraphQL names it",
      who: account(245459735, "kiro-agent", "Bot"),
      kind: "agent",
    },
    { why: "Copilot, whose login has no [bot]", who: account(198982749, "Copilot", "Bot"), kind: "agent" },
    { why: "an agent under a user account", who: account(81847, "claude", "User"), kind: "agent" },
    { why: "an agent that was renamed", who: account(81847, "claude-the-first", "User"), kind: "agent" },
    { why: "an AI reviewer", who: account(175728472, "Copilot", "Bot"), kind: "agent" },
    { why: "a bot nobody knows", who: account(5, "acme-sync[bot]", "Bot"), kind: "automation" },
    { why: "a dependency bot", who: account(49699333, "dependabot", "Bot"), kind: "automation" },
    { why: "GitHub itself", who: account(19864447, "web-flow", "User"), kind: "automation" },
    { why: "a mannequin", who: account(6, "old-hand", "Mannequin"), kind: "automation" },
    { why: "an organization", who: account(8, "acme", "Organization"), kind: "automation" },
  ])("$why ($who.login) is $kind", ({ who, kind }) => {
    expect(detector.machine(who)).toEqual({ kind, name: who.login });
  });

  test.each([
    { why: "a person", who: account(7, "mona") },
    { why: "A07 a user called like a bot without [bot]", who: account(7, "kiro-agent") },
    { why: "A07 a user called like a dependency bot", who: account(7, "dependabot") },
    { why: "A07 a user called like a bot whose id is not known", who: account(7, "claude-code") },
    { why: "A07 a user called like the agent Claude", who: account(7, "claude") },
  ])("$why is a human", ({ who }) => {
    expect(detector.machine(who)).toBeNull();
  });

  test.each([
    { listed: { agents: ["acme-build"], notAi: [] }, who: account(9, "Acme-Build"), kind: "agent" },
    { listed: { agents: ["acme-build"], notAi: [] }, who: account(9, "acme-build", "Bot"), kind: "agent" },
    { listed: { agents: ["acme-ai[bot]"], notAi: [] }, who: account(9, "acme-ai", "Bot"), kind: "agent" },
    { listed: { agents: [], notAi: ["acme-sync"] }, who: account(9, "acme-sync"), kind: "automation" },
    { listed: { agents: [], notAi: ["claude"] }, who: account(81847, "claude"), kind: "agent" },
  ])("$listed makes $who.login ($who.type) $kind", ({ listed, who, kind }) => {
    expect(createDetector({ tools: [], ...listed }).machine(who)?.kind).toBe(kind);
  });

  test("A07 a listed bot does not make a user of its name a machine", () => {
    const configured = createDetector({ tools: [], agents: ["acme-ai[bot]"], notAi: ["acme-sync[bot]"] });
    expect(configured.machine(account(9, "acme-ai"))).toBeNull();
    expect(configured.machine(account(9, "acme-sync"))).toBeNull();
  });
});

describe("identity", () => {
  test.each([
    { text: "GitHub <noreply@github.com>", kind: "web-flow" },
    { text: "Claude <noreply@anthropic.com>", kind: "agent" },
    { text: "claude[bot] <41898282+claude[bot]@users.noreply.github.com>", kind: "agent" },
    { text: "kiro-agent[bot] <245459735+kiro-agent[bot]@users.noreply.github.com>", kind: "agent" },
    { text: "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", kind: "automation" },
    { text: "acme[bot] <1+acme[bot]@users.noreply.github.com>", kind: "automation" },
    { text: "Renovate Bot <bot@renovateapp.com>", kind: "automation" },
    { text: "acme-build <9+acme-build@users.noreply.github.com>", kind: "agent" },
    { text: "acme-sync <acme-sync@users.noreply.github.com>", kind: "automation" },
    { text: "Mona <7+mona@users.noreply.github.com>", kind: "person" },
    { text: "Codex <codex@example.com>", kind: "person" },
    { text: "Autofix <62310815+github-advanced-security[bot]@users.noreply.github.com>", kind: "automation" },
    { text: " <>", kind: "person" },
  ])("$text is $kind", ({ text, kind }) => {
    const configured = createDetector({ tools: [], agents: ["acme-build"], notAi: ["acme-sync"] });
    expect(configured.identity(person(text))).toBe(kind);
  });

  test("goes by the account where there is one", () => {
    const stranger = { ...person("Codex <codex@example.com>"), account: account(7, "mona") };
    expect(detector.identity(stranger)).toBe("person");
    expect(detector.identity({ ...stranger, account: account(81847, "claude") })).toBe("agent");
    expect(detector.identity({ ...stranger, account: account(19864447, "web-flow") })).toBe("web-flow");
  });
});
