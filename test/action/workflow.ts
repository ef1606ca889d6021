import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "@jest/globals";
import { bundleAction } from "../../scripts/package/bundle-action.ts";
import { runAction } from "../../src/action/main.ts";
import { sink } from "../cli/run-cli.ts";
import { type GithubDouble, startDouble } from "../github-double/double.ts";
import type { Account, CommitStatus, Installation, Pull } from "../github-double/world/model.ts";
import { type OriginStory, originStory } from "../story/scenario.ts";

/*
 * What a runner does for the action: a process with the event in a file, and files for what it says. The events are the
 * webhooks that the double sends for what happened, which are held to GitHub's published description.
 */

const ACTIONS = 15368;
const APP = 4242;

/** `permissions` of the workflow that docs/action.md shows. */
export const PERMISSIONS = {
  contents: "read",
  checks: "read",
  issues: "read",
  pull_requests: "write",
  statuses: "write",
} as const;

const EVENTS = ["pull_request", "issue_comment", "pull_request_review", "merge_group", "workflow_run"];

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly summary: string;
  readonly outputs: string;
}

export interface ActionBed {
  readonly double: GithubDouble;
  readonly world: GithubDouble["world"];
  readonly story: OriginStory;
  /** Of GitHub Actions, in whose name the token acts. */
  readonly installation: Installation;
  /** Runs the action for the last webhook of that name, or for the payload. */
  readonly run: (event: string, given?: Given) => Promise<Ran>;
  /** A review was given: its small workflow ran, and ends. */
  readonly reviewHeard: (pull: Pull, by: Account, title?: string, inputs?: Given["inputs"]) => Promise<Ran>;
  /** The own App, whose key the workflow has. */
  readonly installApp: () => AppInputs;
  /** The status that people see. */
  readonly status: (sha: string) => Pick<CommitStatus, "state" | "description"> | null;
  readonly violationsExpected: RegExp[];
}

type AppInputs = { readonly "app-id": string; readonly "private-key": string };

interface Given {
  readonly payload?: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface BedOptions {
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  readonly hourlyLimit?: number;
  /** By whom the required check has to be reported. */
  readonly requires?: "actions" | "app";
  /** The file that runners start, in a process of its own; else the same in this process, which is faster. */
  readonly bundled?: true;
}

export function useAction(options: BedOptions = {}): () => ActionBed {
  let folder = "";
  let bundle = "";
  let current: ActionBed | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "countersign-action-"));
    if (options.bundled !== true) return;
    await bundleAction(PROJECT, join(folder, "bundle"));
    bundle = join(folder, "bundle", "index.mjs");
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(async () => {
    current = await setUp(options, { folder, bundle });
  });
  afterEach(async () => {
    const { double, violationsExpected } = bed();
    await double.stop();
    const unexpected = double.violations.filter((each) => !violationsExpected.some((at) => at.test(each)));
    expect(unexpected).toEqual([]);
  });
  const bed = () => {
    if (current === undefined) throw new Error("no double is running");
    return current;
  };
  return bed;
}

interface Places {
  readonly folder: string;
  readonly bundle: string;
}

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

async function setUp(options: BedOptions, places: Places): Promise<ActionBed> {
  const { permissions = PERMISSIONS, hourlyLimit = 1000, requires = "actions" } = options;
  const double = await startDouble({ hourlyLimit });
  const { world } = double;
  const story = originStory(double, requires === "app" ? APP : ACTIONS);
  const { installation } = double.connectApp({
    ...{ appId: ACTIONS, slug: "github-actions", secret: "none", webhookUrl: null, events: EVENTS },
    ...{ permissions, installationAccount: story.acme },
  });
  const token = () => double.tokens.issue(installation, new Set([story.shop.id]), permissions).token;
  const run: ActionBed["run"] = (event, { payload, inputs = {} } = {}) =>
    runAs(places, {
      ...{ event, payload: payload ?? lastOf(double, event), story, server: double.url },
      inputs: { token: token(), ...inputs },
    });
  return {
    ...{ double, world, story, installation, run, violationsExpected: [] },
    reviewHeard: (pull, by, title = `countersign ${pull.number}`, inputs = {}) => {
      const path = ".github/workflows/countersign-review.yml";
      world.workflowRan(pull, { name: "Countersign review", path, title, event: "pull_request_review", by });
      return run("workflow_run", { inputs });
    },
    installApp: () => {
      const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      double.connectApp({
        ...{ appId: APP, secret: "none", webhookUrl: null, installationAccount: story.acme, events: [] },
        privateKeyPublicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
      });
      const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
      return { "app-id": String(APP), "private-key": pem };
    },
    status: (sha) => {
      const found = story.shop.statuses.findLast((one) => one.sha === sha && one.context === "countersign");
      return found === undefined ? null : { state: found.state, description: found.description };
    },
  };
}

/** `pull_request_target` has the payload of `pull_request`. */
function lastOf(double: GithubDouble, event: string): unknown {
  const name = event === "pull_request_target" ? "pull_request" : event;
  return double.webhooks.deliveries.findLast((one) => one.event === name)?.payload ?? {};
}

interface Started {
  readonly event: string;
  readonly payload: unknown;
  readonly inputs: Readonly<Record<string, string>>;
  readonly story: OriginStory;
  readonly server: string;
}

async function runAs({ folder, bundle }: Places, started: Started): Promise<Ran> {
  const { event, payload, inputs, story, server } = started;
  const files = mkdtempSync(join(folder, "run-"));
  const at = (name: string, content: string) => {
    writeFileSync(join(files, name), content);
    return join(files, name);
  };
  const environment = {
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_REPOSITORY_ID: String(story.shop.id),
    GITHUB_SERVER_URL: server,
    GITHUB_RUN_ID: "77",
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: at("event.json", JSON.stringify(payload)),
    GITHUB_STEP_SUMMARY: at("summary.md", ""),
    GITHUB_OUTPUT: at("outputs", ""),
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  };
  const ended = bundle === "" ? await here(environment) : await inProcess(bundle, environment, files);
  const read = (name: string) => readFileSync(join(files, name), "utf8");
  return { ...ended, summary: read("summary.md"), outputs: read("outputs") };
}

type Ended = Pick<Ran, "code" | "stdout">;

async function here(environment: Readonly<Record<string, string>>): Promise<Ended> {
  const { stream: stdout, written } = sink();
  const own = { version: "0.0.0", homepage: "https://github.com/countersign/countersign" };
  const code = await runAction({ environment, stdout, now: () => new Date(), wait: async () => {}, ...own });
  return { code, stdout: written() };
}

async function inProcess(bundle: string, env: NodeJS.ProcessEnv, cwd: string): Promise<Ended> {
  const child = spawn(process.execPath, [bundle], { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, code] = await Promise.all([text(child.stdout), closed]);
  return { code, stdout };
}
