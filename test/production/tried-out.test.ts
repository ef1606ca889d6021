import { expect, test } from "@jest/globals";
import { isTriedOut } from "../../src/production/tried-out.ts";

test.each([
  "examples/assistant/wrangler.jsonc",
  "packages/agents/src/tests/wrangler.jsonc",
  "packages/a/e2e-tests/wrangler.toml",
  "dev-packages/node-integration-tests/suites/knex/docker-compose.yml",
  "fixtures/reset/wrangler.jsonc",
  "packages/vite-plugin/playground/bindings/wrangler.jsonc",
  "examples/chat/vercel.json",
])("%s starts only what a test or an example needs", (path) => {
  expect(isTriedOut(path)).toBe(true);
});

test.each([
  "wrangler.jsonc",
  "packages/router-worker/wrangler.jsonc",
  "docker-compose.yml",
  "docker-compose.test.yml",
  "docs/wrangler.jsonc",
  "apps/examples/wrangler.jsonc",
  "environments/test/docker-compose.yml",
  "deploy/tests/compose.yaml",
  "examples/production/compose.yaml",
  "tests/Dockerfile",
  "examples/chart/values.yaml",
  "examples/main.tf",
  "latest/wrangler.jsonc",
  "contests/wrangler.jsonc",
])("%s may be what is deployed", (path) => {
  expect(isTriedOut(path)).toBe(false);
});
