import { at, flag, section, text } from "./schema-kit";

const range = (description: string) =>
  text(
    /^(?:\d{1,3}\.){3}\d{1,3}\/(?:1[6-9]|2[0-6])$/,
    "an address range of /16 to /26, such as 10.20.0.0/22",
    description,
  );

const ranges = ["publicSubnet", "privateSubnet"] as const;

const network = section(
  {
    addressSpace: range("Address range of the virtual network."),
    publicSubnet: range("Range of the hosts, within the address space."),
    privateSubnet: range("Range of the containers, within the address space."),
  },
  "A virtual network of the workspace's own. Absent: one that Databricks makes and manages.",
).superRefine(
  (value, context) => {
    for (const key of ranges) {
      if (!covers(value.addressSpace, value[key])) {
        context.addIssue({ code: "custom", path: [key], message: `a range within ${value.addressSpace}` });
      }
    }
    if (covers(value.publicSubnet, value.privateSubnet) || covers(value.privateSubnet, value.publicSubnet)) {
      const message = `a range apart from ${value.publicSubnet}`;
      context.addIssue({ code: "custom", path: ["privateSubnet"], message });
    }
  },
  { when: ({ value }) => ["addressSpace", ...ranges].every((key) => range("").safeParse(at(value, [key])).success) },
);

/** The part of the config that describes the workspace that an environment has of its own. */
export const azureDatabricksSection = section(
  {
    network: network.optional(),
    publicNetworkAccess: flag("Let the workspace be reached over the internet.").default(true),
    protect: flag("Protect the workspace from deletion and keep it when the stack goes.").default(true),
  },
  "The workspace of Azure Databricks that the environment makes. Absent: none.",
);

/** Whether the first range has all addresses of the second. */
function covers(outer: string, inner: string): boolean {
  const [[from, to], [first, last]] = [bounds(outer), bounds(inner)];
  return from <= first && last <= to;
}

function bounds(range: string): [first: number, last: number] {
  const [address = "", length = ""] = range.split("/");
  const size = 2 ** (32 - Number(length));
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = Math.floor(number / size) * size;
  return [first, first + size - 1];
}
