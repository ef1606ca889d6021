import { Client, type ConnectionConfig } from "pg";

/** The class of the advisory locks by which processes show that they live; see `DROP_ORPHANED_LEASES`. */
const PRESENCE = 4711;
export const CHANNEL = "countersign";
const RECONNECT_MS = 1_000;

/**
 * A connection of its own that lives as long as the process: its lock tells the others that its jobs are in work,
 * and it hears when another process has put something into the queue. The server drops both when the process dies.
 */
export class Presence {
  readonly #config: ConnectionConfig;
  #client: Client | null = null;
  #holder = 0;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;
  #wake: () => void = () => {};

  constructor(config: ConnectionConfig) {
    this.#config = config;
  }

  /** The number by which this process signs the jobs it takes: 0 while it is not connected. */
  get holder(): number {
    return this.#holder;
  }

  onNews(wake: () => void): void {
    this.#wake = wake;
  }

  async connect(): Promise<void> {
    const client = new Client(this.#config);
    client.on("error", () => {});
    client.on("notification", () => this.#wake());
    client.on("end", () => this.#lost(client));
    await client.connect();
    this.#client = client;
    const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
    const holder = Number(rows[0]?.pid);
    await client.query("SELECT pg_advisory_lock($1, $2)", [PRESENCE, holder]);
    await client.query(`LISTEN ${CHANNEL}`);
    this.#holder = holder;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  /** Jobs in work stay leased by time alone until the connection is back. */
  #lost(client: Client): void {
    if (client !== this.#client || this.#closed) return;
    this.#holder = 0;
    this.#reconnect();
  }

  #reconnect(): void {
    this.#retry = setTimeout(() => {
      this.connect().then(
        // What was announced meanwhile was not heard.
        () => this.#wake(),
        () => {
          if (!this.#closed) this.#reconnect();
        },
      );
    }, RECONNECT_MS);
    this.#retry.unref();
  }
}

/** Frees the jobs of processes that died, so that nobody has to wait for the end of their leases. */
export const DROP_ORPHANED_LEASES = `
  UPDATE countersign.job
  SET holder = NULL, lease = NULL, leased_until = NULL, attempts = attempts + 1
  WHERE holder <> 0 AND NOT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND classid = ${PRESENCE} AND objid = holder::bigint::oid AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;
