/** The part of `pg` that is used. The package brings no types of its own. */
declare module "pg" {
  export interface Result {
    readonly rows: readonly Readonly<Record<string, unknown>>[];
    readonly rowCount: number | null;
  }

  export interface ConnectionConfig {
    readonly connectionString: string;
    readonly application_name: string;
    readonly connectionTimeoutMillis: number;
    readonly keepAlive?: boolean;
    /** Command-line options of the session. */
    readonly options?: string;
    /** Queries are sent without waiting for the answers to earlier ones, and are answered in their order. */
    readonly pipeline?: boolean;
  }

  /** A statement that is parsed once on each connection, under its name. */
  export interface Prepared {
    readonly name: string;
    readonly text: string;
    readonly values: readonly unknown[];
  }

  export class Client {
    constructor(config: ConnectionConfig);
    connect(): Promise<void>;
    query(sql: string, values?: readonly unknown[]): Promise<Result>;
    end(): Promise<void>;
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "notification" | "end", listener: () => void): this;
  }

  export interface PoolClient {
    query(sql: string | Prepared, values?: readonly unknown[]): Promise<Result>;
    /** With an error the connection is closed instead of being used again. */
    release(error?: Error): void;
    on(event: "error", listener: (error: Error) => void): this;
    off(event: "error", listener: (error: Error) => void): this;
  }

  export class Pool {
    constructor(config: ConnectionConfig & { readonly max: number });
    connect(): Promise<PoolClient>;
    query(sql: string | Prepared, values?: readonly unknown[]): Promise<Result>;
    end(): Promise<void>;
    on(event: "error", listener: (error: Error) => void): this;
  }
}
