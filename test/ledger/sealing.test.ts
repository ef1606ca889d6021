import { describe, expect, test } from "@jest/globals";
import { canonicalForm, genesisOf, hashOf, sha256 } from "../../src/ledger/chain.ts";
import type { Entry, Json } from "../../src/ledger/entry.ts";
import { open, seal, sealedPlaces } from "../../src/ledger/sealing.ts";
import { fc } from "../fast-check.ts";
import { chainOf, countedKeys } from "./chains.ts";

const sealed = { sealed: expect.stringMatching(/^[0-9a-f]{64}$/) };

test.each([
  ["a login", { by: { id: 4, login: "olivia" } }, { by: { id: 4, login: sealed } }],
  ["logins without ids", { signedBy: ["olivia", "sam"] }, { signedBy: [sealed, sealed] }],
  ["a reason", { reason: "it burns" }, { reason: sealed }],
  [
    "what was found of a commit",
    { tool: "kiro", text: "Co-authored-by: Kiro" },
    { tool: "kiro", text: sealed },
  ],
  [
    "an owner's address, by which CODEOWNERS names them",
    { as: { kind: "email", email: "olivia@acme.example" } },
    { as: { kind: "email", email: sealed } },
  ],
  ["a field of no name", { area: "billing", count: 2 }, { area: "billing", count: 2 }],
  ["a list of objects", { by: [{ login: "sam" }] }, { by: [{ login: sealed }] }],
  ["nothing", undefined, null],
])("Of its data, the chain holds a hash for %s", (_, data, held) => {
  expect(seal(data, countedKeys()).data).toEqual(held);
});

test("The same text is hashed otherwise each time", () => {
  const { data } = seal({ signedBy: ["sam", "sam"] }, countedKeys());
  expect(new Set(sealedPlaces(data).values()).size).toBe(2);
});

test("What stands for a text is SHA-256 of its key and the text", () => {
  const { data } = seal({ reason: "it burns" }, () => "0123456789abcdefghijkl");
  expect(data).toEqual({ reason: { sealed: sha256("0123456789abcdefghijklit burns") } });
});

describe("Shows data", () => {
  const { data, texts } = seal(
    { by: [{ login: "sam" }], reason: "it burns", "a/b~": { login: "x" } },
    countedKeys(),
  );

  test("With its texts", () => {
    expect(open(data, texts)).toEqual({ by: [{ login: "sam" }], reason: "it burns", "a/b~": { login: "x" } });
  });

  test("With words for those that are gone", () => {
    expect(open(data, { ...texts, "/by/0/login": { erasedBy: 12 } })).toMatchObject({
      by: [{ login: "(erased by entry 12)" }],
    });
    expect(open(data, {})).toMatchObject({ reason: "(not kept here)" });
  });
});

test("Any data comes back as JSON tells it, and has a canonical form", () => {
  const [first] = chainOf(1);
  if (first === undefined) throw new Error("a chain of one");
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const { data, texts } = seal({ reason: "why", value }, countedKeys());
      const { value: back } = open(data, texts) as { readonly value: Json };
      expect(back).toEqual(JSON.parse(JSON.stringify(value)));
      expect(() => canonicalForm({ ...first.entry, data })).not.toThrow();
    }),
  );
});

test("Half a character does not keep an entry out", () => {
  expect(seal({ area: "a\ud800", "b\udc00": 1 }, countedKeys()).data).toEqual({
    area: "a\ufffd",
    "b\ufffd": 1,
  });
});

test("What is hashed is documented: the hash before, and the fields in the order of their names", () => {
  const entry: Entry = {
    ...{ installation: 5, seq: 1, at: "2026-11-30T21:00:00.000Z", happenedAt: null, pull: 7, headSha: null },
    ...{
      repository: { id: 9, name: "acme/shop" },
      kind: "verdict",
      carriedOver: false,
      data: { b: 1, a: "é" },
    },
  };
  const canonical =
    '{"at":"2026-11-30T21:00:00.000Z","carriedOver":false,"data":{"a":"é","b":1},"happenedAt":null,"headSha":null,' +
    '"installation":5,"kind":"verdict","pull":7,"repository":{"id":9,"name":"acme/shop"},"seq":1}';
  expect(canonicalForm(entry)).toBe(canonical);
  expect(genesisOf(5)).toBe(sha256("countersign ledger 1\ninstallation 5\n"));
  expect(hashOf(genesisOf(5), entry)).toBe(sha256(genesisOf(5) + canonical));
});
