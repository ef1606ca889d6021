import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { inputsOf } from "../../src/action/inputs.ts";

const PEM = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();

describe("inputs", () => {
  test.each([
    { why: "the token alone", given: { TOKEN: "ghs_x" }, inputs: { token: "ghs_x", app: null, fail: false } },
    {
      why: "blanks around them",
      given: { TOKEN: " ghs_x\n", FAIL: " true " },
      inputs: { token: "ghs_x", app: null, fail: true },
    },
    {
      why: "an App",
      given: { TOKEN: "ghs_x", "APP-ID": "42", "PRIVATE-KEY": PEM },
      inputs: { token: "ghs_x", app: { id: 42, pem: PEM.trim() }, fail: false },
    },
  ])("$why", ({ given, inputs }) => {
    expect(inputsOf(asVariables(given))).toEqual(inputs);
  });

  test.each([
    { why: "no token", given: {}, says: "`token` is empty" },
    { why: "an App without its key", given: { TOKEN: "t", "APP-ID": "42" }, says: "go together" },
    { why: "a key without its App", given: { TOKEN: "t", "PRIVATE-KEY": PEM }, says: "go together" },
    {
      why: "a client id in place of the number",
      given: { TOKEN: "t", "APP-ID": "Iv23", "PRIVATE-KEY": PEM },
      says: "the App's number",
    },
    {
      why: "a path in place of the key",
      given: { TOKEN: "t", "APP-ID": "42", "PRIVATE-KEY": "./key.pem" },
      says: "whole text of the App's private key",
    },
    { why: "another word", given: { TOKEN: "t", FAIL: "yes" }, says: "`fail` must be true or false" },
  ])("$why is refused", ({ given, says }) => {
    expect(() => inputsOf(asVariables(given))).toThrow(says);
  });
});

function asVariables(given: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name}`, value]));
}
