import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { apiBaseUrl } from "../../github/client/base-url.ts";
import { passwordInFile } from "../../store/password-file.ts";
import { type AuditTarget, readAudit } from "./audit-settings.ts";
import { type Deliveries, deliveriesOf, deliveryVariables, secretProblem } from "./delivery-settings.ts";
import { integer } from "./integer.ts";
import { LOG_FORMATS, LOG_LEVELS } from "./log-lines.ts";
import { type NoticeSettings, readNotices } from "./notice-settings.ts";
import { type PageSettings, readPages } from "./page-settings.ts";
import { type SecretText, secretIn } from "./secret-file.ts";
import { readSigning, type SigningSettings } from "./signing-settings.ts";

export interface Settings extends SigningSettings {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** How it is learnt what happened. */
  readonly deliveries: Deliveries;
  readonly host: string;
  /** 0 asks the system for a free one. */
  readonly port: number;
  /** For metrics and readiness; absent: the port of the webhooks. */
  readonly opsPort?: number;
  /** Whether anybody may have a config checked. */
  readonly validateApi?: boolean;
  /** Where GitHub's REST API lives. */
  readonly apiBaseUrl: string;
  /** The folder of the embedded store. */
  readonly dataFolder: string;
  /** The PostgreSQL to use instead of the embedded store; it may hold a password. */
  readonly databaseUrl?: string;
  /** Absent: that of the address, or of PGPASSWORD. */
  readonly databasePassword?: string;
  /** Where secrets were read from. */
  readonly secretFiles?: readonly string[];
  /** For each installation, in the long run, from this process; absent where GitHub sets no limits (some Enterprise Servers). */
  readonly writesPerSecond?: number;
  /** What GitHub grants an installation in an hour at least; absent: as GitHub documents it. */
  readonly leastLimit?: number;
  /** Jobs in work at once in this process; absent: the worker's own number. */
  readonly jobsAtOnce?: number;
  /** Where the ledger's entries are told, too; absent: nowhere. */
  readonly audit?: AuditTarget;
  /** For how many days the ledger's entries are kept; absent: for good. */
  readonly ledgerDays?: number;
  /** Whom to tell what happens; absent: nobody. */
  readonly notices?: NoticeSettings;
  /** After how many milliseconds a passkey is valid without anybody's word; absent: never. */
  readonly keysValidAfter?: number;
  /** Absent: there are no pages. */
  readonly pages?: PageSettings;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly logFormat: (typeof LOG_FORMATS)[number];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment does not say how to run. The message has a line for each problem, and no secret in it. */
export class InvalidSettings extends Error {
  override readonly name = "InvalidSettings";

  constructor(problems: readonly string[]) {
    super(["Countersign cannot start:", ...problems.map((problem) => `  - ${problem}`)].join("\n"));
  }
}

const HOUR_MS = 60 * 60_000;

const schema = z.object({
  APP_ID: integer("must be the App's numeric id, not its client id", 1, Number.MAX_SAFE_INTEGER),
  PRIVATE_KEY: z
    .string("is missing: set it, or set PRIVATE_KEY_PATH to the App's .pem file")
    .superRefine(rsaKey),
  ...deliveryVariables,
  HOST: z.string().default("localhost"),
  PORT: integer("must be a port from 0 to 65535", 0, 65_535).default(3000),
  COUNTERSIGN_OPS_PORT: integer("must be a port from 0 to 65535", 0, 65_535).optional(),
  COUNTERSIGN_VALIDATE_API: z.enum(["on", "off"], "must be on or off").default("off"),
  COUNTERSIGN_DATA: z.string().default(".countersign"),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  LOG_FORMAT: z.enum(LOG_FORMATS, `must be one of ${LOG_FORMATS.join(", ")}`).optional(),
  NODE_ENV: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\/./,
      "must be the address of a PostgreSQL: postgres://user:password@host:5432/database",
    )
    .optional(),
  DATABASE_PASSWORD: z.string().optional(),
  COUNTERSIGN_WRITES_PER_SECOND: z
    .string()
    .regex(/^(1000|\d{1,3})(\.\d{1,3})?$/, "must be a number from 0 (no limit) to 1000, such as 0.5")
    .transform(Number)
    .default(1),
  COUNTERSIGN_LEDGER_DAYS: integer("must be a number of days from 1 to 36500", 1, 36_500).optional(),
  COUNTERSIGN_JOBS_AT_ONCE: integer("must be a number from 1 to 100", 1, 100).optional(),
  COUNTERSIGN_PASSKEY_WAIT: integer("must be a number of hours from 24 to 8760", 24, 8760).optional(),
  GHE_HOST: z.string().optional(),
  GHE_PROTOCOL: z.string().optional(),
});

/**
 * Reads all settings, or names every problem at once. An empty variable counts as an absent one.
 * @throws {InvalidSettings}
 */
