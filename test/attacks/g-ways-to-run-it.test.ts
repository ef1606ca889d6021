import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { WEBHOOK_PATH } from "../../src/app/intake/routes.ts";
import { readSettings } from "../../src/app/operation/settings.ts";
import { privateKey, SECRET } from "../app/credentials.ts";
import { START_OPTIONS } from "../app/process.ts";
import * as schemas from "../deploy/schemas.ts";
import { Door } from "../gate/door.ts";
import { ENVIRONMENT } from "../image/steps.ts";
import { FILES, read } from "../repository/files.ts";

function row(number: string, situation: string, run: () => void | Promise<void>): void {
  test(`${number} ${situation}`, run);
}

const documents = FILES.filter((path) => path.startsWith("deploy/kubernetes/")).flatMap((path) =>
  parseAllDocuments(read(path)).map((document): unknown => document.toJS()),
);

/** The one manifest of a kind, held to its schema. */
function manifest<T>(schema: z.ZodType<T>, kind: string): T {
  const found = documents.filter((each) => z.object({ kind: z.literal(kind) }).safeParse(each).success);
  expect(found).toHaveLength(1);
  return schema.parse(found[0]);
}

const dockerfile = read("Dockerfile");
const compose = schemas.compose.parse(parse(read("deploy/compose.yml")));
const proxy = schemas.proxy.parse(parse(read("deploy/tls.yml"))).services.caddy;
const deployment = manifest(schemas.deployment, "Deployment");
const [container] = deployment.spec.template.spec.containers;

/** Names a version in full, or a digest. */
const PINNED = /^[\w./-]+(?::\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?|@sha256:[0-9a-f]{64})$/;

describe("Images", () => {
  row("G03", "every image is named by its full version or digest", () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image = ""]) => image);
    const composed = Object.values(compose.services).flatMap(({ image }) => image ?? []);
    const images = [...bases, ...composed, proxy.image, container?.image ?? ""];
    expect(images.length).toBeGreaterThanOrEqual(5);
    for (const image of images) expect(image).toMatch(PINNED);
  });

  row("G03", "the image keeps as little garbage as npm start does", () => {
    const bounds = START_OPTIONS.filter((option) => option !== "--disable-warning=ExperimentalWarning");
    expect(bounds).toEqual([
      expect.stringMatching(/^--max-semi-space-size=\d+$/),
      expect.stringMatching(/^--heap-growing-percent=\d+$/),
    ]);
    const command = [...bounds, "dist/app/main.js"].map((word) => JSON.stringify(word)).join(", ");
    expect(dockerfile).toContain(`CMD [${command}]`);
    // Beside the heap: glibc would keep a pool for each thread, up to eight for each processor.
    expect(ENVIRONMENT).toMatchObject({ MALLOC_ARENA_MAX: "2" });
  });

  row("G03", "the image publishes the port of the webhooks alone", () => {
    expect([...dockerfile.matchAll(/^EXPOSE (.+)$/gm)].map(([, ports]) => ports)).toEqual(["3000"]);
    expect(ENVIRONMENT).toMatchObject({ PORT: "3000", COUNTERSIGN_OPS_PORT: "9090" });
  });
});

