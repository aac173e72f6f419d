import { z } from "zod";
import { flag, integer, section } from "./schema-kit";

const skus = ["Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_GZRS", "Standard_RAGRS", "Standard_RAGZRS"];

/** The part of the config that describes how state is kept in Azure. */
export const azureStateSection = section(
  {
    sku: z
      .enum(skus, { error: `one of ${skus.join(", ")}` })
      .describe("Redundancy of the storage account. ZRS: three zones of the region; G…: another region too.")
      .default("Standard_ZRS"),
    softDeleteDays: integer(7, 365, "Days that deleted blobs and containers can be restored.").default(30),
    protect: flag("Protect the state from deletion and keep it when the stack goes.").default(true),
  },
  "Where state of ML resources and of CI's principals is kept: a storage account with two containers.",
);
