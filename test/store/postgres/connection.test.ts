import { expect, test } from "@jest/globals";
import { connection } from "../../../src/store/postgres/connection.ts";

test.each([
  "postgres://app@db:5432/shop",
  "postgres://app:other@db/shop?sslmode=disable",
  "postgres://app@/shop?host=/var/run/postgresql",
])("the password goes into the address, where the client prefers it to any other: %s", (url) => {
  const password = "a p@ss/w:rd+%&?=";
  const { connectionString } = connection(url, password);
  const [, parameters] = connectionString.split("?");
  expect(new URLSearchParams(parameters).get("password")).toBe(password);
  expect(connectionString.startsWith(url)).toBe(true);
});

test("an address without a password of its own stays as it is", () => {
  expect(connection("postgres://app@db/shop")).toEqual({ connectionString: "postgres://app@db/shop" });
});
