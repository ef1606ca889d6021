import { describe, expect, test } from "@jest/globals";
import { readYaml } from "../../../src/policy/file/yaml.ts";

describe("where the parts of a file stand", () => {
  const place = ({ line, column }: { readonly line: number; readonly column: number }) => `${line}:${column}`;

  test.each([
    { why: "a key and its value", text: "# x\nmode: observe", path: ["mode"], key: "2:1", value: "2:7" },
    {
      why: "a value on a line of its own",
      text: "review:\n  block: true",
      path: ["review"],
      key: "1:1",
      value: "2:3",
    },
    { why: "text without a character", text: 'mode: ""', path: ["mode"], key: "1:1", value: "1:7" },
    {
      why: "nothing, at its key",
      text: "review:\n  block:\n",
      path: ["review", "block"],
      key: "2:3",
      value: "2:3",
    },
    {
      why: "not even a colon, at its key",
      text: "review:\n  ? block\n",
      path: ["review", "block"],
      key: "2:5",
      value: "2:5",
    },
    {
      why: "an entry of a list, which has no key",
      text: "branches:\n  - main",
      path: ["branches", 0],
      key: "2:5",
      value: "2:5",
    },
    {
      why: "an empty entry of a list",
      text: "branches:\n  - main\n  -\n",
      path: ["branches", 1],
      key: "3:4",
      value: "3:4",
    },
    {
      why: "what is not there, at what is around it",
      text: "mode: x\nreview:\n  block: true",
      path: ["review", "x", 0],
      key: "2:1",
      value: "3:3",
    },
    { why: "the file itself", text: "# x\nmode: observe", path: [], key: "2:1", value: "2:1" },
    { why: "a file without a character", text: "", path: [], key: "1:1", value: "1:1" },
    { why: "a file that cannot be read", text: "a: 1\nmode: [", path: ["mode"], key: "1:1", value: "1:1" },
  ])("$why", ({ text, path, key, value }) => {
    const { positions } = readYaml(text, "countersign.yml");
    expect({ key: place(positions.key(path)), value: place(positions.value(path)) }).toEqual({ key, value });
  });
});
