import { text } from "./schema-kit";

/** A UUID in lower case, as Azure and Databricks show their numbers. */
export function uuid(description: string) {
  return text(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    "a UUID in lower case, such as 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    description,
  );
}
