import { z } from "zod";
import { existingOrCreate, flag, integer, list, section, text } from "./schema-kit";
import { uuid } from "./uuid";

const networks = ["Disabled", "AllowInternetOutbound", "AllowOnlyApprovedOutbound"] as const;

const workspace = existingOrCreate(
  section(
    {
      resourceGroupName: text(/^[\w.()-]{1,90}$/, "the name of a resource group", "Its resource group."),
      name: text(
        /^[A-Za-z0-9][A-Za-z0-9_-]{2,32}$/,
        "3 to 33 letters, digits, dashes and underscores",
        "Its name, with which its models are found.",
      ),
    },
    "Use a workspace that others have made; it has to be there.",
  ),
  section(
    {
      nameSuffix: text(
        /^[a-z0-9]{1,8}$/,
        "1 to 8 lower case letters and digits",
        "End of the names of workspace and vault, for where those without it are taken: deleted ones keep them for weeks.",
      ).optional(),
      network: z
        .enum(networks, { error: `one of ${networks.join(", ")}` })
        .describe("What the network that Azure manages for the workspace lets out.")
        .default("AllowInternetOutbound"),
    },
    "Make the workspace, with storage, vault, insights and registry.",
  ),
  "The workspace of Azure Machine Learning, which has the registered models.",
);

const versioned = (kind: string) =>
  new RegExp(`^(?:azureml://\\S+|/subscriptions/[0-9a-f-]{36}/\\S+/${kind}/[^/\\s]+/versions/[^/\\s]+)$`);

const scoring = existingOrCreate(
  section(
    {
      environmentId: text(
        versioned("environments"),
        "the id of an environment: azureml://registries/… or /subscriptions/…/environments/…/versions/…",
        "Environment that serves the model, such as a curated one. Absent: that of a model in MLflow's format.",
      ).optional(),
      codeId: text(
        versioned("codes"),
        "the id of code: azureml://… or /subscriptions/…/codes/…/versions/…",
        "Registered code with the scoring script. Absent: a model that needs none.",
      ).optional(),
      script: text(/^(?!\/)[\w./-]+\.py$/, "a relative path that ends in .py", "Scoring script in that code.").default(
        "score.py",
      ),
    },
    "Serve with what is registered already.",
  ),
  section(
    {
      directory: text(
        /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))\S+$/,
        "a path below the project, such as artifacts/azure-ml/image",
        "Folder with the Dockerfile and the scoring script, from that of Pulumi.yaml.",
      ).default("artifacts/azure-ml/image"),
    },
    "Build an image with the scoring script in it, in a registry of the environment.",
  ),
  "What a deployment runs beside the model.",
);

/** The part of the config that describes the online endpoint of an environment. */
export const azureEndpointSection = section(
  {
    name: text(
      /^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,30}[A-Za-z0-9]$/,
      "3 to 32 letters, digits and single dashes, starting with a letter, ending in a letter or digit",
      "Name of the endpoint, unique in the region, since its address has it. Absent: {organization}-{environment}-{model}.",
    ).optional(),
    location: text(
      /^[a-z][a-z0-9]{2,40}$/,
      "the name of an Azure region in lower case without blanks, such as westeurope",
      "Region of workspace and endpoint. Absent: azure.location.",
    ).optional(),
    workspace,
    model: text(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/,
      "the name of a registered model",
      "Registered model that the endpoint serves; releases choose the version.",
    ),
    instanceType: text(
      /^Standard_\w+$/,
      "a size of virtual machines, such as Standard_DS3_v2",
      "Size of the machines of each slot.",
    ).default("Standard_DS3_v2"),
    instanceCount: integer(
      1,
      50,
      "Machines of each slot. During a release there are twice as many, and Azure reserves a fifth more.",
    ).default(1),
    compute: text(
      /^[A-Za-z][A-Za-z0-9-]{1,31}$/,
      "the name of a compute cluster",
      "Compute cluster of the workspace on which models are trained, for those who read the outputs. Absent: none is named.",
    ).optional(),
    scoring,
    authMode: z
      .enum(["AADToken", "Key"], { error: "AADToken or Key" })
      .describe("What callers show: a token of Microsoft Entra ID, or a key that does not expire.")
      .default("AADToken"),
    callers: list(
      uuid("Object id of a service principal or managed identity."),
      0,
      50,
      "Who may score with a token, besides the identity of azure.identity.",
    ).default([]),
    requestTimeoutMs: integer(500, 180_000, "Longest time that a request may take, in milliseconds.").default(5_000),
    publicNetworkAccess: flag("Let the endpoint be reached over the internet.").default(true),
    protect: flag("Protect what keeps state from deletion, and keep it when the stack goes.").default(true),
  },
  "The online endpoint that serves a registered model. Absent: none.",
);

/** The endpoint's part of a config, with its defaults filled in. */
export type AzureEndpointConfig = z.infer<typeof azureEndpointSection>;
