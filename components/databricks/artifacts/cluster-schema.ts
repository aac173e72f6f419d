import { z } from "zod";
import { flag, integer, listOf, oneOf, secretText, strict, text, textList, texts } from "./json-schema-kit";

const place = strict({ destination: text });

/** A library, as the API of clusters and of jobs has it. */
export const library = strict({
  cran: strict({ package: text, repo: text.optional() }).optional(),
  egg: text.optional(),
  jar: text.optional(),
  maven: strict({ coordinates: text, exclusions: textList.optional(), repo: text.optional() }).optional(),
  pypi: strict({ package: text, repo: text.optional() }).optional(),
  requirements: text.optional(),
  whl: text.optional(),
});

const initScript = strict({
  abfss: place.optional(),
  dbfs: place.optional(),
  volumes: place.optional(),
  workspace: place.optional(),
}).refine((script) => Object.keys(script).length === 1, {
  error: "exactly one of the keys abfss, dbfs, volumes, workspace",
});

/** What a cluster of any kind runs on and with. */
export const computeShape = {
  apply_policy_default_values: flag.optional(),
  autoscale: strict({ min_workers: integer(), max_workers: integer() }).optional(),
  azure_attributes: strict({
    availability: oneOf("SPOT_AZURE", "ON_DEMAND_AZURE", "SPOT_WITH_FALLBACK_AZURE").optional(),
    first_on_demand: integer().optional(),
    log_analytics_info: strict({
      log_analytics_primary_key: secretText.optional(),
      log_analytics_workspace_id: text.optional(),
    }).optional(),
    spot_bid_max_price: z.number({ error: "a price, or -1 for that of a machine on demand" }).optional(),
  }).optional(),
  cluster_log_conf: strict({ dbfs: place.optional(), volumes: place.optional() }).optional(),
  custom_tags: texts.optional(),
  data_security_mode: oneOf(
    "NONE",
    "SINGLE_USER",
    "USER_ISOLATION",
    "DATA_SECURITY_MODE_AUTO",
    "DATA_SECURITY_MODE_STANDARD",
    "DATA_SECURITY_MODE_DEDICATED",
    "LEGACY_TABLE_ACL",
    "LEGACY_PASSTHROUGH",
    "LEGACY_SINGLE_USER",
    "LEGACY_SINGLE_USER_STANDARD",
  ).optional(),
  docker_image: strict({
    url: text,
    basic_auth: strict({ username: text, password: secretText }).optional(),
  }).optional(),
  driver_instance_pool_id: text.optional(),
  driver_node_type_id: text.optional(),
  enable_elastic_disk: flag.optional(),
  enable_local_disk_encryption: flag.optional(),
  init_scripts: listOf(initScript).optional(),
  instance_pool_id: text.optional(),
  is_single_node: flag.optional(),
  kind: oneOf("CLASSIC_PREVIEW").optional(),
  node_type_id: text.optional(),
  num_workers: integer().optional(),
  policy_id: text.optional(),
  remote_disk_throughput: integer().optional(),
  runtime_engine: oneOf("STANDARD", "PHOTON").optional(),
  single_user_name: text.optional(),
  spark_conf: texts.optional(),
  spark_env_vars: texts.optional(),
  spark_version: text,
  ssh_public_keys: textList.optional(),
  total_initial_remote_disk_size: integer().optional(),
  use_ml_runtime: flag.optional(),
  workload_type: strict({ clients: strict({ jobs: flag.optional(), notebooks: flag.optional() }) }).optional(),
};

/** Minutes without work after which a cluster ends by itself where its file does not say. */
const SHORTEST_IDLE_MINUTES = 10;

/**
 * A cluster, as Databricks shows it under JSON. Zero minutes would keep it running for ever and are refused.
 * See https://docs.databricks.com/api/workspace/clusters/create.
 */
export const clusterSchema = strict({
  ...computeShape,
  autotermination_minutes: integer(SHORTEST_IDLE_MINUTES, 10_000).default(SHORTEST_IDLE_MINUTES),
  cluster_name: text.max(100, { error: "at most 100 characters" }),
  libraries: listOf(library).optional(),
});

/** What Databricks shows of a cluster that runs, and nobody can set: it is dropped from a file that has it. */
export const READ_ONLY_CLUSTER_KEYS: ReadonlySet<string> = new Set([
  ...["assigned_principal", "cluster_cores", "cluster_id", "cluster_memory_mb", "cluster_source", "creator_user_name"],
  ...["default_tags", "disk_spec", "driver", "driver_healthy", "effective_spark_version", "executors"],
  ...["init_scripts_safe_mode", "jdbc_port", "last_activity_time", "last_restarted_time", "last_state_loss_time"],
  ...["pinned_by_user_name", "release_version", "spark_context_id", "spec", "start_time", "state", "state_message"],
  ...["terminated_time", "termination_reason"],
]);
