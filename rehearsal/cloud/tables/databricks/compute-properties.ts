import {
  flag,
  integer,
  list,
  number,
  object,
  oneOf,
  record,
  text,
  type PropertySchemas,
} from "../../schema/property-schema";

const destination = text({ required: true });
const place = object({ destination });
const bucket = object({
  cannedAcl: text(),
  destination,
  enableEncryption: flag(),
  encryptionType: text(),
  endpoint: text(),
  kmsKey: text(),
  region: text(),
});
const flexibility = object({ alternateNodeTypeIds: list(text()), awsContextId: text() });

/** A library that is installed on a cluster. */
export const library = object({
  cran: object({ package: text({ required: true }), repo: text() }),
  egg: text(),
  jar: text(),
  maven: object({ coordinates: text({ required: true }), exclusions: list(text()), repo: text() }),
  pypi: object({ package: text({ required: true }), repo: text() }),
  requirements: text(),
  whl: text(),
});

/** What a cluster runs on, with, and where: the same for clusters and for those of a job. */
export const compute: PropertySchemas = {
  applyPolicyDefaultValues: flag(),
  autoscale: object({ maxWorkers: integer({ min: 0 }), minWorkers: integer({ min: 0 }) }),
  awsAttributes: object({
    availability: text(),
    ebsVolumeCount: integer(),
    ebsVolumeIops: integer(),
    ebsVolumeSize: integer(),
    ebsVolumeThroughput: integer(),
    ebsVolumeType: text(),
    firstOnDemand: integer(),
    instanceProfileArn: text(),
    spotBidPricePercent: integer(),
    zoneId: text(),
  }),
  azureAttributes: object({
    availability: oneOf(["SPOT_AZURE", "ON_DEMAND_AZURE", "SPOT_WITH_FALLBACK_AZURE"]),
    capacityReservationGroup: text(),
    firstOnDemand: integer(),
    logAnalyticsInfo: object({ logAnalyticsPrimaryKey: text(), logAnalyticsWorkspaceId: text() }),
    spotBidMaxPrice: number(),
  }),
  clusterLogConf: object({ dbfs: place, s3: bucket, volumes: place }),
  clusterMountInfos: list(
    object({
      localMountDirPath: text({ required: true }),
      networkFilesystemInfo: object(
        { mountOptions: text(), serverAddress: text({ required: true }) },
        { required: true },
      ),
      remoteMountDirPath: text(),
    }),
  ),
  clusterName: text({ maxLength: 100 }),
  customTags: record(text()),
  dataSecurityMode: oneOf([
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
  ]),
  dependencyMode: text(),
  dockerImage: object({
    basicAuth: object({ password: text({ required: true }), username: text({ required: true }) }),
    url: text({ required: true }),
  }),
  driverInstancePoolId: text(),
  driverNodeTypeFlexibility: flexibility,
  driverNodeTypeId: text(),
  enableElasticDisk: flag(),
  enableLocalDiskEncryption: flag(),
  gcpAttributes: object({
    availability: text(),
    bootDiskSize: integer(),
    confidentialComputeType: text(),
    firstOnDemand: integer(),
    googleServiceAccount: text(),
    localSsdCount: integer(),
    usePreemptibleExecutors: flag(),
    zoneId: text(),
  }),
  idempotencyToken: text({ replace: true }),
  initScripts: list(
    object({ abfss: place, dbfs: place, file: place, gcs: place, s3: bucket, volumes: place, workspace: place }),
  ),
  instancePoolId: text(),
  isSingleNode: flag(),
  kind: oneOf(["CLASSIC_PREVIEW"]),
  libraries: list(library),
  nodeTypeId: text(),
  numWorkers: integer({ min: 0 }),
  policyId: text(),
  providerConfig: object({ workspaceId: text() }),
  remoteDiskThroughput: integer(),
  runtimeEngine: oneOf(["STANDARD", "PHOTON", "NULL"]),
  singleUserName: text(),
  sparkConf: record(text()),
  sparkEnvVars: record(text()),
  sparkVersion: text({ required: true }),
  sshPublicKeys: list(text()),
  totalInitialRemoteDiskSize: integer(),
  useMlRuntime: flag(),
  workerNodeTypeFlexibility: flexibility,
  workloadType: object({ clients: object({ jobs: flag(), notebooks: flag() }, { required: true }) }),
};