describe("What outsiders reach", () => {
  row(
    "G03",
    "the app runs as the image has it: its port serves the webhook and a sign of life alone",
    async () => {
      const door = await Door.open({
        ...ENVIRONMENT,
        ...{ HOST: "127.0.0.1", PORT: "0" },
        COUNTERSIGN_OPS_PORT: "0",
        COUNTERSIGN_DATA: "data",
      });
      try {
        const statusOf = async (address: string, path: string) => (await fetch(`${address}${path}`)).status;
        for (const path of ["/metrics", "/readyz", "/api/validate", "/"])
          expect([path, await statusOf(door.address, path)]).toEqual([path, 404]);
        expect(await (await fetch(`${door.address}/healthz`)).json()).toEqual({ status: "ok" });
        expect(await door.deliver()).toBe(202);
        for (const path of ["/metrics", "/healthz"])
          expect([path, await statusOf(door.opsAddress, path)]).toEqual([path, 200]);
        expect(await statusOf(door.opsAddress, "/readyz")).toBe(503);
        expect(await statusOf(door.opsAddress, WEBHOOK_PATH)).toBe(404);
      } finally {
        await door.close();
      }
    },
  );

  row(
    "G03",
    "every documented way to run it gives operation a port of its own and publishes only the webhooks'",
    () => {
      expect(compose.services.countersign?.environment.COUNTERSIGN_OPS_PORT).toBe("9090");
      expect(compose.services.countersign?.ports).toEqual(["127.0.0.1:3000:3000"]);
      expect(compose.services.postgres?.ports).toBeUndefined();
      const [to] = proxy.command.slice(proxy.command.indexOf("--to") + 1);
      expect(to).toBe("countersign:3000");
      expect(container?.env).toContainEqual({ name: "COUNTERSIGN_OPS_PORT", value: "9090" });
      expect(read(".env.example")).toMatch(/^COUNTERSIGN_OPS_PORT=9090$/m);
      const [command = ""] = /docker run [\s\S]*?\n```/.exec(read("docs/install.md")) ?? [];
      expect([...command.matchAll(/--publish (\S+)/g)].map(([, ports]) => ports)).toEqual([
        "127.0.0.1:3000:3000",
      ]);
      for (const option of ["COUNTERSIGN_OPS_PORT=9090", "--read-only", "--cap-drop ALL", "--memory 768m"])
        expect(command).toContain(option);
    },
  );

  row("G03", "the ingress lets the webhook path through, exactly, with bodies of 25 MB", () => {
    const { spec, metadata } = manifest(schemas.ingress, "Ingress");
    const paths = spec.rules.flatMap(({ http }) => http.paths);
    expect(paths.map(({ path, pathType }) => [path, pathType])).toEqual([[WEBHOOK_PATH, "Exact"]]);
    const size = Number.parseInt(
      metadata.annotations?.["nginx.ingress.kubernetes.io/proxy-body-size"] ?? "0",
      10,
    );
    expect(size * 1024 * 1024).toBeGreaterThanOrEqual(25 * 1024 * 1024);
    const service = manifest(schemas.service, "Service");
    expect(service.spec.ports.map(({ targetPort }) => targetPort)).toEqual(["http"]);
    expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels);
  });

  row(
    "G03",
    "the network policy admits the ingress to the webhooks and monitoring to operation, and nobody else",
    () => {
      const { spec } = manifest(schemas.networkPolicy, "NetworkPolicy");
      expect(spec.podSelector).toEqual(deployment.spec.selector);
      expect(spec.policyTypes).toEqual(["Ingress", "Egress"]);
      expect(spec.ingress.map(({ ports }) => ports.map(({ port }) => port))).toEqual([["http"], ["ops"]]);
      for (const { from } of spec.ingress) expect(from).toHaveLength(1);
      const out = spec.egress.flatMap(({ ports }) => ports.map(({ port }) => port));
      expect(new Set(out)).toEqual(new Set([53, 443, 5432]));
    },
  );
});

describe("Pods and containers", () => {
  row("G03", "limits, rights and probes are as they should be in Kubernetes", () => {
    const { template } = deployment.spec;
    expect(manifest(schemas.disruptionBudget, "PodDisruptionBudget").spec.selector).toEqual(
      deployment.spec.selector,
    );
    expect(template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(container).toMatchObject({
      resources: { limits: { memory: "768Mi" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      // The database decides whether deliveries come, never whether the process is started again.
      livenessProbe: { httpGet: { path: "/healthz", port: "ops" } },
      readinessProbe: { httpGet: { path: "/readyz", port: "ops" } },
    });
    const ports = new Map(container?.ports.map(({ name, containerPort }) => [name, containerPort]));
    expect(ports).toEqual(
      new Map([
        ["http", 3000],
        ["ops", 9090],
      ]),
    );
    expect(template.metadata.annotations?.["prometheus.io/port"]).toBe("9090");
  });

  row(
    "G03",
    "secrets are files for their reader alone, and the database's password stands in no address",
    () => {
      for (const { secret } of deployment.spec.template.spec.volumes)
        expect(secret.defaultMode & 0o377).toBe(0);
      for (const text of [
        read("deploy/compose.yml"),
        read("deploy/kubernetes/deployment.yml"),
        read(".env.example"),
      ])
        expect(text).not.toMatch(/postgres:\/\/[^\s/@]*:[^\s/@]*@/);
      const names = container?.env.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["DATABASE_PASSWORD_FILE", "WEBHOOK_SECRET_PREVIOUS"]));
      expect(compose.services.countersign?.environment.DATABASE_PASSWORD_FILE).toBe(
        "/run/secrets/postgres_password",
      );
    },
  );

  row("G03", "containers of Compose have limits and few rights, and the database no way out", () => {
    for (const service of Object.values(compose.services)) {
      expect(service.security_opt).toContain("no-new-privileges:true");
      for (const network of service.networks) expect(Object.keys(compose.networks)).toContain(network);
      for (const secret of service.secrets) expect(Object.keys(compose.secrets)).toContain(secret);
    }
    expect(compose.services.countersign).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
    expect(proxy).toMatchObject({ read_only: true, cap_drop: ["ALL"], networks: ["outside"] });
    expect(proxy.security_opt).toContain("no-new-privileges:true");
    expect(compose.services.postgres?.networks).toEqual(["database"]);
    expect(compose.networks.database).toEqual({ internal: true });
  });

  row("G03", "the variables that the manifests set are settings that the app reads", () => {
    const folder = mkdtempSync(join(tmpdir(), "countersign-settings-"));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      const values: Readonly<Record<string, string>> = {
        ...{ APP_ID: "12", WEBHOOK_SECRET: SECRET, WEBHOOK_SECRET_PREVIOUS: SECRET },
        PRIVATE_KEY_PATH: file("key.pem", privateKey),
        DATABASE_URL: "postgres://countersign@db:5432/countersign",
        DATABASE_PASSWORD_FILE: file("password", "a password\n"),
        ...{ COUNTERSIGN_OPS_PORT: "9090", COUNTERSIGN_WRITES_PER_SECOND: "0.5", GHE_HOST: "" },
      };
      const set = [
        ...(container?.env.map(({ name }) => name) ?? []),
        ...Object.keys(compose.services.countersign?.environment ?? {}),
      ];
      for (const name of set) expect(Object.keys(values)).toContain(name);
      expect(readSettings(values)).toMatchObject({ opsPort: 9090, databasePassword: "a password" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("What is installed and packed", () => {
  const lock = z
    .object({
      packages: z.record(
        z.string(),
        z.object({ integrity: z.string().optional(), resolved: z.string().optional() }),
      ),
    })
    .parse(JSON.parse(read("package-lock.json")));

  row("G03", "every package of the lock file is held to a digest, and none names a registry", () => {
    const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
    expect(packages.length).toBeGreaterThan(100);
    for (const [path, { integrity, resolved }] of packages)
      expect([path, integrity, resolved]).toEqual([
        path,
        expect.stringMatching(/^sha512-[\w+/]{86}==$/),
        undefined,
      ]);
  });

  row("G03", "nothing that an earlier build left in dist is packed", () => {
    const folder = mkdtempSync(join(tmpdir(), "countersign-dist-"));
    try {
      mkdirSync(join(folder, "dist"));
      writeFileSync(join(folder, "dist", "stale.js"), "");
      writeFileSync(join(folder, "package.json"), read("package.json"));
      execFileSync("npm", ["run", "--silent", "prebuild"], { cwd: folder });
      expect(existsSync(join(folder, "dist"))).toBe(false);
      const { scripts } = z
        .object({ scripts: z.record(z.string(), z.string()) })
        .parse(JSON.parse(read("package.json")));
      expect(scripts.package).toMatch(/^npm run --silent build && /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