export function readSettings(environment: Environment): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const key = privateKeyText(present);
  const password = databasePassword(present);
  const host = githubHost(present);
  const notices = readNotices(present);
  const signing = readSigning(present);
  const audit = readAudit(present.COUNTERSIGN_AUDIT);
  const pages = readPages(present);
  const parsed = schema.safeParse({ ...present, PRIVATE_KEY: key.text, DATABASE_PASSWORD: password.text });
  const issues = (parsed.error?.issues ?? []).filter(
    ({ path }) => !(key.problem && path[0] === "PRIVATE_KEY"),
  );
  const problems = [
    ...issues.map(({ path, message }) => `${path.join(".")} ${message}`),
    ...[
      ...[key.problem, secretProblem(present), password.problem, host.problem, portProblem(present)],
      audit.problem,
    ].filter((problem) => problem !== undefined),
    ...notices.problems,
    ...signing.problems,
    ...pages.problems,
  ];
  const deliveries = parsed.data && deliveriesOf(parsed.data);
  if (!deliveries || host.url === undefined || problems.length > 0) throw new InvalidSettings(problems);
  const env = parsed.data;
  const secretFiles = [key.file, password.file, ...notices.files, ...signing.files].filter(
    (file) => file !== undefined,
  );
  return {
    appId: env.APP_ID,
    privateKey: env.PRIVATE_KEY,
    deliveries,
    host: env.HOST,
    port: env.PORT,
    ...(env.COUNTERSIGN_OPS_PORT !== undefined && { opsPort: env.COUNTERSIGN_OPS_PORT }),
    ...(env.COUNTERSIGN_VALIDATE_API === "on" && { validateApi: true }),
    apiBaseUrl: host.url,
    dataFolder: env.COUNTERSIGN_DATA,
    ...(env.DATABASE_URL !== undefined && { databaseUrl: env.DATABASE_URL }),
    ...(env.DATABASE_PASSWORD !== undefined && { databasePassword: env.DATABASE_PASSWORD }),
    ...(secretFiles.length > 0 && { secretFiles }),
    ...(env.COUNTERSIGN_WRITES_PER_SECOND > 0 && { writesPerSecond: env.COUNTERSIGN_WRITES_PER_SECOND }),
    ...(env.COUNTERSIGN_JOBS_AT_ONCE !== undefined && { jobsAtOnce: env.COUNTERSIGN_JOBS_AT_ONCE }),
    ...(audit.target && { audit: audit.target }),
    ...(env.COUNTERSIGN_LEDGER_DAYS !== undefined && { ledgerDays: env.COUNTERSIGN_LEDGER_DAYS }),
    ...(notices.settings.targets.length > 0 && { notices: notices.settings }),
    ...signing.settings,
    ...(env.COUNTERSIGN_PASSKEY_WAIT !== undefined && {
      keysValidAfter: env.COUNTERSIGN_PASSKEY_WAIT * HOUR_MS,
    }),
    ...(pages.settings && { pages: pages.settings }),
    logLevel: env.LOG_LEVEL,
    logFormat: env.LOG_FORMAT ?? (env.NODE_ENV === "production" ? "json" : "pretty"),
  };
}

function privateKeyText({ PRIVATE_KEY: text, PRIVATE_KEY_PATH: path }: Environment): SecretText {
  // Where variables cannot hold several lines, the key's are joined by a written "\n".
  if (text !== undefined) return { text: text.replaceAll("\\n", "\n") };
  return path === undefined ? {} : secretIn("PRIVATE_KEY_PATH", path, (file) => readFileSync(file, "utf8"));
}

/** Without a file, the database's client itself takes PGPASSWORD. */
function databasePassword({ DATABASE_PASSWORD_FILE: path }: Environment): SecretText {
  if (path === undefined) return {};
  const found = secretIn("DATABASE_PASSWORD_FILE", path, passwordInFile);
  return found.text === "" ? { problem: `DATABASE_PASSWORD_FILE names ${path}, which is empty` } : found;
}

function portProblem({ PORT: port = "3000", COUNTERSIGN_OPS_PORT: ops }: Environment): string | undefined {
  const same = ops !== undefined && Number(ops) === Number(port) && Number(ops) !== 0;
  return same ? "COUNTERSIGN_OPS_PORT must differ from PORT" : undefined;
}

function githubHost(environment: Environment): { readonly url?: string; readonly problem?: string } {
  try {
    return { url: apiBaseUrl(environment) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function rsaKey(text: string, context: z.RefinementCtx): void {
  const message = "is not an RSA private key in PEM form, as GitHub gives it for download";
  try {
    if (createPrivateKey(text).asymmetricKeyType === "rsa") return;
  } catch {
    // The parser's own words say nothing to the person who starts the app, and might quote the key.
  }
  context.addIssue({ code: "custom", message });
}
