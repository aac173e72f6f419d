import { aws } from "./aws/aws";
import { azureNative } from "./azure-native/azure-native";
import { azuread } from "./azuread/azuread";
import { databricks } from "./databricks/databricks";
import { github } from "./github/github";
import { kubernetes } from "./kubernetes/kubernetes";
import { random } from "./random/random";
import type { VendorTable } from "./table";

/** Every vendor that the simulated cloud knows. */
export const VENDORS: readonly VendorTable[] = [aws, azureNative, azuread, databricks, github, kubernetes, random];
