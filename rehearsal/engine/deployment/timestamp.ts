/** The present time as the CLI writes it into a state: RFC 3339 in UTC. */
export function now(): string {
  return new Date().toISOString();
}
