import { expect, test } from "@jest/globals";
import { placesNaming } from "../../src/ledger/erasing.ts";
import { seal } from "../../src/ledger/sealing.ts";
import { countedKeys } from "./chains.ts";

test.each([
  ["a login", { by: { login: "olga" } }, ["/by/login"]],
  ["a login in another case", { by: { login: "Olga" } }, ["/by/login"]],
  ["another login", { by: { login: "olgaa" } }, []],
  ["what they said", { by: { login: "olga" }, reason: "It burns" }, ["/by/login", "/reason"]],
  ["what others said", { by: { login: "sam" }, reason: "It burns" }, []],
  [
    "what several said",
    { by: [{ login: "sam" }, { login: "olga" }], reason: "x" },
    ["/by/1/login", "/reason"],
  ],
  [
    "their words elsewhere",
    {
      list: [
        { by: { login: "olga" }, reason: "a" },
        { by: { login: "sam" }, reason: "b" },
      ],
    },
    ["/list/0/by/login", "/list/0/reason"],
  ],
  [
    "what earlier versions wrote",
    { signedBy: ["olga", "sam"], by: "olga", reason: "x" },
    ["/signedBy/0", "/by", "/reason"],
  ],
  ["a mention", { says: "Let through by @olga." }, ["/says"]],
  ["a mention of a longer login", { says: "Let through by @olga-2, @olgaa" }, []],
  ["an address", { text: "Co-authored-by: O <OLGA@acme.example>" }, ["/text"]],
  ["a login inside a word", { reason: "volgaw" }, []],
])("Erases of a person: %s", (_, data, places) => {
  const { texts } = seal(data, countedKeys());
  const found = placesNaming({ login: "olga", texts: ["olga@acme.example", ""] }, texts);
  expect(found.toSorted()).toEqual([...places].toSorted());
});

test("What is erased already is not erased again", () => {
  expect(placesNaming({ login: "olga", texts: [] }, { "/by/login": { erasedBy: 4 } })).toEqual([]);
});
