/** Where an endpoint may lie. */
export const PLATFORMS = ["azure", "databricks"] as const;

/** A platform that serves models. */
export type ServingPlatform = (typeof PLATFORMS)[number];
