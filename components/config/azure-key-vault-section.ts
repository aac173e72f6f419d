import { existingOrCreate, flag, secretText, section, text } from "./schema-kit";

const vault = existingOrCreate(
  section(
    {
      resourceGroupName: text(/^[\w.()-]{1,90}$/, "the name of a resource group", "Its resource group."),
      name: text(/^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/, "the name of a key vault", "Its name."),
    },
    "Use a vault that others have made; it has to be there.",
  ),
  section(
    {
      recover: flag(
        "Get back the deleted vault of this name, which Azure keeps for 90 days, with its secrets.",
      ).default(false),
      nameSuffix: text(
        /^[a-z0-9]{1,8}$/,
        "1 to 8 lower case letters and digits",
        "End of the vault's name, for where the name without it is taken: by a deleted vault, or by somebody else.",
      ).optional(),
    },
    "Make the vault.",
  ),
  "The vault.",
);

/** The part of the config that describes the key vault of an environment. */
export const azureKeyVaultSection = section(
  {
    vault,
    credentials: existingOrCreate(
      section({}, "Leave those that are in the vault alone; they have to be there."),
      section(
        {
          clientId: text(
            /^[0-9a-f-]{36}$/,
            "a UUID in lower case",
            "Application that deploys to Databricks. Absent: that of azure.identity.",
          ).optional(),
          clientSecret: secretText(
            /\S/,
            "a secret",
            "Its secret. Absent: that of azure.identity, where it has one.",
          ).optional(),
        },
        "Write them once; whoever changes one of them afterwards is not overwritten.",
      ),
      "The four secrets databricks-dev-ops-{subscription-id,tenant-id,client-id,client-secret}.",
    ),
    protect: flag("Protect vault and secrets from deletion and keep them when the stack goes.").default(true),
  },
  "The key vault of the environment. Absent: none.",
);
