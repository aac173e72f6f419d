/** A database of the tracking server. */
export interface DatabaseAddress {
  /** Dialect and driver, as SQLAlchemy names them. */
  readonly driver: "postgresql+psycopg2" | "mysql+pymysql";
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Refuse a connection without TLS. */
  readonly tls: boolean;
}

/**
 * The URI of a database, with user and password escaped, whatever characters they have.
 * See https://docs.sqlalchemy.org/en/20/core/engines.html#escaping-special-characters-such-as-signs-in-passwords.
 */
export function databaseUri({ driver, user, password, host, port, database, tls }: DatabaseAddress): string {
  const query = tls ? TLS_QUERY[driver] : "";
  return `${driver}://${escaped(user)}:${escaped(password)}@${host}:${port}/${escaped(database)}${query}`;
}

/** How each driver is told to use TLS and to check the server's certificate against the image's authorities. */
const TLS_QUERY = {
  "postgresql+psycopg2": "?sslmode=verify-full&sslrootcert=/etc/ssl/certs/ca-certificates.crt",
  "mysql+pymysql": "?ssl_ca=/etc/ssl/certs/ca-certificates.crt&ssl_verify_cert=true",
} as const;

/** `encodeURIComponent` leaves some characters alone that end the user info of a URI for strict readers. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
