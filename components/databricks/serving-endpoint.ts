import { ModelServing } from "@pulumi/databricks/modelServing";
import * as pulumi from "@pulumi/pulumi";
import { checkedServingIntent } from "../azure-ml/release-error";
import { type ReleaseIntent, slotNames } from "../azure-ml/release-intent";
import { physicalName } from "../naming";
import type { ServingOutputs } from "../outputs";

/** An endpoint of Databricks' model serving, its slots and what they serve. */
export interface ServingEndpointArgs {
  /** First part of the name: `{organization}-{environment}-{model}`. */
  readonly organization: string;
  readonly environment: string;
  /** @default that name */
  readonly endpointName?: string;
  /** Version that is served from the first update on, `catalog.schema.model:version`. */
  readonly initialModel: string;
  /** What a release wants. @default what is live stays, and at first the initial model has all requests */
  readonly release?: ReleaseIntent;
  /** @default "Small" */
  readonly workloadSize?: "Small" | "Medium" | "Large";
  /** @default true */
  readonly scaleToZero?: boolean;
}

/**
 * An endpoint of model serving with its blue and green slots. Slots and traffic are one property of one resource, so that
 * a release changes both at once; without a release that property is left as it is, whoever has changed it since.
 * See https://docs.databricks.com/aws/en/machine-learning/model-serving/serve-multiple-models-to-serving-endpoint.
 */
export class ServingEndpoint extends pulumi.ComponentResource {
  readonly outputs: ServingOutputs;

  constructor(name: string, args: ServingEndpointArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("trunkline:databricks:ServingEndpoint", name, {}, opts);
    const { organization, environment, initialModel, release } = args;
    const model = initialModel.slice(0, initialModel.lastIndexOf(":"));
    const wanted: ReleaseIntent = release
      ? checkedServingIntent(release)
      : { slots: { blue: { model: initialModel } }, traffic: { blue: 100 } };
    const endpoint = new ModelServing(
      `${name}-endpoint`,
      {
        name: args.endpointName ?? physicalName("servingEndpoint", organization, environment, model),
        config: configOf(wanted, args),
        tags: [
          { key: "organization", value: organization },
          { key: "environment", value: environment },
        ],
      },
      {
        parent: this,
        ...(release === undefined && { ignoreChanges: ["config"] }),
        customTimeouts: { create: "60m", update: "60m" },
      },
    );
    this.outputs = {
      endpointName: endpoint.name,
      scoringUri: endpoint.endpointUrl,
      authMode: "AADToken",
      model,
      slots: endpoint.config.apply(({ servedEntities = [] }) =>
        Object.fromEntries(
          servedEntities.map(({ name: slot, entityName, entityVersion }) => [
            slot,
            { model: `${entityName}:${entityVersion}` },
          ]),
        ),
      ),
      traffic: endpoint.config.apply(({ trafficConfig }) => {
        const routes = trafficConfig?.routes ?? [];
        return Object.fromEntries(
          routes.map((route): [string, number] => [route.servedEntityName ?? "", route.trafficPercentage]),
        );
      }),
    };
    this.registerOutputs(this.outputs);
  }
}

function configOf({ slots, traffic }: ReleaseIntent, args: ServingEndpointArgs) {
  const { workloadSize = "Small", scaleToZero = true } = args;
  const present = slotNames.filter((slot) => slots[slot] !== undefined);
  return {
    servedEntities: present.map((slot) => {
      const { model } = slots[slot]!;
      const at = model.lastIndexOf(":");
      return {
        name: slot,
        entityName: model.slice(0, at),
        entityVersion: model.slice(at + 1),
        workloadSize,
        scaleToZeroEnabled: scaleToZero,
      };
    }),
    trafficConfig: {
      routes: present.map((slot) => ({ servedEntityName: slot, trafficPercentage: traffic[slot] ?? 0 })),
    },
  };
}
