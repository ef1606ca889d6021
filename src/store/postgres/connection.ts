/**
 * How to reach the database. What the address says wins over other options of the client, so the password becomes a
 * parameter of it. Without one the client takes that of the address, or PGPASSWORD.
 */
export function connection(url: string, password?: string): { readonly connectionString: string } {
  if (password === undefined) return { connectionString: url };
  const parameter = `password=${encodeURIComponent(password)}`;
  return { connectionString: `${url}${url.includes("?") ? "&" : "?"}${parameter}` };
}
